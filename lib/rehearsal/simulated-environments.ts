import type { ProcessEnvironment } from '../process-environment';

/** How a client outside this process reaches the simulated account. */
export interface SimulatedEndpoint {
  /** `https://127.0.0.1:<port>`. */
  readonly endpoint: string;
  /** PEM file with the certificate of the account's own authority. */
  readonly certificateFile: string;
  readonly region: string;
  /** An empty file, in place of the user's AWS configuration. */
  readonly emptyFile: string;
}

interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Everything of the user's that could lead the AWS provider to a real account. */
const AWS_VARIABLE = /^AWS_/;

/**
 * The environment in which Terraform deploys to the simulated account, as its administrator.
 *
 * Nothing of it reaches the stack: what is rehearsed is byte for byte what would be deployed.
 */
export function administratorEnvironment(
  env: ProcessEnvironment,
  account: SimulatedEndpoint,
  key: AccessKey,
): ProcessEnvironment {
  return {
    ...withoutAws(env),
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_CA_BUNDLE: account.certificateFile,
    AWS_REGION: account.region,
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: account.emptyFile,
    AWS_SHARED_CREDENTIALS_FILE: account.emptyFile,
  };
}

/** How the simulated Vault host reaches its surroundings. */
export interface SimulatedHostSettings extends Pick<SimulatedEndpoint, 'endpoint' | 'certificateFile'> {
  /** The variables that lead to its credentials. */
  readonly credentials: ProcessEnvironment;
  readonly home: string;
}

/** The environment of the simulated Vault host: no key, and only what a host of its kind has. */
export function hostEnvironment(env: ProcessEnvironment, host: SimulatedHostSettings): ProcessEnvironment {
  return {
    PATH: env.PATH,
    SystemRoot: env.SystemRoot,
    HOME: host.home,
    AWS_ENDPOINT_URL: host.endpoint,
    NODE_EXTRA_CA_CERTS: host.certificateFile,
    ...host.credentials,
  };
}

function withoutAws(env: ProcessEnvironment): ProcessEnvironment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !AWS_VARIABLE.test(name)));
}
