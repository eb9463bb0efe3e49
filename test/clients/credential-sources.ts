import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a machine's credentials come from. */
export interface CredentialSource {
  readonly metadataEndpoint: string;
  readonly role: string;
  readonly region: string;
  readonly folder: string;
}

export type Variables = Readonly<Record<string, string>>;

/** Ways in which the chain of a client finds credentials; none of them is a key in its environment. */
const CHAINS = ['metadata', 'profile', 'credential-process'] as const;
export type Chain = (typeof CHAINS)[number];

interface Credentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly Token: string;
  readonly Expiration: string;
}

/** How a request names its bucket; programs on botocore read it in the config file. */
const STYLES = ['path', 'virtual'] as const;
export type Style = (typeof STYLES)[number];

/** The variables with which a client finds the role's credentials in one way and in no other. */
export async function variablesOf(source: CredentialSource, chain: Chain, style: Style): Promise<Variables> {
  const folder = join(source.folder, `${chain}-${style}`);
  mkdirSync(folder, { recursive: true });
  const [config, credentials] = [join(folder, 'config'), join(folder, 'credentials')];
  const lines = { metadata: () => [], profile: keyLines, 'credential-process': processLines }[chain];
  const found = lines(await readCredentials(source), folder);
  writeFileSync(config, ['[profile vault]', 's3 =', `  addressing_style = ${style}`, ''].join('\n'));
  writeFileSync(credentials, ['[vault]', ...found, ''].join('\n'));
  return {
    AWS_REGION: source.region,
    AWS_DEFAULT_REGION: source.region,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    // Its name in the SDK for Java 1.
    AWS_CREDENTIAL_PROFILES_FILE: credentials,
    AWS_PROFILE: 'vault',
    ...(chain === 'metadata'
      ? {
          AWS_EC2_METADATA_SERVICE_ENDPOINT: source.metadataEndpoint,
          // Programs on botocore wait a second for it, and a busy machine is no failure.
          AWS_METADATA_SERVICE_TIMEOUT: '60',
        }
      : { AWS_EC2_METADATA_DISABLED: 'true' }),
  };
}

/** The credentials themselves, for programs that have no chain of AWS's. */
export async function keyVariables(source: CredentialSource): Promise<Variables> {
  const { AccessKeyId, SecretAccessKey, Token } = await readCredentials(source);
  return {
    AWS_ACCESS_KEY_ID: AccessKeyId,
    AWS_SECRET_ACCESS_KEY: SecretAccessKey,
    AWS_SESSION_TOKEN: Token,
    AWS_REGION: source.region,
    AWS_DEFAULT_REGION: source.region,
  };
}

function keyLines({ AccessKeyId, SecretAccessKey, Token }: Credentials): readonly string[] {
  return [
    `aws_access_key_id = ${AccessKeyId}`,
    `aws_secret_access_key = ${SecretAccessKey}`,
    `aws_session_token = ${Token}`,
  ];
}

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html */
function processLines(credentials: Credentials, folder: string): readonly string[] {
  const { AccessKeyId, SecretAccessKey, Token: SessionToken, Expiration } = credentials;
  const file = join(folder, 'credentials.json');
  writeFileSync(file, JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey, SessionToken, Expiration }));
  return [`credential_process = /bin/cat ${file}`];
}

/**
 * Asks the metadata service as a host does: a token first, then the role's credentials.
 * Each request has a connection of its own: one that is kept may be closed just when it is used again.
 */
async function readCredentials({ metadataEndpoint, role }: CredentialSource): Promise<Credentials> {
  const connection = 'close';
  const lifetime = { connection, 'x-aws-ec2-metadata-token-ttl-seconds': '60' };
  const token = await (
    await fetch(`${metadataEndpoint}/latest/api/token`, { method: 'PUT', headers: lifetime })
  ).text();
  const path = `/latest/meta-data/iam/security-credentials/${role}`;
  const headers = { connection, 'x-aws-ec2-metadata-token': token };
  const answer = await fetch(metadataEndpoint + path, { headers });
  return (await answer.json()) as Credentials;
}
