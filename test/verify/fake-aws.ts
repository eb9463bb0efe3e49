import type { Answer } from '../../lib/aws/answer';
import type { Aws } from '../../lib/aws/connect';
import type { CredentialFacts } from '../../lib/aws/credentials/resolve-credentials';
import type { AnsweringEndpoint } from '../../lib/aws/endpoint-log';
import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import { CONFIGURATION_RULES, IAM_RULES, KMS_RULES, S3_RULES, STS_RULES } from '../../lib/verify/guard/guard-rules';
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

export interface FakeAwsOptions {
  readonly config: BackupEnvironment;
  readonly script?: Script;
  /** Replaces the answer to a call that was carried out. */
  readonly afterwards?: Script;
  readonly credentials?: Partial<CredentialFacts>;
  readonly isVersioned?: boolean;
  readonly server?: string;
  readonly endpoints?: readonly AnsweringEndpoint[];
}

const CREDENTIALS: CredentialFacts = {
  isTemporary: true,
  accessKeyIdHint: 'ASIA…WXYZ',
  expiration: undefined,
  source: 'the instance metadata service',
  mark: 'IMDS',
};

const OF_AWS: AnsweringEndpoint = { service: 'S3', url: 'https://s3.us-east-2.amazonaws.com', isAws: true };

/** An environment in which everything is as it should be, unless the script says otherwise. */
export function fakeAws({
  config,
  script,
  afterwards,
  credentials,
  isVersioned = true,
  server,
  endpoints = [OF_AWS],
}: FakeAwsOptions): FakeAws {
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
          const call = { name: `${prefix}.${name}`, input };
          const answered = script?.(call) ?? answer(name, input);
          return afterwards?.(call) ?? answered;
        },
      ]),
    );
  return {
    s3: service('s3', (name, input) => goodS3(config, bucket, { name, input }), S3_NAMES),
    s3OverPlainHttp: service('http', () => refusal('AccessDenied'), S3_NAMES),
    s3Presigned: service('presigned-https', (name, input) => goodS3(config, bucket, { name, input }), S3_NAMES),
    s3OverPresignedHttp: service('presigned', () => refusal('AccessDenied'), S3_NAMES),
    wronglySigned: {
      s3: service('unsigned.s3', () => refusal('SignatureDoesNotMatch'), ['listObjectsV2']),
      kms: service('unsigned.kms', () => refusal('InvalidSignatureException', 400), ['listKeys']),
      sts: service('unsigned.sts', () => refusal('SignatureDoesNotMatch'), ['getCallerIdentity']),
      iam: service('unsigned.iam', () => refusal('SignatureDoesNotMatch'), ['getRole']),
      elsewhere: {
        s3: service('unsigned.elsewhere.s3', () => refusal('SignatureDoesNotMatch'), ['listBuckets']),
        kms: service('unsigned.elsewhere.kms', () => refusal('InvalidSignatureException', 400), ['listKeys']),
      },
    },
    s3WithMalformedBody: service('malformed', () => refusal('AccessDenied'), Object.keys(CONFIGURATION_RULES)),
    sts: service('sts', goodSts, Object.keys(STS_RULES)),
    kms: service('kms', () => refusal('AccessDeniedException', 400), Object.keys(KMS_RULES)),
    iam: service('iam', () => refusal('AccessDenied'), Object.keys(IAM_RULES)),
    elsewhere: {
      region: 'us-east-1',
      s3: service('elsewhere.s3', () => refusal('AccessDenied'), S3_NAMES),
      kms: service('elsewhere.kms', () => refusal('AccessDeniedException', 400), Object.keys(KMS_RULES)),
    },
    resolveCredentials: async () => ({ ...CREDENTIALS, ...credentials }),
    endpoints: () => endpoints,
    serverNames: () => new Set(server === undefined ? [] : [server]),
    close: () => undefined,
    bucket,
    calls,
  } as unknown as FakeAws;
}

const S3_NAMES = Object.keys(S3_RULES);

function goodSts(name: string): Answer<unknown> {
  return name === 'getCallerIdentity' ? granted({ Arn: SESSION_ARN }) : refusal('AccessDenied');
}

function goodS3(
  config: BackupEnvironment,
  bucket: FakeBucket,
  { name, input }: { readonly name: string; readonly input: Input },
): Answer<unknown> {
  const isOwnBucket = (input as { Bucket?: string }).Bucket === config.form.bucketName;
  if (name === 'getBucketLocation') return granted({ LocationConstraint: config.aws.region });
  if (name === 'getBucketVersioning') return granted({ Status: 'Enabled' });
  if ('ContentMD5' in input && !isBesideProbes(input) && isOwnBucket) return refusal('BadDigest', 400);
  if (REFUSED_OPTIONS.some((option) => option in input)) return refusal('AccessDenied');
  if (/^(get|delete)Object$/.test(name) && 'VersionId' in input && isBesideProbes(input))
    return refusal('AccessDenied');
  if (input.CopySource?.startsWith(config.form.bucketName) === false) return refusal('AccessDenied');
  const operation = isOwnBucket ? bucket.operations[name] : undefined;
  return operation?.({ ...input, key: input.Key ?? '' }) ?? refusal('AccessDenied');
}

/** Headers that a put must not send. */
const REFUSED_OPTIONS = ['ServerSideEncryption', 'SSECustomerAlgorithm', 'Tagging'];

function isBesideProbes({ Key = '' }: Input): boolean {
  return Key.includes('-outside/');
}

function encryptionOf({ form, aws }: BackupEnvironment): object {
  if (form.encryption === 'AES-256') return { ServerSideEncryption: 'AES256' };
  return { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: aws.keyArn, BucketKeyEnabled: aws.bucketKey };
}
