import { failFor } from '../rule-kit/gathered';
import { allows, allowsOn } from '../rule-kit/identity-questions';
import { doubt, doubtOver, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import { takesBackups } from '../rule-kit/uploads';
import type { RoleSubject, Subject } from '../subject/subject';

export const versionsProtected: Rule = {
  id: 'versions-protected',
  title: 'A stolen role can neither delete backup versions nor turn versioning off',
  rationale:
    'With versions out of reach, anything that a thief overwrites or deletes can be restored. This makes up for MFA delete.',
  reads: "the role's policies, by evaluation; aws_s3_bucket: object_lock_enabled",
  remedy: 'Leave the capabilities purge-versions and manage-versioning out, or turn Object Lock on.',
  controls: { nist80053r5: ['AU-9(2)', 'CP-9', 'CP-6', 'AC-6'] },
  check: (subject) => subject.roles.map((role) => check(role, subject)),
};

function check({ resource, identity }: RoleSubject, { buckets, read }: Subject): Outcome {
  if (identity.state !== 'known') return doubtOver(identity, resource.address, 'what the role may do is not known');
  const backups = buckets.filter(takesBackups);
  const arns = backups.flatMap(({ arn }) => (arn.state === 'known' ? [arn.value] : []));
  if (arns.length < backups.length) return doubt(resource.address, 'the name of the bucket is not known');
  const isLocked = backups.every((bucket) => {
    const enabled = read(bucket.resource, 'object_lock_enabled');
    return enabled.state === 'known' && String(enabled.value) === 'true';
  });
  const deletes = arns.some((arn) => allowsOn(identity.value, 's3:DeleteObjectVersion', `${arn}/org/accounts.csv.gz`));
  const problems = [
    ...(deletes && !isLocked ? ['it may delete versions of backups'] : []),
    ...(allows(identity.value, 's3:PutBucketVersioning') && !isLocked ? ['it may suspend versioning'] : []),
    ...(allows(identity.value, 's3:PutLifecycleConfiguration') ? ['it may let a lifecycle delete versions'] : []),
  ];
  if (problems.length > 0) return failFor(resource.address, problems);
  return pass(
    resource.address,
    isLocked ? 'Object Lock holds the versions' : 'the role cannot delete versions of backups, nor suspend versioning',
  );
}
