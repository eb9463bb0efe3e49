import type { MetadataAnswer } from '../aws/credentials/ask-metadata';
import { metadataTrouble } from '../aws/credentials/metadata-troubles';
import type { Finding } from './examination';
import { sentence } from './examine-metadata';

/** Questions to AWS's helper, which serves the credentials in place of the instance metadata service. */
export interface LocalServiceFacts {
  readonly endpoint: string;
  readonly answer: MetadataAnswer;
}

const ABOUT = { id: 'instance-metadata', title: 'The credential helper serves the role on this host alone' };
const LOOPBACK = /^(127(\.\d+){3}|localhost|\[::1\])$/;
const NAME_IT = 'Set AWS_EC2_METADATA_SERVICE_ENDPOINT to the address of the helper (http://127.0.0.1:9911)';
const START_IT = 'Start the unit of the helper, and look at its output (journalctl -u vault-roles-anywhere)';

/** Whether the helper's `serve` answers, and to this host alone. */
export function examineLocalService({ endpoint, answer }: LocalServiceFacts): Finding {
  const { tokenStatus, plainStatus, roleName } = answer;
  const fail = (found: string, fix: string): Finding => ({ ...ABOUT, result: 'fail', found: [found], fix: `${fix}.` });
  if (!URL.canParse(endpoint) || !LOOPBACK.test(new URL(endpoint).hostname))
    return fail(`It is looked for at ${endpoint}, off this host.`, NAME_IT);
  if (tokenStatus === undefined && plainStatus === undefined) return fail(`${endpoint} does not answer.`, START_IT);
  if (tokenStatus !== 200) return fail(`${endpoint} gives no token (HTTP ${tokenStatus ?? plainStatus}).`, NAME_IT);
  const trouble = metadataTrouble(answer);
  if (trouble !== undefined) return fail(sentence(trouble.found), trouble.fix);
  if (roleName === undefined) return fail(`${endpoint} serves no role.`, START_IT);
  return { ...ABOUT, result: 'pass', found: [`${endpoint} serves the role ${roleName}.`] };
}

/** A host whose helper is run as a process has no such service, and whatever answers on its network is none of its own. */
export const NO_METADATA_SERVICE: Finding = {
  id: ABOUT.id,
  title: 'The instance metadata service is not asked',
  result: 'note',
  found: ['This host is on premises, and runs the credential helper as a process.'],
};
