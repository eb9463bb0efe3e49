import type { Policy } from '../../iam';
import type { Circumstances } from '../rule-kit/bucket-questions';
import { type KeyAccess, type KeyReader, mayDecrypt } from '../rule-kit/key-access';
import { throughS3 } from '../rule-kit/key-questions';
import { ABSENT, type Answer } from '../stack/answer';
import type { Loss } from './loss';

const ACTION = 'kms:Decrypt';
const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

/**
 * Keys that a role could read backups with and cannot any more, by whatever policy says so: its own, attached or inline,
 * its boundary, or that of the key.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
export function decryptLosses(before: KeyAccess, after: KeyAccess): readonly Loss[] {
  return before.readers.flatMap((reader) => {
    const lost = keysOf(before, reader).flatMap((arn) => {
      const how = takerOf(arn, { before, after, reader });
      return how === undefined ? [] : [{ arn, how }];
    });
    return lost.length === 0 ? [] : [lossOf(reader, lost)];
  });
}

type Taker = 'the key policy' | 'the policies of the role' | 'nobody can tell';

interface Lost {
  readonly arn: string;
  readonly how: Taker;
}

function lossOf({ address }: KeyReader, lost: readonly Lost[]): Loss {
  const isCertain = lost.some(({ how }) => how !== 'nobody can tell');
  const told = isCertain ? lost.filter(({ how }) => how !== 'nobody can tell') : lost;
  const keys = told.map(({ arn }) => arn).join(', ');
  const by = [...new Set(told.map(({ how }) => how))].join(' and ');
  return {
    address,
    what: 'decrypt',
    detail: isCertain
      ? `the role can no longer read objects that ${keys} encrypted, which ${by} allowed; a key of earlier backups stays readable with encryption.former`
      : `whether the role may still read objects that ${keys} encrypted is not known`,
    isCertain,
    evidence: lost.flatMap(({ arn, how }) => [
      { at: `${address}: ${ACTION} before`, value: arn },
      { at: `${address}: ${ACTION} after`, value: how === 'nobody can tell' ? '(unknown)' : '(not allowed)' },
    ]),
  };
}

/** Keys of the environment, and others that policies of the reader name. */
function keysOf({ keys }: KeyAccess, { policies }: KeyReader): readonly string[] {
  const named = policies
    .flatMap(({ statements }) => statements)
    .flatMap(({ effect, resources }) =>
      effect === 'Allow' && resources !== undefined && !resources.negated ? resources.patterns : [],
    );
  return [...new Set([...keys.map(({ arn }) => arn), ...named.filter((arn) => KEY_ARN.test(arn))])];
}

interface Times {
  readonly before: KeyAccess;
  readonly after: KeyAccess;
  readonly reader: KeyReader;
}

/** Who took it away, where objects that were written in some way could be read, and nobody in his place can read them. */
function takerOf(arn: string, { before, after, reader }: Times): Taker | undefined {
  const was = { reader, keyPolicy: policyOf(before, arn) };
  const heirs = after.readers.filter(({ address }) => address === reader.address);
  const readers = heirs.length > 0 ? heirs : after.readers;
  // A key that is let go keeps the policy that it has.
  const keyPolicy = after.keys.some((key) => key.arn === arn) ? policyOf(after, arn) : was.keyPolicy;
  const [, partition = '', , region = ''] = arn.split(':');
  const ways = throughS3({ partition, region }, before.bucketArns);
  const were = (ways.length === 0 ? [{}] : ways).filter((way) => mayDecrypt(arn, way, was));
  const mayStill = (policy: Answer<Policy>) => (way: Circumstances) =>
    readers.some((one) => mayDecrypt(arn, way, { reader: one, keyPolicy: policy }));
  const lost = were.filter((way) => !mayStill(keyPolicy)(way));
  const isKnown = keyPolicy.state !== 'unknown' && readers.every(({ isComplete }) => isComplete);
  if (lost.length === 0) return were.length > 0 && keyPolicy.state === 'unknown' ? 'nobody can tell' : undefined;
  if (!isKnown) return 'nobody can tell';
  return lost.some(mayStill(ABSENT)) ? 'the key policy' : 'the policies of the role';
}

function policyOf({ keys }: KeyAccess, arn: string): Answer<Policy> {
  return keys.find((key) => key.arn === arn)?.policy ?? ABSENT;
}
