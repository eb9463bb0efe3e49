import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { type CallsOf, callsOf, type Send } from './calls';
import { type ClientOptions, clientConfig } from './client-config';
import { type CredentialFacts, resolveCredentials } from './credentials';
import { iamRegion } from './iam-region';
import { IAM_OPERATIONS, KMS_OPERATIONS, STS_OPERATIONS } from './operations';
import { sendOverPlainHttp } from './plain-http';
import { createProviderLog, type ProviderLog } from './provider-log';
import { type S3Calls, s3CallsOf } from './s3-calls';
import { noteServerNames } from './server-names';

export interface AwsOptions extends ClientOptions {
  /** The instance metadata endpoint in use, only to be named in an error. @default 'http://169.254.169.254' */
  readonly imdsEndpoint?: string;
}

/** What this project asks of AWS; each call answers with a value and never rejects. */
export interface Aws {
  readonly s3: S3Calls;
  /** The same bucket endpoint over HTTP without TLS; credentials and signature are the same. */
  readonly s3OverPlainHttp: S3Calls;
  readonly sts: CallsOf<typeof STS_OPERATIONS>;
  readonly kms: CallsOf<typeof KMS_OPERATIONS>;
  readonly iam: CallsOf<typeof IAM_OPERATIONS>;
  /** @throws {ToolkitError} `NoCredentials`, `ExpiredCredentials` */
  readonly resolveCredentials: () => Promise<CredentialFacts>;
  /** Values of the `Server` header in the responses so far. */
  readonly serverNames: () => ReadonlySet<string>;
  /** Closes idle connections. */
  readonly close: () => void;
}

/**
 * Connects to the account that the SDK's default credential provider chain leads to.
 *
 * Endpoints, profile and credentials come from the SDK's own configuration and from nowhere else.
 *
 * @see https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/setting-credentials-node.html
 */
export function connectAws(options: AwsOptions): Aws {
  const providerLog = createProviderLog();
  const clients = buildClients(options, providerLog);
  const serverNames = new Set<string>();
  for (const client of Object.values(clients)) noteServerNames(client.middlewareStack, serverNames);
  const { s3, plainS3, sts, kms, iam } = clients;
  return {
    s3: s3CallsOf(s3),
    s3OverPlainHttp: s3CallsOf(plainS3),
    sts: callsOf(STS_OPERATIONS, sts.send.bind(sts) as Send),
    kms: callsOf(KMS_OPERATIONS, kms.send.bind(kms) as Send),
    iam: callsOf(IAM_OPERATIONS, iam.send.bind(iam) as Send),
    resolveCredentials: () =>
      resolveCredentials(sts.config.credentials, { ...options, processFailures: providerLog.processFailures }),
    serverNames: () => serverNames,
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

function buildClients(options: AwsOptions, { logger }: ProviderLog) {
  const sts = new STSClient({ ...clientConfig(options), logger });
  // One provider for all clients: credentials are resolved once and refreshed together.
  const config = { ...clientConfig(options), credentials: sts.config.credentials };
  // For `Expect: 100-continue` the SDK opens connections of its own, which do not know the further authorities.
  const s3Config = { ...config, ...(options.caCertificatesPem && { expectContinueHeader: false }) };
  const plainS3 = new S3Client(s3Config);
  sendOverPlainHttp(plainS3.middlewareStack);
  const iam = new IAMClient({ ...config, region: iamRegion(options.region) });
  return { sts, s3: new S3Client(s3Config), plainS3, kms: new KMSClient(config), iam };
}
