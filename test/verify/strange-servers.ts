import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** The server in the place of AWS. */
export interface StrangeServer {
  readonly name: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const SIGN_IN = '<!DOCTYPE html><html><title>Sign in to the network</title></html>';
const HTML = { 'content-type': 'text/html' };
const DENIED =
  '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>R</RequestId></Error>';

/** Those that give no request id: each answers every request in one way. */
export const MIDDLEBOXES: readonly (StrangeServer & { readonly cause: string })[] = [
  { name: 'a sign-in page that says 200', status: 200, headers: HTML, body: SIGN_IN, cause: 'middlebox' },
  { name: 'an empty 200', status: 200, cause: 'middlebox' },
  { name: 'a 204', status: 204, cause: 'middlebox' },
  {
    name: 'a redirect to a sign-in page',
    status: 302,
    headers: { location: 'https://portal.example/' },
    cause: 'middlebox',
  },
  { name: 'a firewall’s 403 page', status: 403, headers: HTML, body: SIGN_IN, cause: 'proxy-refuses' },
  {
    name: 'a firewall that speaks the XML of S3',
    status: 403,
    headers: { server: 'AmazonS3', 'content-type': 'application/xml' },
    body: DENIED,
    cause: 'proxy-refuses',
  },
  { name: 'a cache’s 404', status: 404, headers: HTML, body: SIGN_IN, cause: 'middlebox' },
  { name: 'a broken front end', status: 502, headers: HTML, body: SIGN_IN, cause: 'middlebox' },
];

/** Takes every request, whoever signed it and whatever it holds, with a request id as AWS gives it. */
export const PERMISSIVE: StrangeServer = {
  name: 'a server that accepts everything',
  status: 200,
  headers: { server: 'AmazonS3', 'x-amz-request-id': 'R1', 'x-amzn-requestid': 'R1', 'x-amz-version-id': 'v1' },
};

export async function startStrangeServer({ status, headers = {}, body = '' }: StrangeServer) {
  const writes: string[] = [];
  const server = http.createServer((request, response) => {
    const { method, url, headers: sent } = request;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      // KMS names what it is to do in a header, STS and IAM at the beginning of the body.
      const action = /^Action=\w+/.exec(Buffer.concat(chunks).toString('latin1'))?.[0];
      const what = sent['x-amz-target'] ?? action ?? '';
      if (method !== 'GET' && method !== 'HEAD') writes.push(`${method} ${url} ${what}`.trim());
      response.writeHead(status, headers).end(method === 'HEAD' ? '' : body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Requests that can change something. */
    writes: (): readonly string[] => writes,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
