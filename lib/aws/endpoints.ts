import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { HeadBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { ToolkitError } from '../errors';
import { type ClientOptions, clientConfig } from './client-config';

/** Where requests to one service go. */
export interface Endpoint {
  readonly service: 'S3' | 'KMS' | 'STS';
  readonly url: URL;
}

interface Request {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
}

/** The part of an SDK client that a request is caught with. */
interface Client {
  readonly middlewareStack: {
    add(catchRequest: () => (args: { readonly request: unknown }) => Promise<never>, options: object): void;
  };
  readonly send: (command: never) => Promise<unknown>;
  readonly destroy: () => void;
}

/** Endpoint rules do not depend on who asks, and nothing is sent. */
const NOBODY = { accessKeyId: 'nobody', secretAccessKey: 'nobody' };

/**
 * The endpoints that the SDK's own clients go to: those of the region, FIPS, dual-stack, or those that variables,
 * `endpoint_url` and `services` of the shared config name.
 *
 * @param bucket - name of the bucket that S3 is asked for; left out, S3's endpoint of the region is told
 * @throws {ToolkitError} `BadEndpoint`
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html
 */
export async function resolveEndpoints(options: ClientOptions, bucket?: string): Promise<readonly Endpoint[]> {
  const config = { ...clientConfig(options), credentials: NOBODY };
  const askS3 = bucket === undefined ? new ListBucketsCommand({}) : new HeadBucketCommand({ Bucket: bucket });
  return Promise.all([
    endpointOf('S3', new S3Client(config) as unknown as Client, askS3),
    endpointOf('KMS', new KMSClient(config) as unknown as Client, new ListKeysCommand({})),
    endpointOf('STS', new STSClient(config) as unknown as Client, new GetCallerIdentityCommand({})),
  ]);
}

async function endpointOf(service: Endpoint['service'], client: Client, command: object): Promise<Endpoint> {
  let caught: Request | undefined;
  client.middlewareStack.add(
    () =>
      async ({ request }) => {
        caught = request as Request;
        throw new Error('It is caught before it is signed');
      },
    { name: 'catchRequestMiddleware', step: 'build', priority: 'low' },
  );
  const error = await client.send(command as never).catch((reason: unknown) => reason);
  client.destroy();
  if (caught === undefined) throw badEndpoint(service, error);
  const { protocol, hostname, port } = caught;
  return { service, url: new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}/`) };
}

function badEndpoint(service: Endpoint['service'], cause: unknown): ToolkitError {
  const got = cause instanceof Error ? cause.message : String(cause);
  return new ToolkitError(
    'BadEndpoint',
    `the endpoint of ${service} must be a URL, got: ${got}\n` +
      `Correct 'AWS_ENDPOINT_URL_${service}', 'AWS_ENDPOINT_URL', or endpoint_url of the profile in ~/.aws/config`,
    { cause },
  );
}
