import type { Answer } from '../../lib/aws/answer';
import type { Aws } from '../../lib/aws/connect';
import type { CredentialFacts } from '../../lib/aws/credentials';
import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import { SESSION_ARN } from './configs';
import { type FakeBucket, fakeBucket, granted, type Input, noAnswer, refusal } from './fake-bucket';

export interface SentCall {
  /** `s3.putObject`, `http.getObject`, `kms.decrypt`, … */
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Answers a call in place of the good environment; `undefined` leaves it to the environment. */
export type Script = (call: SentCall) => Answer<unknown> | undefined;

export interface FakeAws extends Aws {
  readonly bucket: FakeBucket;
  readonly calls: readonly SentCall[];
}

interface FakeAwsOptions {
  readonly config: BackupEnvironment;
  readonly script?: Script;
  readonly credentials?: Partial<CredentialFacts>;
  readonly isVersioned?: boolean;
  readonly server?: string;
}

const CREDENTIALS: CredentialFacts = {
  isTemporary: true,
  accessKeyIdHint: 'ASIA…WXYZ',
  expiration: undefined,
  source: 'the instance metadata service',
};

/** An environment in which everything is as it should be, unless the script says otherwise. */
export function fakeAws({ config, script, credentials, isVersioned = true, server }: FakeAwsOptions): FakeAws {
  const bucket = fakeBucket({ encryption: encryptionOf(config), isVersioned });
  const calls: SentCall[] = [];
  const service = (prefix: string, answer: (name: string, input: Input) => Answer<unknown>, names: readonly string[]) =>
    Object.fromEntries(
      names.map((name) => [
        name,
        async (input: Record<string, unknown>, signal?: AbortSignal) => {
          calls.push({ name: `${prefix}.${name}`, input });
          await Promise.resolve();
          if (signal?.aborted) return noAnswer('AbortError');
          return script?.({ name: `${prefix}.${name}`, input }) ?? answer(name, input);
        },
      ]),
    );
  return {
    s3: service('s3', (name, input) => goodS3(config, bucket, { name, input }), S3_NAMES),
    s3OverPlainHttp: service('http', () => refusal('AccessDenied'), S3_NAMES),
    sts: service('sts', () => granted({ Arn: SESSION_ARN }), ['getCallerIdentity']),
    kms: service('kms', () => refusal('AccessDeniedException', 400), KMS_NAMES),
    iam: service('iam', () => refusal('AccessDenied'), ['attachRolePolicy', 'getRole']),
    resolveCredentials: async () => ({ ...CREDENTIALS, ...credentials }),
    serverNames: () => new Set(server === undefined ? [] : [server]),
    close: () => undefined,
    bucket,
    calls,
  } as unknown as FakeAws;
}

const S3_NAMES = [
  ...Object.keys(fakeBucket({ encryption: {}, isVersioned: true }).operations),
  'getBucketLocation',
  'getBucketPolicy',
  'getBucketVersioning',
  'putBucketPolicy',
  'putObjectAcl',
];
const KMS_NAMES = ['decrypt', 'generateDataKey', 'getKeyPolicy', 'listKeys', 'putKeyPolicy'];

function goodS3(
  config: BackupEnvironment,
  bucket: FakeBucket,
  { name, input }: { readonly name: string; readonly input: Input },
): Answer<unknown> {
  if (name === 'getBucketLocation') return granted({ LocationConstraint: config.aws.region });
  if (name === 'getBucketVersioning') return granted({ Status: 'Enabled' });
  if (name === 'putObject' && ('ServerSideEncryption' in input || 'SSECustomerAlgorithm' in input))
    return refusal('AccessDenied');
  const isOwnBucket = (input as { Bucket?: string }).Bucket === config.form.bucketName;
  const operation = isOwnBucket ? bucket.operations[name] : undefined;
  return operation?.({ ...input, key: input.Key ?? '' }) ?? refusal('AccessDenied');
}

function encryptionOf({ form, aws }: BackupEnvironment): object {
  if (form.encryption === 'AES-256') return { ServerSideEncryption: 'AES256' };
  return { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: aws.keyArn, BucketKeyEnabled: aws.bucketKey };
}
