import type { ClientVariables } from './simulation';

/** Where clients find the simulated accounts. */
export interface ClientEndpoint {
  /** HTTPS. */
  readonly endpoint: string;
  readonly caFile: string;
  readonly region: string;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Variables that SDKs, the AWS CLI and Terraform read; what could lead them elsewhere is not to be set.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html
 */
function endpointVariables({ endpoint, caFile, region }: ClientEndpoint): ClientVariables {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3_CONTROL: controlEndpoint(endpoint),
    AWS_CA_BUNDLE: caFile,
    NODE_EXTRA_CA_CERTS: caFile,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_PROFILE: undefined,
  };
}

/**
 * Clients of S3 Control put the account's id before the endpoint's host, where no address can have it. botocore, and so
 * boto3 and the AWS CLI, put it before the user's name where the endpoint has one.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html
 */
function controlEndpoint(endpoint: string): string {
  return endpoint.replace('//', '//s3-control@');
}

/** A client that has these credentials. */
export function clientWithCredentials(endpoint: ClientEndpoint, credentials: Credentials): ClientVariables {
  return {
    ...endpointVariables(endpoint),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** A client on a host, which has no key. @param credentials what leads to those of the role */
export function clientOnHost(endpoint: ClientEndpoint, credentials: ClientVariables): ClientVariables {
  return {
    ...endpointVariables(endpoint),
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_SESSION_TOKEN: undefined,
    ...credentials,
  };
}
