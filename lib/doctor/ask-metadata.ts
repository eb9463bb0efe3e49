import http from 'node:http';

/** What the instance metadata service answered. */
export interface MetadataAnswer {
  /** Status of asking for a token, as IMDSv2 does; missing when no answer came. */
  readonly tokenStatus?: number;
  /** Status of asking without a token, as IMDSv1 does. */
  readonly plainStatus?: number;
  /** Role of the instance profile; missing when there is none. */
  readonly roleName?: string;
}

const TIMEOUT_MS = 1_000;
const TOKEN_SECONDS = '60';
const ROLE_PATH = '/latest/meta-data/iam/security-credentials/';

/**
 * Asks the metadata service in both versions, never through a proxy.
 *
 * @param endpoint - as in `http://169.254.169.254`
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export async function askMetadata(endpoint: string): Promise<MetadataAnswer> {
  const [token, plain] = await Promise.all([
    ask(endpoint, '/latest/api/token', {
      method: 'PUT',
      headers: { 'x-aws-ec2-metadata-token-ttl-seconds': TOKEN_SECONDS },
    }),
    ask(endpoint, '/latest/meta-data/', { method: 'GET' }),
  ]);
  const role =
    token?.status === 200
      ? await ask(endpoint, ROLE_PATH, { method: 'GET', headers: { 'x-aws-ec2-metadata-token': token.body } })
      : undefined;
  return {
    ...(token !== undefined && { tokenStatus: token.status }),
    ...(plain !== undefined && { plainStatus: plain.status }),
    ...(role?.status === 200 && { roleName: role.body.trim() }),
  };
}

interface Response {
  readonly status: number;
  readonly body: string;
}

function ask(endpoint: string, path: string, options: http.RequestOptions): Promise<Response | undefined> {
  return new Promise((resolve) => {
    const url = new URL(path, endpoint);
    // An agent of its own: whatever proxy Node's default agent may know stays out of it.
    const request = http.request(url, { ...options, agent: new http.Agent(), timeout: TIMEOUT_MS }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    const giveUp = setTimeout(() => request.destroy(), TIMEOUT_MS);
    request.on('close', () => {
      clearTimeout(giveUp);
      resolve(undefined);
    });
    request.on('error', () => resolve(undefined));
    request.end();
  });
}
