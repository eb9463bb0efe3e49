import type { Finding } from './examination';

/** The oldest that works, and the one that the AWS SDK asks for from January 2027. @see https://a.co/c895JFp */
const OLDEST_NODE = [20, 19] as const;
const NEXT_NODE = 22;

/** @param version - as in `20.19.0` */
export function examineNode(version: string): Finding {
  const about = { id: 'node', title: 'Node is new enough' };
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const found = [`Node ${version} runs this.`];
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  if (isOld)
    return { ...about, result: 'fail', found, fix: `Install Node ${NEXT_NODE}; ${OLDEST_NODE.join('.')} at least.` };
  if (major >= NEXT_NODE) return { ...about, result: 'pass', found };
  return { ...about, result: 'note', found: [...found, `The AWS SDK asks for Node ${NEXT_NODE} from January 2027.`] };
}
