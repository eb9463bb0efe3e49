import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { type CallsOf, callsOf, type Send } from './calls';
import { type ClientOptions, clientConfig } from './client-config';
import { IAM_READS, KMS_READS, S3_READS, STS_READS } from './control-plane-operations';
import { createCredentialChain } from './credentials/credential-chain';
import type { CredentialFacts } from './credentials/resolve-credentials';
import { type AnsweringEndpoint, createEndpointLog } from './endpoint-log';
import { iamRegion } from './iam-region';
import { makeLean } from './lean-client';
import { connectRolesAnywhere, type RolesAnywhereReads } from './roles-anywhere';
import { connectS3Control, type S3ControlReads } from './s3-control';

/** The configuration of an account as a reader sees it: no call of it can change anything. */
export interface ControlPlane {
  readonly iam: CallsOf<typeof IAM_READS>;
  readonly s3: CallsOf<typeof S3_READS>;
  readonly kms: CallsOf<typeof KMS_READS>;
  readonly sts: CallsOf<typeof STS_READS>;
  readonly rolesAnywhere: RolesAnywhereReads;
  readonly s3Control: S3ControlReads;
  /** @throws {ToolkitError} `NoCredentials`, `ExpiredCredentials`; the reason of the signal */
  readonly resolveCredentials: () => Promise<CredentialFacts>;
  /** Values of the `Server` header in the responses so far. */
  readonly serverNames: () => ReadonlySet<string>;
  /** Who answered so far. */
  readonly endpoints: () => readonly AnsweringEndpoint[];
  /** Closes idle connections. */
  readonly close: () => void;
}

interface ControlPlaneOptions extends ClientOptions {
  /** Stops every call, and the wait for credentials. */
  readonly signal?: AbortSignal;
}

/** Connects a reader to the account that the profile, or else the default credential provider chain, leads to. */
export function connectControlPlane(options: ControlPlaneOptions): ControlPlane {
  const { signal } = options;
  const chain = createCredentialChain(options);
  const log = createEndpointLog();
  const watched = { ...options, onConnection: log.noteConnection };
  const config = {
    ...clientConfig(watched),
    credentials: chain.provide,
  };
  const sts = new STSClient(config);
  const iam = new IAMClient({ ...config, region: iamRegion(options.region) });
  const s3 = new S3Client(config);
  const kms = new KMSClient(config);
  const connection = { credentials: chain.provide, log, signal };
  const rolesAnywhere = connectRolesAnywhere(watched, connection);
  const s3Control = connectS3Control(watched, connection);
  const clients = [sts, iam, s3, kms];
  for (const client of clients) {
    makeLean(client);
    log.watch(client.middlewareStack, client.config.serviceId);
  }
  return {
    sts: callsOf(STS_READS, sts.send.bind(sts) as Send, signal),
    iam: callsOf(IAM_READS, iam.send.bind(iam) as Send, signal),
    s3: callsOf(S3_READS, s3.send.bind(s3) as Send, signal),
    kms: callsOf(KMS_READS, kms.send.bind(kms) as Send, signal),
    rolesAnywhere,
    s3Control,
    resolveCredentials: () => chain.resolve(signal),
    serverNames: log.serverNames,
    endpoints: log.endpoints,
    close: () => {
      chain.close();
      rolesAnywhere.close();
      s3Control.close();
      for (const client of clients) client.destroy();
    },
  };
}
