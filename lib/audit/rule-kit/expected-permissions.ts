import type { Policy, Statement } from '../../iam';
import { CAPABILITY_GRANTS } from '../permission-proof/expected';
import { ABSENT, type Answer, known, unknown } from '../stack/answer';
import type { Subject } from '../subject/subject';
import { allowsOn } from './identity-questions';
import type { ExpectedValue, ToldOutput } from './told-output';

/** The only prefix that verification may write under, away from backups. */
const VERIFICATION_PREFIX = 'vault-env-verification/';

/** The checks that verification must make, whatever the role may do; written by hand, as a second opinion. */
const ALWAYS_FORBIDDEN = [
  'plain-http',
  'presigned-plain-http',
  'wrong-encryption-header',
  'customer-provided-key',
  'object-acl',
  'tagging',
  'other-bucket',
  'cross-bucket-copy',
  'other-region',
  'read-bucket-policy',
  'change-bucket-policy',
  'change-lifecycle',
  'change-encryption',
  'change-public-access-block',
  'change-object-lock',
  'change-replication',
  'role-chaining',
  'administer-iam',
  'administer-kms',
];

const FORBIDDEN_WITH_KEY = ['wrong-key', 'direct-key-use', 'create-grant'];
const FORBIDDEN_TO_FOREIGN_ROLE = ['key-left-out'];

/** Acts that verification must try unless the role may do this everywhere in the bucket. */
const FORBIDDEN_UNLESS_ALLOWED = [
  ['read-version', 's3:GetObjectVersion', 'objects'],
  ['version-delete', 's3:DeleteObjectVersion', 'objects'],
  ['change-versioning', 's3:PutBucketVersioning', 'the bucket'],
  ['other-prefix', 's3:PutObject', 'objects'],
] as const;

/** The checks that verification must be told, according to the stack's policies and settings. */
export function expectedPermissions(subject: Subject, told: ToldOutput): readonly ExpectedValue[] {
  return [
    ['permissions.capabilities', ofRole(subject, capabilitiesOf)],
    ['permissions.allowed', ofRole(subject, ({ identity }) => grantsIn(identity, subject))],
    ['permissions.forbidden', ofRole(subject, (role) => forbiddenOf(subject, role))],
    ['permissions.verificationPrefix', known(VERIFICATION_PREFIX)],
    ['permissions.otherBucket', otherBucketOf(subject, told)],
  ];
}

interface RoleAtBucket {
  readonly identity: readonly Policy[];
  readonly bucketArn: string;
}

function ofRole(
  { roles: [role], buckets: [bucket] }: Subject,
  judge: (role: RoleAtBucket) => Answer<unknown>,
): Answer<unknown> {
  const [identity, arn] = [role?.identity ?? ABSENT, bucket?.arn ?? ABSENT];
  if (identity.state !== 'known') return identity;
  return arn.state === 'known' ? judge({ identity: identity.value, bucketArn: arn.value }) : arn;
}

const SAMPLES = {
  'the bucket': (bucketArn: string) => bucketArn,
  objects: (bucketArn: string) => `${bucketArn}/org/accounts.csv.gz`,
  'no resource': () => '*',
};

function capabilitiesOf({ identity, bucketArn }: RoleAtBucket): Answer<unknown> {
  const sampleOf = (on: readonly string[]) =>
    SAMPLES[on.includes('the bucket') ? 'the bucket' : on.includes('no resource') ? 'no resource' : 'objects'];
  const granted = Object.entries(CAPABILITY_GRANTS).filter(([, grants]) =>
    grants.every(({ actions, on }) => actions.every((action) => allowsOn(identity, action, sampleOf(on)(bucketArn)))),
  );
  return known(granted.map(([name]) => name));
}

/** Each action and resource that a statement of the role allows; the letters of an action are large or small. */
function grantsIn(identity: readonly Policy[], { catalogue }: Subject): Answer<unknown> {
  const allowing = identity.flatMap(({ statements }) => statements).filter(({ effect }) => effect === 'Allow');
  const loose = allowing.find((statement) => !isListed(statement));
  if (loose !== undefined) return unknown(`the statement ${loose.id} does not list its actions and resources`);
  return known(
    allowing.flatMap(({ actions, resources }) =>
      actions.patterns
        .map((action) => catalogue.tryFind(action)?.name ?? action)
        .flatMap((action) => (resources?.patterns ?? []).map((resource) => ({ action, resource }))),
    ),
  );
}

function isListed({ actions, resources }: Statement): boolean {
  return !actions.negated && resources?.negated === false && !actions.patterns.some((one) => /[*?]/.test(one));
}

function forbiddenOf(subject: Subject, { identity, bucketArn }: RoleAtBucket): Answer<unknown> {
  const [bucket] = subject.buckets;
  const algorithm = bucket?.encryption.algorithm ?? ABSENT;
  const locking = lockingActs(subject);
  if (algorithm.state === 'unknown') return algorithm;
  if (locking.state === 'unknown') return locking;
  const isKms = algorithm.state === 'known' && algorithm.value !== 'AES256';
  const refused = FORBIDDEN_UNLESS_ALLOWED.filter(
    ([, action, on]) => !allowsOn(identity, action, SAMPLES[on](bucketArn)),
  );
  return known([
    ...ALWAYS_FORBIDDEN,
    ...(isKms ? FORBIDDEN_WITH_KEY : []),
    ...(subject.roles[0]?.foreignAccount === undefined ? [] : FORBIDDEN_TO_FOREIGN_ROLE),
    ...(locking.state === 'known' ? locking.value : []),
    ...refused.map(([act]) => act),
  ]);
}

/** Where there is Object Lock, and where it locks new versions. */
function lockingActs({ buckets: [bucket], read }: Subject): Answer<readonly string[]> {
  const [configuration] = bucket?.companions('aws_s3_bucket_object_lock_configuration').found ?? [];
  const enabled = bucket === undefined ? ABSENT : read(bucket.resource, 'object_lock_enabled');
  if (enabled.state === 'unknown') return enabled;
  if (configuration === undefined) {
    return enabled.state === 'known' && String(enabled.value) === 'true' ? known(['change-retention']) : ABSENT;
  }
  const mode = read(configuration, 'rule.default_retention.mode');
  if (mode.state === 'unknown') return mode;
  return known(['change-retention', ...(mode.state === 'known' ? ['bypass-retention'] : [])]);
}

/** Any bucket beside the stack, as long as the role does not reach it. */
function otherBucketOf({ place, roles: [role] }: Subject, told: ToldOutput): Answer<unknown> {
  const other = told.at('permissions.otherBucket');
  if (other.state !== 'known') return other;
  const identity = role?.identity ?? ABSENT;
  if (identity.state === 'unknown') return identity;
  if (place.partition === undefined) return unknown('no input says the partition');
  const arn = `arn:${place.partition}:s3:::${other.value}`;
  const isReached =
    identity.state === 'known' &&
    (allowsOn(identity.value, 's3:ListBucket', arn) || allowsOn(identity.value, 's3:GetObject', `${arn}/object`));
  return isReached ? known('a role that reaches it') : other;
}
