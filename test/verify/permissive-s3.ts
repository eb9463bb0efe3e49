import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** Requests that AWS refuses and such a server may refuse as well. */
export type Refusal =
  | 'a wrong signature'
  | 'a wrong digest'
  | 'a document that is none'
  | 'a condition'
  | 'a page of nothing';

/** Query parameters that make a resource of its own; any other is an argument. */
const SUBRESOURCES = ['policy', 'lifecycle', 'encryption', 'publicAccessBlock', 'object-lock', 'replication'].concat([
  'versioning',
  'acl',
  'tagging',
  'retention',
]);
const MD5_HEADER = 'content-md5';
const TARGET_HEADER = 'x-amz-target';
const MATCH_HEADER = 'x-amz-copy-source-if-match';

interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly md5: string | undefined;
  readonly ifMatch: string | undefined;
  readonly authorization: string;
  /** The operation of KMS that is meant. */
  readonly target: string | undefined;
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
      const [md5, ifMatch, target] = [MD5_HEADER, MATCH_HEADER, TARGET_HEADER].map((name) => headers[name]?.toString());
      const { authorization = '' } = headers;
      const body = Buffer.concat(chunks);
      const asked = { method, url: new URL(url, 'http://s3'), md5, ifMatch, authorization, target, body };
      const refused = refuses.find((one) => IS_FOR[one](asked));
      const code = refused && REFUSED[refused];
      const text = code === undefined ? answer(state, asked) : refusalOf(code, asked);
      response.writeHead(code === undefined ? 200 : 400, AS_AWS).end(method === 'HEAD' ? undefined : text);
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

/** The codes with which AWS refuses each. */
const REFUSED: Readonly<Record<Refusal, string>> = {
  'a wrong signature': 'SignatureDoesNotMatch',
  'a wrong digest': 'BadDigest',
  'a document that is none': 'MalformedXML',
  'a condition': 'PreconditionFailed',
  'a page of nothing': 'ValidationError',
};

/** KMS speaks JSON, IAM and STS wrap their error, S3 does not. */
function refusalOf(code: string, { target, url, body }: Asked): string {
  if (target !== undefined) return JSON.stringify({ __type: code, message: 'no' });
  const error = `<Error><Code>${code}</Code><Message>no</Message><RequestId>R1</RequestId></Error>`;
  const isQuery = url.pathname === '/' && body.toString().startsWith('Action=');
  return isQuery ? `<ErrorResponse>${error}<RequestId>R1</RequestId></ErrorResponse>` : error;
}

/** The calls with which a run finds out whether the other side is strict. */
const IS_FOR: Readonly<Record<Refusal, (asked: Asked) => boolean>> = {
  // It has no secret to compare with; nobody's signature is this one.
  'a wrong signature': ({ authorization }) => authorization.endsWith(`Signature=${'0'.repeat(64)}`),
  'a wrong digest': ({ method, md5, body }) =>
    method === 'PUT' && md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64'),
  'a condition': ({ ifMatch }) => ifMatch !== undefined,
  'a page of nothing': ({ body }) => /"Limit":0|MaxItems=0/.test(body.toString()),
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

function post(state: Map<string, string>, { url, target, body }: Asked): string {
  const text = body.toString();
  if (target !== undefined) {
    if (!/\.(List|Get)/.test(target)) state.set(`POST ${target}`, text);
    return '{}';
  }
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
