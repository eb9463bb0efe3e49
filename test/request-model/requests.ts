import type { ContextValue } from '../../lib/iam';
import type {
  AccessQuestionFacts,
  BucketFacts,
  ObjectFacts,
  S3RequestFacts,
  Step,
  StoredEncryption,
} from '../../lib/request-model';

export const OWN = '111122223333';
export const FOREIGN = '444455556666';

export const USER_GUIDE = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/';
export const API = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_';
export const ACTIONS = `${USER_GUIDE}using-with-s3-policy-actions.html`;

export const BUCKET = 'arn:aws:s3:::acme-vault';
export const OBJECT = `${BUCKET}/org/file.csv`;
export const KEY = `arn:aws:kms:us-east-2:${OWN}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const OTHER_KEY = `arn:aws:kms:us-east-2:${OWN}:key/99999999-12ab-34cd-56ef-1234567890ab`;
export const FOREIGN_KEY = `arn:aws:kms:us-east-2:${FOREIGN}:key/aaaaaaaa-12ab-34cd-56ef-1234567890ab`;

export const sseS3: StoredEncryption = { kind: 'AES256' };
export const underKey = { kind: 'aws:kms', keyArn: KEY, isBucketKeyEnabled: true } satisfies StoredEncryption;
export const plainObject: ObjectFacts = { encryption: sseS3 };

/** A bucket of the own account that encrypts with SSE-S3 by default, unless told otherwise. */
export function bucket(changes: Partial<BucketFacts> = {}): BucketFacts {
  return {
    name: 'acme-vault',
    account: OWN,
    region: 'us-east-2',
    defaultEncryption: { algorithm: 'AES256', isBucketKeyEnabled: false },
    ...changes,
  };
}

/** The same bucket under SSE-KMS by default. */
export function kmsBucket(isBucketKeyEnabled = true, kmsKey = KEY): BucketFacts {
  return bucket({ defaultEncryption: { algorithm: 'aws:kms', kmsKey, isBucketKeyEnabled } });
}

/** A signed request over TLS 1.3 to the bucket, with what is known of it. */
export function onBucket(operation: string, changes: Partial<S3RequestFacts> = {}): S3RequestFacts {
  return {
    operation,
    partition: 'aws',
    callerAccount: OWN,
    bucket: bucket(),
    query: {},
    headers: {},
    transport: { isSecure: true, tlsVersion: '1.3', authType: 'REST-HEADER' },
    ...changes,
  };
}

/** The same for an object that lies under SSE-S3. */
export function onObject(operation: string, changes: Partial<S3RequestFacts> = {}): S3RequestFacts {
  return onBucket(operation, { key: 'org/file.csv', object: plainObject, ...changes });
}

type Context = Readonly<Record<string, ContextValue>>;

const signedOverTls: Context = {
  'aws:SecureTransport': 'true',
  'aws:ViaAWSService': 'false',
  's3:TlsVersion': '1.3',
  's3:authType': 'REST-HEADER',
  's3:signatureversion': 'AWS4-HMAC-SHA256',
};

/** A question of S3 about a resource of the own account, with the keys that every action of these requests has. */
export function s3Question(
  action: string,
  resource: string,
  { context = {}, step = 'request' }: { readonly context?: Context; readonly step?: Step } = {},
): AccessQuestionFacts {
  const [bucketName = ''] = resource.replace(/^arn:[^:]+:s3:::/, '').split('/');
  return {
    askedOf: 's3',
    step,
    action,
    resource,
    resourceAccount: OWN,
    ...(bucketName === '*' ? {} : { bucketName }),
    context: { 'aws:ResourceAccount': OWN, 's3:ResourceAccount': OWN, ...signedOverTls, ...context },
  };
}

/** A question of KMS that S3 asks in us-east-2 for the own account. */
export function kmsQuestion(
  action: string,
  step: Step,
  about: { readonly arn: string; readonly key?: string; readonly context?: Context },
): AccessQuestionFacts {
  const { arn, key = KEY, context = {} } = about;
  const resourceAccount = key.split(':')[4] ?? '';
  return {
    askedOf: 'kms',
    step,
    action,
    resource: key,
    resourceAccount,
    context: {
      'aws:ResourceAccount': resourceAccount,
      'aws:SecureTransport': 'true',
      'aws:CalledVia': ['s3.amazonaws.com'],
      'aws:CalledViaFirst': 's3.amazonaws.com',
      'aws:CalledViaLast': 's3.amazonaws.com',
      'aws:ViaAWSService': 'true',
      'kms:CallerAccount': OWN,
      'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
      'kms:EncryptionContext:aws:s3:arn': arn,
      'kms:EncryptionContextKeys': ['aws:s3:arn'],
      'kms:ViaService': 's3.us-east-2.amazonaws.com',
      ...context,
    },
  };
}
