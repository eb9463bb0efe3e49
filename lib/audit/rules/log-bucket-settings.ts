import { failFor } from '../rule-kit/gathered';
import { LIFECYCLE, type LifecycleRule, lifecycleOf, numberAt } from '../rule-kit/lifecycle';
import { doubt, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import { type Answer, known } from '../stack/answer';
import type { BucketSubject, ReadArgument } from '../subject/subject';

/** PCI DSS (10.5.1) asks for twelve months. */
const FEWEST_LOG_DAYS = 365;

const LOCK = 'aws_s3_bucket_object_lock_configuration';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html */
export const logBucketSettings: Rule = {
  id: 'log-bucket-settings',
  title: 'The bucket for access logs takes them, keeps them for a year, and then clears them',
  rationale:
    'S3 delivers no log to a bucket that encrypts with KMS or locks objects; and most incidents are found months later.',
  reads: `aws_s3_bucket_server_side_encryption_configuration; ${LIFECYCLE}: rule; ${LOCK}`,
  remedy: 'Encrypt with AES256, lock nothing, and expire logs after 365 days or more.',
  controls: { nist80053r5: ['AU-4', 'AU-11'], pciDss401: ['10.5.1'] },
  check: ({ accountBase, buckets, read }) =>
    accountBase === undefined ? [] : buckets.map((bucket) => check(bucket, read)),
};

function check(bucket: BucketSubject, read: ReadArgument): Outcome {
  const { resource, encryption, companions } = bucket;
  const days = expiryDays(bucket, read);
  const { algorithm } = encryption;
  if (days.state === 'unknown') return doubt(resource.address, `when logs expire is not known: ${days.because}`);
  if (algorithm.state === 'unknown') return doubt(resource.address, `the algorithm is not known: ${algorithm.because}`);
  const problems = [
    ...(algorithm.state === 'known' && algorithm.value === 'AES256'
      ? []
      : ['the default encryption is not AES256, and S3 delivers no log to it']),
    ...(companions(LOCK).found.length > 0 ? ['Object Lock is configured, and S3 delivers no log to it'] : []),
    ...(days.state === 'known' && days.value === Number.POSITIVE_INFINITY ? ['no rule for every log expires it'] : []),
    ...(days.state === 'known' && days.value < FEWEST_LOG_DAYS
      ? [`a log expires after ${days.value} days, and ${FEWEST_LOG_DAYS} are the least`]
      : []),
  ];
  return problems.length > 0
    ? failFor(resource.address, problems)
    : pass(resource.address, `logs are kept for ${days.state === 'known' ? days.value : '?'} days`);
}

/** The fewest days after which an enabled rule expires a log; infinite where none is about every log. */
function expiryDays(bucket: BucketSubject, read: ReadArgument): Answer<number> {
  const rules = lifecycleOf(bucket, read);
  if (rules.state === 'unknown') return rules;
  const active = rules.state === 'known' ? rules.value.filter((rule) => !isOff(rule)) : [];
  const found = active.map((rule) => ({ rule, days: numberAt(rule, 'expiration.days', read) }));
  const open = found.find(({ days }) => days.state === 'unknown')?.days;
  if (open?.state === 'unknown') return open;
  const expiring = found.flatMap(({ rule, days }) => (days.state === 'known' ? [{ rule, days: days.value }] : []));
  const clearsAll = expiring.some(({ rule }) => rule.isUnfiltered.state === 'known' && rule.isUnfiltered.value);
  const fewest = Math.min(...expiring.map(({ days }) => days));
  return known(clearsAll || fewest < FEWEST_LOG_DAYS ? fewest : Number.POSITIVE_INFINITY);
}

function isOff({ isEnabled }: LifecycleRule): boolean {
  return isEnabled.state === 'known' && !isEnabled.value;
}
