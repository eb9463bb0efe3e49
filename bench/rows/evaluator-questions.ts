import { type AccessPolicies, type AccessRequest, type Principal, parsePolicy } from '../../lib/iam';
import { bucketPolicy } from '../../lib/policy/bucket-policy';
import type { PolicyDocument } from '../../lib/policy/document';
import { kmsIdentityPolicy, s3IdentityPolicy } from '../../lib/policy/identity-policies';
import { keyPolicy } from '../../lib/policy/key-policy';
import { roleArn } from '../../lib/policy/resource-names';
import type { PolicyTarget } from '../../lib/policy/target';

const TARGET: PolicyTarget = {
  name: 'acme',
  partition: 'aws',
  account: '111122223333',
  region: 'us-east-2',
  bucket: 'acme-vault',
  rolePath: '/',
};
const KEY = `arn:aws:kms:${TARGET.region}:${TARGET.account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const ROLE: Principal = {
  kind: 'role-session',
  account: TARGET.account,
  arn: `arn:aws:sts::${TARGET.account}:assumed-role/vault-backup-acme/i-0abc`,
  roleArn: roleArn(TARGET),
  userId: 'AROAEXAMPLE:i-0abc',
};

/** The documents that decide over a question, as they stand in the plan. */
export interface Documents {
  readonly identity: readonly PolicyDocument[];
  /** Bucket policy or key policy; what belongs to others has none that is known. */
  readonly resource?: PolicyDocument;
}

/** One request, and the policies in both forms: as documents, and parsed once. */
export interface Question {
  readonly request: AccessRequest;
  readonly documents: Documents;
  readonly policies: AccessPolicies;
}

const IDENTITY = [s3IdentityPolicy(TARGET, ['backup', 'versioning']), kmsIdentityPolicy(TARGET, { current: KEY })];
const FOREIGN_ACCOUNT = '444455556666';

interface Subject {
  readonly actions: readonly string[];
  readonly resource: string;
  readonly resourceAccount: string;
  readonly documents: Documents;
}

const BUCKET_ACTIONS = ['s3:ListBucket', 's3:GetBucketLocation', 's3:ListBucketMultipartUploads', 's3:PutBucketPolicy'];
const OBJECT_ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObjectAcl'];
const KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:Encrypt', 'kms:DescribeKey', 'kms:ScheduleKeyDeletion'];

const OWN_BUCKET = {
  resourceAccount: TARGET.account,
  documents: { identity: IDENTITY, resource: bucketPolicy(TARGET, { method: 'AWS-KMS' }) },
};
const FOREIGN_BUCKET = { resourceAccount: FOREIGN_ACCOUNT, documents: { identity: IDENTITY } };
const OWN_KEY = { resourceAccount: TARGET.account, documents: { identity: IDENTITY, resource: keyPolicy(TARGET) } };

const SUBJECTS: readonly Subject[] = [
  { ...OWN_BUCKET, actions: BUCKET_ACTIONS, resource: 'arn:aws:s3:::acme-vault' },
  { ...OWN_BUCKET, actions: OBJECT_ACTIONS, resource: 'arn:aws:s3:::acme-vault/backup/1.gz' },
  { ...FOREIGN_BUCKET, actions: BUCKET_ACTIONS, resource: 'arn:aws:s3:::other-vault' },
  { ...FOREIGN_BUCKET, actions: OBJECT_ACTIONS, resource: 'arn:aws:s3:::other-vault/backup/1.gz' },
  { ...OWN_KEY, actions: KEY_ACTIONS, resource: KEY },
];

/** Every action on its subject, over TLS and without: what the permission proof of one environment asks again and again. */
export const QUESTIONS: readonly Question[] = SUBJECTS.flatMap((subject) =>
  subject.actions.flatMap((action) => ['true', 'false'].map((isSecure) => toQuestion(subject, action, isSecure))),
);

function toQuestion({ resource, resourceAccount, documents }: Subject, action: string, isSecure: string): Question {
  const service = { 'kms:ViaService': 's3.us-east-2.amazonaws.com' };
  const context = {
    'aws:SecureTransport': isSecure,
    'aws:PrincipalArn': roleArn(TARGET),
    'aws:PrincipalAccount': TARGET.account,
    'aws:ResourceAccount': resourceAccount,
    ...(action.startsWith('kms:') ? service : { 's3:TlsVersion': '1.3' }),
  };
  const request = { principal: ROLE, action, resource, resourceAccount, context };
  return { request, documents, policies: parseDocuments(request.action, documents) };
}

/** The policies that the evaluator takes. */
export function parseDocuments(action: string, { identity, resource }: Documents): AccessPolicies {
  const layer = action.startsWith('kms:') ? 'key' : 'resource';
  return {
    identity: identity.map((document, index) => parsePolicy(document, `identity ${index}`, { kind: 'identity' })),
    ...(resource && { [layer]: parsePolicy(resource, layer, { kind: 'resource' }) }),
  };
}
