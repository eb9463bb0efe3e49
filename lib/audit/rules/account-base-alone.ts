import { accountBaseName, logBucketName } from '../../config/account-base';
import { failFor } from '../rule-kit/gathered';
import { describeAnswer, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import type { AccountBaseOutput } from '../stack/account-base-output';
import type { Subject } from '../subject/subject';

const OF_BUCKET = ['lifecycle_configuration', 'ownership_controls', 'policy', 'public_access_block', 'versioning'];
const TYPES: ReadonlySet<string> = new Set([
  'aws_s3_bucket',
  'aws_s3_bucket_server_side_encryption_configuration',
  ...OF_BUCKET.map((name) => `aws_s3_bucket_${name}`),
]);

export const accountBaseAlone: Rule = {
  id: 'account-base-alone',
  title: 'An account base is the bucket for access logs, under its own name, and nothing else',
  rationale: 'A bucket of logs is judged by other rules than one of backups, so nothing may pass for one.',
  reads: 'the type of every resource; aws_s3_bucket: bucket; output.account_base',
  remedy: 'Synthesize the account base again with --account-base, and keep everything else in other stacks.',
  controls: { nist80053r5: ['CM-6', 'CM-8'] },
  check: (subject) => {
    const { accountBase, stack } = subject;
    if (accountBase === undefined) return [];
    const problems = [...strangers(subject), ...wrongNames(accountBase, subject)];
    if (problems.length > 0) return [failFor('output.account_base', problems)];
    return [pass('output.account_base', `${stack.resources.length} resources of the one bucket`)];
  },
};

function strangers({ stack, buckets }: Subject): readonly string[] {
  const others = stack.resources.filter(({ type }) => !TYPES.has(type)).map(({ address }) => address);
  return [
    ...others.map((address) => `${address} is no part of it`),
    ...(buckets.length === 1 ? [] : [`it has ${buckets.length} buckets`]),
    ...(stack.outputs.some(({ name }) => name === 'backup_environment') ? ['it says it is an environment too'] : []),
  ];
}

function wrongNames({ name, account, region, logBucket }: AccountBaseOutput, { place, buckets }: Subject) {
  const expected = { account: place.account ?? '', region: place.region ?? '' };
  const made = buckets[0]?.name ?? { state: 'absent' };
  const bucket = logBucketName(expected);
  return [
    ...(account === expected.account && region === expected.region ? [] : ['it says another account or region']),
    ...(name === accountBaseName(expected) ? [] : [`its name is not ${accountBaseName(expected)}`]),
    ...(logBucket === bucket ? [] : [`it says another bucket than ${bucket}`]),
    ...(made.state === 'known' && made.value === bucket
      ? []
      : [`its bucket must be ${bucket}, got: ${describeAnswer(made)}`]),
  ];
}
