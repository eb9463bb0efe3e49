import { failFor } from '../rule-kit/gathered';
import { allows } from '../rule-kit/identity-questions';
import { doubt, doubtOver, notApplicable, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import { takesBackups } from '../rule-kit/uploads';
import { ABSENT, type Answer, known } from '../stack/answer';
import type { StackResource } from '../stack/stack-document';
import type { BucketSubject, ReadArgument, RoleSubject, Subject } from '../subject/subject';

const TYPE = 'aws_s3_bucket_object_lock_configuration';
/** Actions that undo a lock, or set one on single objects. */
const UNLOCKING = [
  's3:BypassGovernanceRetention',
  's3:PutBucketObjectLockConfiguration',
  's3:PutObjectRetention',
  's3:PutObjectLegalHold',
];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html */
export const bucketObjectLock: Rule = {
  id: 'bucket-object-lock',
  title: 'Object Lock, where it is on, cannot be undone by the role',
  rationale: 'A lock that the backup host itself can lift protects from nothing.',
  reads: `aws_s3_bucket: object_lock_enabled; ${TYPE}: rule.default_retention; the role's policies, by evaluation`,
  remedy: 'Give the role none of the actions that bypass or change retention, and the lock a mode with days or years.',
  controls: { fsbp: ['S3.15'], nist80053r5: ['CP-6(2)'], pciDss401: ['10.5.1'] },
  equivalents: { prowler: ['s3_bucket_object_lock'] },
  check: (subject) => subject.buckets.filter(takesBackups).map((bucket) => check(bucket, subject)),
};

function check(bucket: BucketSubject, { read, roles }: Subject): Outcome {
  const { resource, companions } = bucket;
  const [configuration] = companions(TYPE).found;
  const enabled = read(resource, 'object_lock_enabled');
  const at = configuration?.address ?? resource.address;
  if (enabled.state === 'unknown') return doubt(at, `whether Object Lock is on is not known: ${enabled.because}`);
  const isOn = (enabled.state === 'known' && String(enabled.value) === 'true') || configuration !== undefined;
  if (!isOn) {
    return notApplicable(at, 'Object Lock is off: Vault does not document it; versions-protected makes up for it');
  }
  const retention = configuration === undefined ? ABSENT : retentionOf(configuration, read);
  if (retention.state === 'unknown') return doubt(at, `the retention is not known: ${retention.because}`);
  const problems = [
    ...versioningProblems(bucket, read),
    ...(configuration !== undefined && enabled.state === 'known' && String(enabled.value) === 'false'
      ? [`${resource.address} says that it is off, so Terraform makes the bucket again once ${at} has turned it on`]
      : []),
    ...(configuration !== undefined && retention.state === 'absent' ? ['the lock has no mode with days or years'] : []),
    ...roles.flatMap(unlockingProblems),
  ];
  if (problems.length > 0) return failFor(at, problems);
  const open = roles.find(({ identity }) => identity.state === 'unknown');
  if (open !== undefined) return doubtOver(open.identity, at, 'what the role may do is not known');
  return pass(
    at,
    retention.state === 'known' ? `objects are locked for ${retention.value}` : 'the lock is on, with no default',
  );
}

function retentionOf(configuration: StackResource, read: ReadArgument): Answer<string> {
  const at = (name: string) => read(configuration, `rule.default_retention.${name}`);
  const [mode, days, years] = [at('mode'), at('days'), at('years')];
  const open = [mode, days, years].find(({ state }) => state === 'unknown');
  if (open?.state === 'unknown') return open;
  if (mode.state !== 'known') return ABSENT;
  if (days.state === 'known') return known(`${days.value} days in ${mode.value} mode`);
  return years.state === 'known' ? known(`${years.value} years in ${mode.value} mode`) : ABSENT;
}

function versioningProblems({ companions }: BucketSubject, read: ReadArgument): readonly string[] {
  const [versioning] = companions('aws_s3_bucket_versioning').found;
  const status = versioning === undefined ? ABSENT : read(versioning, 'versioning_configuration.status');
  return status.state !== 'unknown' && !(status.state === 'known' && status.value === 'Enabled')
    ? ['Object Lock needs versioning']
    : [];
}

function unlockingProblems({ identity }: RoleSubject): readonly string[] {
  if (identity.state !== 'known') return [];
  return UNLOCKING.filter((action) => allows(identity.value, action)).map((action) => `the role may ${action}`);
}
