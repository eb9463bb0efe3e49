import {
  AddRoleToInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, DisableKeyCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import {
  DeleteBucketPolicyCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { ec2TrustPolicy } from '../../lib/hosts/ec2/trust-policy';
import type { Capability } from '../../lib/policy/capabilities';
import { type PolicyStatement, policyDocument } from '../../lib/policy/document';
import { accountRootArn, bucketArn, objectsArn, roleArn, roleName } from '../../lib/policy/resource-names';
import {
  createOpenKey,
  type DeployedEnvironment,
  type Deployment,
  defaultEncryption,
  lockObjects,
  type Method,
  putBackupUnder,
} from './deployed-environment';
import {
  allowing,
  changing,
  denying,
  detachRolePolicy,
  type Edit,
  editBucketPolicy,
  editKeyPolicy,
  editRolePolicy,
  editTrust,
  onEverything,
  unconditionally,
  without,
  withoutAction,
} from './edit-policies';

/** Something that somebody did to the live account after the environment was deployed and audited. */
export interface LiveDefect {
  readonly name: string;
  readonly method: Method;
  /** @default ['backup', 'versioning'] */
  readonly capabilities?: readonly Capability[];
  readonly objectLock?: Deployment['objectLock'];
  readonly hasFormerKey?: boolean;
  readonly make: (live: DeployedEnvironment) => Promise<unknown>;
  /** The check that is meant for it. */
  readonly caughtBy: string;
  /** AWS's answer to that check. */
  readonly answer: string;
  /** Part of the cause or of the fix that is told with it: words that only this kind of trouble is told with. */
  readonly says: string;
  /** The other checks that fail because of it. */
  readonly alsoFails?: readonly string[];
}

const readers = ['object-copy', 'object-encryption', 'object-head', 'object-range', 'multipart-upload', 'unicode-key'];
const DENIED = 'AccessDenied';
const OK = 'OK';

/** Takes an action away from the role. */
const revoked = (action: string, caughtBy: string, alsoFails: readonly string[] = []): LiveDefect => ({
  name: `the role lost ${action}`,
  method: 'AES-256',
  make: (live) => editRolePolicy(live, 's3', withoutAction(action)),
  caughtBy,
  answer: DENIED,
  says: `Nothing allows ${action} in the policies of the role`,
  alsoFails,
});

const REVOKED: readonly LiveDefect[] = [
  revoked('s3:PutObject', 'object-put', ['multipart-upload']),
  { ...revoked('s3:GetObject', 'object-get', [...readers, 'object-batch-delete', 'object-delete']) },
  revoked('s3:DeleteObject', 'object-delete', ['object-batch-delete']),
  revoked('s3:ListBucket', 'object-list', ['unicode-key', 'object-delete', 'object-batch-delete']),
  revoked('s3:GetBucketLocation', 'bucket-region'),
  revoked('s3:ListBucketMultipartUploads', 'multipart-abort'),
  revoked('s3:AbortMultipartUpload', 'multipart-abort'),
  revoked('s3:ListMultipartUploadParts', 'multipart-abort'),
  revoked('s3:GetBucketVersioning', 'versioning-state'),
  revoked('s3:ListBucketVersions', 'version-list', ['probe-removal']),
  revoked('s3:DeleteObjectVersion', 'probe-removal'),
  {
    ...revoked('s3:PutBucketVersioning', 'versioning-write'),
    capabilities: ['backup', 'versioning', 'manage-versioning'],
  },
  { ...revoked('s3:ListAllMyBuckets', 'bucket-list'), capabilities: ['backup', 'versioning', 'list-buckets'] },
  {
    ...revoked('s3:GetObjectVersion', 'version-get'),
    capabilities: ['backup', 'versioning', 'read-versions'],
  },
  {
    ...revoked('s3:DeleteObjectVersion', 'version-purge'),
    name: 'the role may delete only versions of its probes, although it is to purge backups',
    capabilities: ['backup', 'versioning', 'purge-versions'],
    make: (live) =>
      editRolePolicy(
        live,
        's3',
        changing('PurgeVersions', { Resource: objectsArn(live.target, 'vault-env-verification/') }),
      ),
  },
  {
    name: 'the S3 policy was detached from the role',
    says: 'Nothing allows s3:PutObject in the policies of the role',
    method: 'AES-256',
    make: (live) => detachRolePolicy(live, 's3'),
    caughtBy: 'object-put',
    answer: DENIED,
    alsoFails: ['bucket-region', 'versioning-state', 'multipart-upload'],
  },
  {
    name: 'the role was put behind a permissions boundary without s3:PutObject',
    says: 'Nothing allows s3:PutObject in the permissions boundary of the role',
    method: 'AES-256',
    make: async ({ administrator, target }) => {
      const PolicyDocument = JSON.stringify(
        policyDocument([
          {
            Sid: 'Boundary',
            Effect: 'Allow',
            Action: ['s3:Get*', 's3:List*', 's3:Delete*', 's3:Abort*'],
            Resource: '*',
          },
        ]),
      );
      const created = await administrator.iam.send(
        new CreatePolicyCommand({ PolicyName: `${target.name}-boundary`, PolicyDocument }),
      );
      const PermissionsBoundary = created.Policy?.Arn;
      await administrator.iam.send(
        new PutRolePermissionsBoundaryCommand({ RoleName: roleName(target), PermissionsBoundary }),
      );
    },
    caughtBy: 'object-put',
    answer: DENIED,
    alsoFails: ['multipart-upload'],
  },
  {
    name: "the role's policy names another account's resources",
    says: 'Nothing allows s3:PutObject in the policies of the role',
    method: 'AES-256',
    make: (live) =>
      editRolePolicy(live, 's3', (statements) =>
        statements.map((one) => ({ ...one, Condition: { StringEquals: { 'aws:ResourceAccount': '999999999999' } } })),
      ),
    caughtBy: 'object-put',
    answer: DENIED,
    alsoFails: ['bucket-region', 'versioning-state', 'multipart-upload'],
  },
  {
    name: 'the instance profile carries another role',
    says: '-somebody-else/',
    method: 'AES-256',
    make: async ({ administrator: { iam }, target }) => {
      const RoleName = `${target.name}-somebody-else`;
      const AssumeRolePolicyDocument = JSON.stringify(ec2TrustPolicy(target));
      const InstanceProfileName = roleName(target);
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
      await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName: InstanceProfileName }));
      await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
    },
    caughtBy: 'role-identity',
    answer: 'somebody-else',
    alsoFails: ['object-put', 'bucket-region', 'versioning-state', 'multipart-upload'],
  },
];

/** Permissions of everybody who puts or gets under a KMS key, and what fails without each. */
const brokenKey = (
  name: string,
  make: LiveDefect['make'],
  { answer = DENIED, says = 'Nothing allows kms:GenerateDataKey in the policies of the role' } = {},
): LiveDefect => ({
  name,
  method: 'AWS-KMS',
  make,
  caughtBy: 'object-put',
  answer,
  says,
  alsoFails: ['multipart-upload'],
});

const condition = (values: Readonly<Record<string, string>>): Edit =>
  changing('UseKeyThroughS3', { Condition: { StringEquals: values } });

const KEY: readonly LiveDefect[] = [
  {
    name: 'the role lost kms:Decrypt',
    says: 'Nothing allows kms:Decrypt in the policies of the role',
    method: 'AWS-KMS',
    make: (live) => editRolePolicy(live, 'kms', withoutAction('kms:Decrypt')),
    caughtBy: 'object-get',
    answer: DENIED,
    alsoFails: ['multipart-upload', 'object-copy', 'object-range', 'unicode-key'],
  },
  {
    name: 'the key policy no longer lets the role decrypt',
    says: 'Nothing allows kms:Decrypt in the key policy',
    method: 'AWS-KMS',
    make: (live) => editKeyPolicy(live, changing('UseKeyThroughS3', { Action: 'kms:GenerateDataKey' })),
    caughtBy: 'object-get',
    answer: DENIED,
    alsoFails: ['multipart-upload', 'object-copy', 'object-range', 'unicode-key'],
  },
  {
    ...brokenKey('the role lost kms:GenerateDataKey', (live) =>
      editRolePolicy(live, 'kms', withoutAction('kms:GenerateDataKey')),
    ),
    says: 'Nothing allows kms:GenerateDataKey in the policies of the role',
  },
  brokenKey('the KMS policy was detached from the role', (live) => detachRolePolicy(live, 'kms')),
  {
    ...brokenKey('the key policy no longer knows the role', (live) => editKeyPolicy(live, without('UseKeyThroughS3'))),
    says: 'Nothing allows kms:GenerateDataKey in the key policy',
  },
  brokenKey(
    'the key policy names a role that was replaced',
    (live) =>
      editKeyPolicy(
        live,
        changing('UseKeyThroughS3', {
          Condition: { ArnEquals: { 'aws:PrincipalArn': `${roleArn(live.target)}-old` } },
        }),
      ),
    { says: 'Nothing allows kms:GenerateDataKey in the key policy' },
  ),
  brokenKey("the role's policy names S3 of another region", (live) =>
    editRolePolicy(live, 'kms', condition({ 'kms:ViaService': 's3.eu-west-1.amazonaws.com' })),
  ),
  brokenKey("the role's policy expects an encryption context without bucket keys", (live) =>
    editRolePolicy(live, 'kms', condition({ 'kms:EncryptionContext:aws:s3:arn': objectsArn(live.target) })),
  ),
  brokenKey("the role's policy names another key", (live) =>
    editRolePolicy(live, 'kms', changing('UseKeyThroughS3', { Resource: `${live.keyArn}0` })),
  ),
  brokenKey(
    'the key was disabled',
    ({ administrator, keyArn }) => administrator.kms.send(new DisableKeyCommand({ KeyId: keyArn })),
    { answer: 'KMS.DisabledException', says: 'is disabled, and with it the reading of every backup and all writing.' },
  ),
  brokenKey(
    'the key is going to be deleted',
    ({ administrator, keyArn }) => administrator.kms.send(new ScheduleKeyDeletionCommand({ KeyId: keyArn })),
    { answer: 'KMS.KMSInvalidStateException', says: 'its deletion is scheduled, and with it that of every backup' },
  ),
  {
    ...brokenKey('the bucket key was turned off', ({ administrator, target, keyArn }) =>
      administrator.s3.send(
        new PutBucketEncryptionCommand({
          Bucket: target.bucket,
          ...defaultEncryption(keyArn, { isBucketKeyOn: false }),
        }),
      ),
    ),
    says: 'or bucket keys of the bucket were switched: vault-env verify --as operator tells which',
  },
  {
    ...brokenKey('default encryption names another key of the account', async (live) => {
      const { KeyMetadata } = await live.administrator.kms.send(new CreateKeyCommand({}));
      await encryptWith(live, KeyMetadata?.Arn);
    }),
    says: 'so the default encryption of the bucket was changed',
  },
  {
    ...brokenKey(
      'default encryption names a key of another region',
      (live) => encryptWith(live, live.keyArn?.replace(live.target.region, 'eu-west-1')),
      { answer: 'KMS.NotFoundException' },
    ),
    says: 'S3 was to use a key of eu-west-1. The key of the environment is',
  },
  {
    ...brokenKey(
      'default encryption names an alias that is gone',
      (live) => encryptWith(live, `arn:aws:kms:${live.target.region}:${live.target.account}:alias/gone`),
      { answer: 'KMS.NotFoundException' },
    ),
    says: ':alias/gone, and KMS does not know it. The key of the environment is',
  },
];

function encryptWith({ administrator, target }: DeployedEnvironment, keyArn: string | undefined): Promise<unknown> {
  return administrator.s3.send(new PutBucketEncryptionCommand({ Bucket: target.bucket, ...defaultEncryption(keyArn) }));
}

const everybody = { Principal: '*' as const };

const BUCKET: readonly LiveDefect[] = [
  {
    name: 'versioning was suspended',
    says: 'Somebody suspended versioning of acme-',
    method: 'AES-256',
    make: ({ administrator, target }) =>
      administrator.s3.send(
        new PutBucketVersioningCommand({
          Bucket: target.bucket,
          VersioningConfiguration: { Status: 'Suspended' },
        }),
      ),
    caughtBy: 'versioning-state',
    answer: 'Suspended',
  },
  {
    name: 'default encryption fell back to SSE-S3',
    says: 'are stored with AES256: its default encryption was changed',
    method: 'AWS-KMS',
    make: ({ administrator, target }) =>
      administrator.s3.send(new PutBucketEncryptionCommand({ Bucket: target.bucket, ...defaultEncryption(undefined) })),
    caughtBy: 'object-encryption',
    answer: 'AES256',
  },
  {
    name: 'the bucket now belongs to somebody else',
    says: 'There is no bucket named acme-',
    method: 'AES-256',
    make: async ({ account, target }) => account.state.s3.buckets.delete(target.bucket),
    caughtBy: 'bucket-region',
    answer: 'NoSuchBucket',
    alsoFails: ['object-put', 'multipart-upload', 'versioning-state'],
  },
  {
    name: 'a bucket of that name belongs to another account',
    method: 'AES-256',
    make: async ({ account: { state }, target }) => {
      const bucket = state.s3.buckets.get(target.bucket);
      if (bucket === undefined) throw new Error('the bucket is gone');
      state.s3.buckets.set(target.bucket, { ...bucket, accountId: '444455556666' });
    },
    caughtBy: 'bucket-region',
    answer: DENIED,
    says: "that the bucket is probably another account's",
    alsoFails: ['object-put', 'multipart-upload', 'versioning-state'],
  },
  {
    name: 'the bucket policy denies deleting to everybody',
    says: 'A statement denies s3:DeleteObject in the bucket policy',
    method: 'AES-256',
    make: (live) =>
      editBucketPolicy(live, denying({ ...everybody, Action: 's3:DeleteObject', Resource: objectsArn(live.target) })),
    caughtBy: 'object-delete',
    answer: DENIED,
    alsoFails: ['object-batch-delete'],
  },
  {
    name: 'the bucket policy denies listing to everybody',
    says: 'A statement denies s3:ListBucket in the bucket policy',
    method: 'AES-256',
    make: (live) =>
      editBucketPolicy(live, denying({ ...everybody, Action: 's3:ListBucket', Resource: bucketArn(live.target) })),
    caughtBy: 'object-list',
    answer: DENIED,
    alsoFails: ['unicode-key', 'object-delete', 'object-batch-delete'],
  },
  {
    name: 'the bucket policy allows reads only through a VPC endpoint',
    says: 'A statement denies s3:GetObject in the bucket policy',
    method: 'AES-256',
    make: (live) =>
      editBucketPolicy(
        live,
        denying({
          ...everybody,
          Action: 's3:GetObject',
          Resource: objectsArn(live.target),
          Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
        }),
      ),
    caughtBy: 'object-get',
    answer: DENIED,
    alsoFails: [...readers, 'object-delete', 'object-batch-delete'],
  },
  {
    name: 'the bucket policy denies puts without an encryption header',
    says: 'A statement denies s3:PutObject in the bucket policy',
    method: 'AES-256',
    make: (live) =>
      editBucketPolicy(
        live,
        changing('DenyWrongEncryption', {
          Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'AES256' } },
        }),
      ),
    caughtBy: 'object-put',
    answer: DENIED,
    alsoFails: ['multipart-upload'],
  },
  {
    name: 'the bucket policy no longer denies plain HTTP',
    says: 'its statement DenyPlainHttp is gone, or leaves this request out',
    method: 'AES-256',
    make: (live) => editBucketPolicy(live, without('DenyPlainHttp')),
    caughtBy: 'plain-http',
    answer: OK,
    alsoFails: ['presigned-plain-http'],
  },
  {
    name: 'the denial of plain HTTP leaves out the objects',
    says: 'its statement DenyPlainHttp is gone, or leaves this request out',
    method: 'AES-256',
    make: (live) => editBucketPolicy(live, changing('DenyPlainHttp', { Resource: bucketArn(live.target) })),
    caughtBy: 'plain-http',
    answer: OK,
    alsoFails: ['presigned-plain-http'],
  },
  {
    name: 'the denial of plain HTTP covers only writes',
    says: 'its statement DenyPlainHttp is gone, or leaves this request out',
    method: 'AES-256',
    make: (live) => editBucketPolicy(live, changing('DenyPlainHttp', { Action: 's3:Put*' })),
    caughtBy: 'presigned-plain-http',
    answer: OK,
    alsoFails: ['plain-http'],
  },
  {
    name: 'the denial of plain HTTP covers only callers of another account',
    says: 'its statement DenyPlainHttp is gone, or leaves this request out',
    method: 'AWS-KMS',
    make: (live) =>
      editBucketPolicy(
        live,
        changing('DenyPlainHttp', {
          Condition: {
            Bool: { 'aws:SecureTransport': 'false' },
            StringEquals: { 'aws:PrincipalAccount': '444455556666' },
          },
        }),
      ),
    caughtBy: 'plain-http',
    answer: OK,
    alsoFails: ['presigned-plain-http'],
  },
  {
    name: 'SSE-KMS is no longer denied in an environment with SSE-S3',
    says: 'its statement DenyWrongEncryption is gone',
    method: 'AES-256',
    make: (live) => editBucketPolicy(live, without('DenyWrongEncryption')),
    caughtBy: 'wrong-encryption-header',
    answer: OK,
  },
  {
    name: 'SSE-S3 is no longer denied in an environment with SSE-KMS',
    says: 'its statement DenyWrongEncryption is gone',
    method: 'AWS-KMS',
    make: (live) => editBucketPolicy(live, without('DenyWrongEncryption')),
    caughtBy: 'wrong-encryption-header',
    answer: OK,
  },
  {
    name: 'keys of other accounts are no longer denied',
    says: 'its statement DenyWrongKey is gone',
    method: 'AWS-KMS',
    make: (live) => editBucketPolicy(live, without('DenyWrongKey')),
    caughtBy: 'wrong-key',
    answer: DENIED,
  },
  {
    name: 'keys of other accounts are no longer denied, and the role may use every key',
    says: 'its statement DenyWrongKey is gone',
    method: 'AWS-KMS',
    make: async (live) => {
      await editBucketPolicy(live, without('DenyWrongKey'));
      await editRolePolicy(live, 'kms', allowing(['kms:Decrypt', 'kms:GenerateDataKey'], '*'));
    },
    caughtBy: 'wrong-key',
    answer: DENIED,
  },
  {
    name: 'SSE-C is neither denied nor blocked',
    says: 'its statement DenyCustomerProvidedKeys is gone',
    method: 'AES-256',
    make: async (live) => {
      const { administrator, target } = live;
      await editBucketPolicy(live, without('DenyCustomerProvidedKeys'));
      const encryption = defaultEncryption(undefined, { isSseCBlocked: false });
      await administrator.s3.send(new PutBucketEncryptionCommand({ Bucket: target.bucket, ...encryption }));
    },
    caughtBy: 'customer-provided-key',
    answer: OK,
  },
  {
    name: 'the bucket policy was deleted',
    says: 'its statement DenyPlainHttp is gone, or leaves this request out',
    method: 'AES-256',
    make: ({ administrator, target }) =>
      administrator.s3.send(new DeleteBucketPolicyCommand({ Bucket: target.bucket })),
    caughtBy: 'plain-http',
    answer: OK,
    alsoFails: ['presigned-plain-http', 'wrong-encryption-header'],
  },
];

/** The words for checks that try several actions at once. */
const SAYS: Readonly<Record<string, string>> = {
  tagging: 's3:PutObjectTagging or s3:PutBucketTagging is allowed',
  'other-bucket': 'or by the policy of the other bucket',
  'cross-bucket-copy': 'or by the policy of the other bucket',
  'other-region': 's3:ListAllMyBuckets or kms:ListKeys is allowed, which was not audited: by a policy of the role',
  'change-encryption': 's3:PutEncryptionConfiguration is allowed, which was not audited: by a policy of the role',
  'administer-iam':
    'iam:GetRole, or an action that changes the role, is allowed, which was not audited: by a policy of',
  'administer-kms': 'kms:ListKeys, kms:GetKeyPolicy or kms:PutKeyPolicy is allowed',
  'direct-key-use': 'The use of the key without S3 (kms:ViaService) is allowed',
};

/** Gives the role one more right. */
const granted = (
  action: string,
  {
    on,
    ...row
  }: Pick<LiveDefect, 'caughtBy' | 'answer'> &
    Partial<LiveDefect> & { readonly on: (live: DeployedEnvironment) => string },
): LiveDefect => ({
  name: `the role gained ${action}`,
  method: 'AES-256',
  make: (live) => editRolePolicy(live, 's3', allowing(action, on(live))),
  says: SAYS[row.caughtBy] ?? `${action} is allowed, which was not audited: by a policy of the role`,
  ...row,
});

const everything = () => '*';
const bucket = ({ target }: DeployedEnvironment) => bucketArn(target);
const objects = ({ target }: DeployedEnvironment) => objectsArn(target);
const role = ({ target }: DeployedEnvironment) => roleArn(target);
const key = ({ keyArn = '' }: DeployedEnvironment) => keyArn;
const otherBucket = ({ target }: DeployedEnvironment) => `arn:aws:s3:::${target.name}-other`;
const otherObjects = (live: DeployedEnvironment) => `${otherBucket(live)}/*`;
const XML = 'MalformedXML';

const GRANTED: readonly LiveDefect[] = [
  granted('s3:PutObjectAcl', { on: objects, caughtBy: 'object-acl', answer: 'AccessControlListNotSupported' }),
  granted('s3:PutObjectTagging', { on: objects, caughtBy: 'tagging', answer: OK }),
  granted('s3:PutBucketTagging', { on: bucket, caughtBy: 'tagging', answer: XML }),
  granted('s3:ListBucket', { on: otherBucket, caughtBy: 'other-bucket', answer: OK }),
  {
    ...granted('s3:GetObject', { on: otherObjects, caughtBy: 'other-bucket', answer: DENIED }),
    name: 'the role may read another bucket, and not list it',
    alsoFails: ['cross-bucket-copy'],
  },
  {
    ...granted('s3:PutObject', { on: otherObjects, caughtBy: 'cross-bucket-copy', answer: 'PreconditionFailed' }),
    name: 'the role may write to another bucket',
    alsoFails: ['other-bucket'],
  },
  {
    name: "the role's policy covers every bucket",
    says: 'or by the policy of the other bucket',
    method: 'AES-256',
    make: (live) => editRolePolicy(live, 's3', onEverything),
    caughtBy: 'other-bucket',
    answer: OK,
    alsoFails: ['cross-bucket-copy', 'version-delete'],
  },
  {
    name: "another bucket's policy lets the role in",
    says: 'or by the policy of the other bucket',
    method: 'AES-256',
    make: (live) => {
      const Resource = [otherBucket(live), otherObjects(live)];
      const statement = { Principal: { AWS: role(live) }, Action: ['s3:GetObject', 's3:ListBucket'], Resource };
      const Policy = JSON.stringify(policyDocument([{ Sid: 'Defect', Effect: 'Allow', ...statement }]));
      return live.administrator.s3.send(new PutBucketPolicyCommand({ Bucket: `${live.target.name}-other`, Policy }));
    },
    caughtBy: 'other-bucket',
    answer: OK,
    alsoFails: ['cross-bucket-copy'],
  },
  granted('s3:ListAllMyBuckets', { on: everything, caughtBy: 'other-region', answer: OK }),
  granted('kms:ListKeys', { on: everything, method: 'AWS-KMS', caughtBy: 'other-region', answer: OK }),
  granted('kms:ListKeys', {
    on: everything,
    name: 'the role gained kms:ListKeys without a key of its own',
    caughtBy: 'administer-kms',
    answer: OK,
    alsoFails: ['other-region'],
  }),
  granted('s3:GetObjectVersion', { on: objects, caughtBy: 'read-version', answer: 'NoSuchVersion' }),
  granted('s3:DeleteObjectVersion', { on: objects, caughtBy: 'version-delete', answer: OK }),
  granted('s3:GetBucketPolicy', { on: bucket, caughtBy: 'read-bucket-policy', answer: OK }),
  granted('s3:PutBucketPolicy', { on: bucket, caughtBy: 'change-bucket-policy', answer: 'MalformedPolicy' }),
  granted('s3:PutLifecycleConfiguration', { on: bucket, caughtBy: 'change-lifecycle', answer: XML }),
  granted('s3:PutEncryptionConfiguration', { on: bucket, caughtBy: 'change-encryption', answer: XML }),
  granted('s3:PutBucketVersioning', { on: bucket, caughtBy: 'change-versioning', answer: XML }),
  granted('s3:PutBucketPublicAccessBlock', { on: bucket, caughtBy: 'change-public-access-block', answer: XML }),
  granted('s3:PutBucketObjectLockConfiguration', { on: bucket, caughtBy: 'change-object-lock', answer: XML }),
  granted('s3:PutReplicationConfiguration', { on: bucket, caughtBy: 'change-replication', answer: XML }),
  granted('s3:PutBucketPolicy', {
    on: bucket,
    name: 'the bucket policy lets the role change the bucket policy',
    make: (live) => editBucketPolicy(live, allowRole(live, 's3:PutBucketPolicy')),
    caughtBy: 'change-bucket-policy',
    answer: 'MalformedPolicy',
  }),
  granted('s3:PutLifecycleConfiguration', {
    on: bucket,
    name: 'the bucket policy lets the role change the lifecycle rules',
    make: (live) => editBucketPolicy(live, allowRole(live, 's3:PutLifecycleConfiguration')),
    caughtBy: 'change-lifecycle',
    answer: XML,
  }),
  granted('s3:Put*', {
    on: bucket,
    name: 'the role gained every Put on the bucket',
    caughtBy: 'change-encryption',
    answer: XML,
    alsoFails: [
      'change-bucket-policy',
      'change-lifecycle',
      'change-object-lock',
      'change-public-access-block',
      'change-replication',
      'change-versioning',
      'tagging',
    ],
  }),
  {
    name: 'an inline policy lets the role change the default encryption',
    says: 's3:PutEncryptionConfiguration is allowed, which was not audited: by a policy of the role, attached or inline',
    method: 'AES-256',
    make: (live) => {
      const statement = { Sid: 'Defect', Effect: 'Allow', Action: 's3:PutEncryptionConfiguration' } as const;
      const PolicyDocument = JSON.stringify(policyDocument([{ ...statement, Resource: bucket(live) }]));
      const RoleName = roleName(live.target);
      return live.administrator.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'defect', PolicyDocument }));
    },
    caughtBy: 'change-encryption',
    answer: XML,
  },
  {
    name: 'the trust policy admits the role itself',
    says: 'admits the role itself, or the whole account',
    method: 'AES-256',
    make: (live) => editTrust(live, trusting({ AWS: role(live) })),
    caughtBy: 'role-chaining',
    answer: OK,
  },
  {
    name: 'the trust policy admits the account, and the role gained sts:AssumeRole',
    says: 'admits the role itself, or the whole account',
    method: 'AES-256',
    make: async (live) => {
      await editTrust(live, trusting({ AWS: accountRootArn(live.target) }));
      await editRolePolicy(live, 's3', allowing('sts:AssumeRole', '*'));
    },
    caughtBy: 'role-chaining',
    answer: OK,
  },
  granted('iam:GetRole', { on: role, caughtBy: 'administer-iam', answer: OK }),
  granted('iam:AttachRolePolicy', { on: role, caughtBy: 'administer-iam', answer: 'NoSuchEntity' }),
  granted('iam:PutRolePolicy', { on: role, caughtBy: 'administer-iam', answer: 'MalformedPolicyDocument' }),
  granted('iam:UpdateAssumeRolePolicy', { on: role, caughtBy: 'administer-iam', answer: 'MalformedPolicyDocument' }),
  granted('kms:GetKeyPolicy', { on: key, method: 'AWS-KMS', caughtBy: 'administer-kms', answer: OK }),
  granted('kms:PutKeyPolicy', {
    on: key,
    method: 'AWS-KMS',
    caughtBy: 'administer-kms',
    answer: 'MalformedPolicyDocumentException',
  }),
  ...['kms:GenerateDataKey', 'kms:Decrypt', 'kms:Encrypt'].map((action) =>
    granted(action, {
      on: key,
      name: `role and key policy admit ${action} without S3`,
      method: 'AWS-KMS',
      make: async (live) => {
        await editRolePolicy(live, 'kms', allowing(action, key(live)));
        await editKeyPolicy(live, trustingKeyUse(live, action));
      },
      caughtBy: 'direct-key-use',
      answer: 'DryRunOperationException',
    }),
  ),
  granted('kms:CreateGrant', {
    on: key,
    method: 'AWS-KMS',
    make: async (live) => {
      await editRolePolicy(live, 'kms', allowing('kms:CreateGrant', key(live)));
      await editKeyPolicy(live, trustingKeyUse(live, 'kms:CreateGrant'));
    },
    caughtBy: 'create-grant',
    answer: 'DryRunOperationException',
  }),
  {
    name: 'role and key policy no longer ask for S3, only for its encryption context',
    says: 'The use of the key without S3 (kms:ViaService) is allowed',
    method: 'AWS-KMS',
    make: async (live) => {
      const StringEquals = { 'kms:EncryptionContext:aws:s3:arn': bucketArn(live.target) };
      const ArnEquals = { 'aws:PrincipalArn': roleArn(live.target) };
      await editRolePolicy(live, 'kms', condition(StringEquals));
      await editKeyPolicy(live, changing('UseKeyThroughS3', { Condition: { StringEquals, ArnEquals } }));
    },
    caughtBy: 'direct-key-use',
    answer: 'DryRunOperationException',
  },
  {
    name: 'role and key policy lost their conditions',
    says: 'The use of the key without S3 (kms:ViaService) is allowed',
    method: 'AWS-KMS',
    make: async (live) => {
      await editRolePolicy(live, 'kms', unconditionally);
      await editKeyPolicy(live, unconditionally);
    },
    caughtBy: 'direct-key-use',
    answer: 'DryRunOperationException',
  },
  {
    name: 'the role may do everything',
    says: 'iam:GetRole, or an action that changes the role, is allowed',
    method: 'AWS-KMS',
    make: (live) => editRolePolicy(live, 's3', allowing('*', '*')),
    caughtBy: 'administer-iam',
    answer: OK,
    alsoFails: [
      'administer-kms',
      'change-bucket-policy',
      'change-encryption',
      'change-lifecycle',
      'change-object-lock',
      'change-public-access-block',
      'change-replication',
      'change-versioning',
      'cross-bucket-copy',
      'object-acl',
      'other-bucket',
      'other-region',
      'read-bucket-policy',
      'read-version',
      'tagging',
      'version-delete',
    ],
  },
];

function allowRole(live: DeployedEnvironment, Action: string): Edit {
  const statement = { Sid: 'Defect', Effect: 'Allow', Principal: { AWS: role(live) }, Action } as const;
  return (statements) => [...statements, { ...statement, Resource: bucket(live) }];
}

function trusting(Principal: PolicyStatement['Principal'] & object): Edit {
  const statement = { Sid: 'Defect', Effect: 'Allow', Principal, Action: 'sts:AssumeRole' } as const;
  return (statements) => [...statements, statement];
}

function trustingKeyUse(live: DeployedEnvironment, Action: string): Edit {
  const Principal = { AWS: accountRootArn(live.target) };
  return (statements) => [...statements, { Sid: 'Defect', Effect: 'Allow', Principal, Action, Resource: '*' }];
}

const BACKUPS: readonly LiveDefect[] = [
  {
    name: 'a backup is under a key that the config does not name, and that the role may use',
    says: 'which is no key of the environment',
    method: 'AWS-KMS',
    make: async (live) => {
      const other = await createOpenKey(live.administrator);
      await putBackupUnder(live, other);
      await editRolePolicy(live, 'kms', allowing('kms:Decrypt', other));
    },
    caughtBy: 'backup-encryption',
    answer: 'arn:aws:kms:',
  },
  {
    name: 'a backup is under a key that the role may not use',
    says: 'which is no key of the environment',
    method: 'AES-256',
    make: async (live) => putBackupUnder(live, await createOpenKey(live.administrator)),
    caughtBy: 'backup-encryption',
    answer: 'arn:aws:kms:',
  },
  {
    name: 'a former key was disabled',
    says: 'is disabled, and with it the reading of each earlier backup under it.',
    method: 'AES-256',
    hasFormerKey: true,
    make: ({ administrator, formerKeyArn }) => administrator.kms.send(new DisableKeyCommand({ KeyId: formerKeyArn })),
    caughtBy: 'backup-encryption',
    answer: 'KMS.DisabledException',
  },
  {
    name: 'the deletion of a former key was scheduled',
    says: 'its deletion is scheduled, and with it that of each earlier backup under it',
    method: 'AWS-KMS',
    hasFormerKey: true,
    make: ({ administrator, formerKeyArn }) =>
      administrator.kms.send(new ScheduleKeyDeletionCommand({ KeyId: formerKeyArn, PendingWindowInDays: 7 })),
    caughtBy: 'backup-encryption',
    answer: 'KMS.',
  },
  {
    name: 'the role may no longer decrypt with a former key',
    says: 'Nothing allows kms:Decrypt in the policies of the role',
    method: 'AES-256',
    hasFormerKey: true,
    make: (live) => detachRolePolicy(live, 'kms'),
    caughtBy: 'backup-encryption',
    answer: DENIED,
  },
];

const LOCKED = { mode: 'GOVERNANCE', retentionDays: 1 } as const;

const RETENTION: readonly LiveDefect[] = [
  {
    name: 'the role may bypass governance retention',
    says: 's3:BypassGovernanceRetention is allowed',
    method: 'AES-256',
    objectLock: LOCKED,
    make: (live) => editRolePolicy(live, 's3', allowing('s3:BypassGovernanceRetention', objectsArn(live.target))),
    caughtBy: 'bypass-retention',
    answer: OK,
  },
  {
    name: 'the role may set the retention of objects',
    says: 's3:PutObjectRetention is allowed',
    method: 'AES-256',
    objectLock: { ...LOCKED, mode: 'COMPLIANCE' },
    make: (live) => editRolePolicy(live, 's3', allowing('s3:PutObjectRetention', objectsArn(live.target))),
    caughtBy: 'change-retention',
    answer: XML,
  },
  {
    name: 'the default retention was removed from the bucket',
    says: 'has no default retention any more',
    method: 'AES-256',
    objectLock: LOCKED,
    make: ({ administrator, target }) => lockObjects(administrator.s3, target),
    caughtBy: 'version-kept',
    answer: OK,
    alsoFails: ['bypass-retention'],
  },
];

/** Defects that the host has to see, with the credentials of the role; the operator's half has a table of its own. */
export const LIVE_DEFECTS: readonly LiveDefect[] = [
  ...REVOKED,
  ...KEY,
  ...BUCKET,
  ...GRANTED,
  ...RETENTION,
  ...BACKUPS,
];
