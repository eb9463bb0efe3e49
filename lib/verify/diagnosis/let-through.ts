import type { BackupEnvironment } from '../../backup-environment/schema';
import type { Diagnosis, EnvironmentFacts } from '../result/diagnosis';

type ForbiddenAct = BackupEnvironment['permissions']['forbidden'][number];
type Cause = (facts: EnvironmentFacts) => Omit<Diagnosis, 'id'>;

/** Refused by a statement of the bucket policy, which is gone or narrower. */
const refusedBy =
  (sid: string): Cause =>
  ({ bucket }) => ({
    cause: `The policy of ${bucket} does not refuse it any more: its statement ${sid} is gone, or leaves this request out.`,
    fix: `vault-env verify --as operator compares the policy with the audited one; terraform apply puts ${sid} back.`,
  });

/** Refused because nothing allows it, so that something was added which does. */
const allowedBy =
  (action: string, whose: (facts: EnvironmentFacts) => string): Cause =>
  (facts) => ({
    cause: `${action} is allowed, which was not audited: by ${whose(facts)}.`,
    fix: 'vault-env verify --as operator names the policy and all that it adds; terraform apply puts the audited policies back.',
  });

const ROLE = 'a policy of the role, attached or inline';
const ofRole = () => ROLE;
const ofRoleOrBucket = ({ bucket }: EnvironmentFacts) => `${ROLE}, or by the policy of ${bucket}`;
const ofRoleOrOtherBucket = () => `${ROLE}, that covers other buckets, or by the policy of the other bucket`;
const ofRoleAndKey = ({ keyArn = 'the key' }: EnvironmentFacts) =>
  `${ROLE}, together with the policy of ${keyArn}, or by a grant on it`;
const onBucket = (action: string) => allowedBy(action, ofRoleOrBucket);

/** The policy that lets each act through, by the id of the check that tries it. */
const LET_THROUGH: Readonly<Record<ForbiddenAct, Cause>> = {
  'plain-http': refusedBy('DenyPlainHttp'),
  'presigned-plain-http': refusedBy('DenyPlainHttp'),
  'wrong-encryption-header': refusedBy('DenyWrongEncryption'),
  'wrong-key': refusedBy('DenyWrongKey'),
  'key-left-out': refusedBy('DenyKeyLeftOut'),
  'customer-provided-key': refusedBy('DenyCustomerProvidedKeys'),
  'object-acl': onBucket('s3:PutObjectAcl'),
  tagging: onBucket('s3:PutObjectTagging or s3:PutBucketTagging'),
  'direct-key-use': allowedBy('The use of the key without S3 (kms:ViaService)', ofRoleAndKey),
  'create-grant': allowedBy('kms:CreateGrant', ofRoleAndKey),
  'other-bucket': allowedBy('s3:ListBucket, s3:GetObject or s3:PutObject on another bucket', ofRoleOrOtherBucket),
  'cross-bucket-copy': allowedBy('s3:GetObject or s3:PutObject on another bucket', ofRoleOrOtherBucket),
  'other-prefix': onBucket('s3:ListBucket, s3:GetObject or s3:PutObject outside of the prefixes of the role'),
  'other-region': allowedBy('s3:ListAllMyBuckets or kms:ListKeys', ofRole),
  'read-version': onBucket('s3:GetObjectVersion'),
  'version-delete': onBucket('s3:DeleteObjectVersion'),
  'read-bucket-policy': onBucket('s3:GetBucketPolicy'),
  'change-bucket-policy': onBucket('s3:PutBucketPolicy'),
  'change-lifecycle': onBucket('s3:PutLifecycleConfiguration'),
  'change-encryption': onBucket('s3:PutEncryptionConfiguration'),
  'change-versioning': onBucket('s3:PutBucketVersioning'),
  'change-public-access-block': onBucket('s3:PutBucketPublicAccessBlock'),
  'change-object-lock': onBucket('s3:PutBucketObjectLockConfiguration'),
  'change-replication': onBucket('s3:PutReplicationConfiguration'),
  'change-retention': onBucket('s3:PutObjectRetention'),
  'bypass-retention': ({ bucket }) => ({
    cause: `s3:BypassGovernanceRetention is allowed, which was not audited: by ${ROLE}, or by the policy of ${bucket}. Or the version had no retention to bypass, which the check version-kept tells.`,
    fix: 'vault-env verify --as operator compares the policies and the default retention of the bucket; terraform apply puts both back.',
  }),
  'role-chaining': ({ roleArn }) => ({
    cause: `The trust policy of ${roleArn} admits the role itself, or the whole account while a policy of the role allows sts:AssumeRole.`,
    fix: 'terraform apply puts the audited trust policy back; vault-env verify --as operator names what it admits.',
  }),
  'administer-iam': allowedBy('iam:GetRole, or an action that changes the role,', ofRole),
  'administer-kms': allowedBy(
    'kms:ListKeys, kms:GetKeyPolicy or kms:PutKeyPolicy',
    ({ keyArn }) => `${ROLE}${keyArn === undefined ? '' : `, or by the policy of ${keyArn}`}`,
  ),
};

/** Why a call that must be refused was let through. Pure. */
export function letThrough(checkId: string, facts: EnvironmentFacts): Diagnosis {
  return { id: 'allowed', ...LET_THROUGH[checkId as ForbiddenAct](facts) };
}
