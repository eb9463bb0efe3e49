import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What AWS refuses and such a server may refuse as well. */
export type Refusal = 'a wrong signature' | 'a wrong digest' | 'a document that is none' | 'a condition';

/** What makes a resource of its own out of a query; anything else of it is an argument. */
const SUBRESOURCES = ['policy', 'lifecycle', 'encryption', 'publicAccessBlock', 'object-lock', 'replication'].concat([
  'versioning',
  'acl',
  'tagging',
  'retention',
]);
const MD5_HEADER = 'content-md5';
const MATCH_HEADER = 'x-amz-copy-source-if-match';

interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly md5: string | undefined;
  readonly ifMatch: string | undefined;
  readonly body: Buffer;
}

/**
 * An S3, STS, IAM and KMS of one piece that does what it is told, whoever asks: it keeps what is put, below the path
 * and the subresource, takes away what is deleted, and notes every other call that would change something.
 *
 * @param refuses - what it is strict about after all
 */
export async function startPermissiveS3(before: Readonly<Record<string, string>>, refuses: readonly Refusal[] = []) {
  const state = new Map(Object.entries(before));
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const [md5, ifMatch] = [MD5_HEADER, MATCH_HEADER].map((name) => headers[name]?.toString());
      const asked = { method, url: new URL(url, 'http://s3'), md5, ifMatch, body: Buffer.concat(chunks) };
      const refused = refuses.some((one) => IS_FOR[one](asked));
      const body = refused ? REFUSED : answer(state, asked);
      response.writeHead(refused ? 400 : 200, AS_AWS).end(method === 'HEAD' ? undefined : body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state: () => Object.fromEntries(state),
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const AS_AWS = { server: 'AmazonS3', 'x-amz-request-id': 'R1', 'x-amzn-requestid': 'R1' };
const REFUSED = '<Error><Code>InvalidRequest</Code><Message>no</Message><RequestId>R1</RequestId></Error>';

/** The calls with which a run finds out whether the other side is strict. */
const IS_FOR: Readonly<Record<Refusal, (asked: Asked) => boolean>> = {
  'a wrong signature': ({ url }) => url.searchParams.get('prefix')?.includes('/enforcement') === true,
  'a wrong digest': ({ method, md5, body }) =>
    method === 'PUT' && md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64'),
  'a condition': ({ ifMatch }) => ifMatch !== undefined,
  'a document that is none': ({ body }) => body.toString().includes('not a document'),
};

function answer(state: Map<string, string>, asked: Asked): string | undefined {
  const { method, url, body } = asked;
  const subresource = SUBRESOURCES.find((name) => url.searchParams.has(name));
  const key = decodeURIComponent(url.pathname) + (subresource === undefined ? '' : `?${subresource}`);
  if (method === 'PUT') state.set(key, body.toString('latin1'));
  if (method === 'DELETE') state.delete(key);
  if (method === 'POST') return post(state, asked);
  if (method === 'PUT' && body.length === 0) return '<CopyObjectResult><ETag>e</ETag></CopyObjectResult>';
  return state.get(key);
}

function post(state: Map<string, string>, { url, body }: Asked): string {
  const text = body.toString();
  if (url.searchParams.has('delete')) {
    for (const [, key = ''] of text.matchAll(/<Key>([^<]*)<\/Key>/g))
      state.delete(`${url.pathname}/${key}`.replace('//', '/'));
    return '<DeleteResult/>';
  }
  if (url.searchParams.has('uploads'))
    return '<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>';
  // IAM and STS name what they do in the body, KMS in a header; of these a run makes one that is asked before anything.
  if (!/^Action=(GetCallerIdentity|List|Get)/.test(text) && url.pathname === '/') state.set(`POST ${text}`, text);
  return '<Answer/>';
}
