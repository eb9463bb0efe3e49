import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { STSClient } from '@aws-sdk/client-sts';
import { type CallsOf, callsOf, type Send } from './calls';
import { type ClientOptions, clientConfig } from './client-config';
import { type CredentialChain, createCredentialChain } from './credentials/credential-chain';
import type { ChainFacts, CredentialFacts } from './credentials/resolve-credentials';
import { type AnsweringEndpoint, createEndpointLog } from './endpoint-log';
import { iamRegion } from './iam-region';
import { makeLean } from './lean-client';
import { IAM_OPERATIONS, KMS_OPERATIONS, S3_CONFIGURATION_WRITES, STS_OPERATIONS } from './operations';
import { otherRegion } from './other-region';
import { type S3Calls, s3CallsOf } from './s3-calls';
import { createS3Clients } from './s3-clients';
import { signWrongly, type WronglySigned } from './wrong-signature';

export type AwsOptions = ClientOptions & Pick<ChainFacts, 'hostWords'>;

/** The calls that this project makes to AWS; each answers with a value and never rejects. */
export interface Aws {
  readonly s3: S3Calls;
  /** The same bucket endpoint over HTTP without TLS; credentials and signature are the same. */
  readonly s3OverPlainHttp: S3Calls;
  /** With a presigned URL: the signature is in the query. */
  readonly s3Presigned: S3Calls;
  /** As `s3Presigned`, over HTTP without TLS. */
  readonly s3OverPresignedHttp: S3Calls;
  readonly wronglySigned: WronglySigned;
  /** Configuration writes whose body is never a document, so that none can take effect. */
  readonly s3WithMalformedBody: CallsOf<typeof S3_CONFIGURATION_WRITES>;
  readonly sts: CallsOf<typeof STS_OPERATIONS>;
  readonly kms: CallsOf<typeof KMS_OPERATIONS>;
  readonly iam: CallsOf<typeof IAM_OPERATIONS>;
  /** The endpoints of another region of the partition. */
  readonly elsewhere: { readonly region: string } & Pick<Aws, 's3' | 'kms'>;
  /** @throws {ToolkitError} `NoCredentials`, `ExpiredCredentials`; the reason of the signal */
  readonly resolveCredentials: (signal?: AbortSignal) => Promise<CredentialFacts>;
  /** Values of the `Server` header in the responses so far. */
  readonly serverNames: () => ReadonlySet<string>;
  /** Who answered so far. */
  readonly endpoints: () => readonly AnsweringEndpoint[];
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
  const chain = createCredentialChain(options);
  const log = createEndpointLog();
  const clients = buildClients({ ...options, onConnection: log.noteConnection }, chain.provide);
  for (const client of Object.values(clients)) {
    makeLean(client);
    log.watch(client.middlewareStack, client.config.serviceId);
  }
  const { s3, plainS3, presignedS3, presignedPlainS3, malformedS3, sts, kms, iam, s3Elsewhere, kmsElsewhere } = clients;
  return {
    s3: s3CallsOf(s3),
    s3OverPlainHttp: s3CallsOf(plainS3),
    s3Presigned: s3CallsOf(presignedS3),
    s3OverPresignedHttp: s3CallsOf(presignedPlainS3),
    wronglySigned: signWrongly(clients),
    s3WithMalformedBody: callsOf(S3_CONFIGURATION_WRITES, senderOf(malformedS3)),
    sts: callsOf(STS_OPERATIONS, senderOf(sts)),
    kms: callsOf(KMS_OPERATIONS, senderOf(kms)),
    iam: callsOf(IAM_OPERATIONS, senderOf(iam)),
    elsewhere: {
      region: otherRegion(options.region),
      s3: s3CallsOf(s3Elsewhere),
      kms: callsOf(KMS_OPERATIONS, senderOf(kmsElsewhere)),
    },
    resolveCredentials: chain.resolve,
    serverNames: log.serverNames,
    endpoints: log.endpoints,
    close: () => {
      chain.close();
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

function senderOf(client: { send: (command: never, options: never) => unknown }): Send {
  return client.send.bind(client) as Send;
}

function buildClients(options: AwsOptions, credentials: CredentialChain['provide']) {
  const shared = { ...clientConfig(options), credentials };
  const region = otherRegion(options.region);
  const iam = new IAMClient({ ...shared, region: iamRegion(options.region) });
  const kmsElsewhere = new KMSClient({ ...shared, region });
  const sts = new STSClient(shared);
  return { sts, ...createS3Clients(options.region, shared), kms: new KMSClient(shared), kmsElsewhere, iam };
}
