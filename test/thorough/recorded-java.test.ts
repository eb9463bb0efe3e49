import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importKey } from '../../lib/simulated-aws/kms';
import { importBucket } from '../../lib/simulated-aws/s3';
import { CHECKSUM_ALGORITHMS, loadXxhash } from '../../lib/simulated-aws/s3/checksums/checksum';
import { Account } from '../simulated-aws/s3/account';

/** A request that an AWS SDK for Java, or Hadoop's S3A, sent: without host, date, token and signature. */
interface Recorded {
  readonly client: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly string[];
  readonly bodyBytes: number;
  readonly body?: string;
  /** Sizes of the chunks, then the trailer. */
  readonly chunks?: readonly string[];
}

const KEY_ID = '1534b309-3646-4073-8019-316617dddf7d';
const PART_BYTES = 5 * 2 ** 20;
const RECORDED: readonly Recorded[] = readFileSync(join(__dirname, '../fixtures/java/requests.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
  // Other tests know more of the instance metadata, STS and presigned URLs, whose text holds their signature.
  .filter(
    ({ method, target }: Recorded) => !/^\/latest\/|X-Amz-Signature/.test(target) && `${method} ${target}` !== 'POST /',
  );

const account = new Account();

beforeAll(async () => {
  await loadXxhash();
  importBucket(account.state, 'acme');
  importKey(account.state, { keyId: KEY_ID });
  account.send({
    method: 'PUT',
    target: '/acme?versioning',
    body: '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>',
  });
});

/** Subject of the request, as it has to be before: an object, its parts, an upload. */
interface Prepared {
  readonly etag: string;
  readonly versionId: string;
  readonly uploadId: string;
  readonly parts: number;
  readonly token: string;
}

const tagIn = (name: string, text: string) => new RegExp(`<${name}>(?:&quot;)?([^<&]+)`).exec(text)?.[1] ?? '';

function putObject(path: string): Pick<Prepared, 'etag' | 'versionId'> {
  const { headers } = account.send({ method: 'PUT', target: path, body: 'hello' });
  return { etag: (headers.etag ?? '').replaceAll('"', ''), versionId: headers['x-amz-version-id'] ?? '' };
}

/** Begins an upload, with as many parts as are asked for; all but the last have the smallest size that S3 takes. */
function beginUpload(path: string, parts: number): { readonly uploadId: string; readonly etag: string } {
  const uploadId = tagIn('UploadId', account.send({ method: 'POST', target: `${path}?uploads` }).body);
  let etag = '';
  for (let number = 1; number <= parts; number += 1) {
    const target = `${path}?partNumber=${number}&uploadId=${uploadId}`;
    const { headers } = account.send({ method: 'PUT', target, body: '\0'.repeat(PART_BYTES) });
    etag = (headers.etag ?? '').replaceAll('"', '');
  }
  return { uploadId, etag };
}

function putInParts(path: string, parts: number): string {
  const { uploadId, etag } = beginUpload(path, parts);
  const elements = Array.from(
    { length: parts },
    (_, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>"${etag}"</ETag></Part>`,
  );
  const body = `<CompleteMultipartUpload>${elements.join('')}</CompleteMultipartUpload>`;
  return tagIn('ETag', account.send({ method: 'POST', target: `${path}?uploadId=${uploadId}`, body }).body);
}

function prepare({ method, target, headers, body = '' }: Recorded): Prepared {
  const path = (target.split('?')[0] ?? '').replace('BUCKET', 'acme');
  const source = headerOf(headers, 'x-amz-copy-source')?.replace(/^\/?BUCKET/, '/acme');
  const inParts = headerOf(headers, 'x-amz-copy-source-range') !== undefined || /\?partNumber=\d$/.test(target);
  const subject = source ?? path;
  const exists = /^\/acme\/./.test(subject) && (method !== 'PUT' || source !== undefined);
  const stored = exists && !inParts ? putObject(subject) : { etag: '', versionId: '' };
  const etag = inParts ? putInParts(subject, 4) : stored.etag;
  const parts = [...body.matchAll(/<PartNumber>/g)].length;
  const upload = target.includes('UPLOAD') ? beginUpload(path, parts) : { uploadId: '', etag: '' };
  return {
    etag: upload.etag || etag,
    versionId: stored.versionId,
    uploadId: upload.uploadId,
    parts,
    token: target.includes('TOKEN') ? continueList(target) : '',
  };
}

/** The token of a list whose first page has ten of twelve keys. */
function continueList(target: string): string {
  const prefix = decodeURIComponent(/prefix=([^&]+)/.exec(target)?.[1] ?? '');
  for (let index = 0; index < 12; index += 1) putObject(`/acme/${prefix}${index}`);
  const first = target.replace('BUCKET', 'acme').replace(/continuation-token=TOKEN&?/, '');
  return encodeURIComponent(tagIn('NextContinuationToken', account.send({ method: 'GET', target: first }).body));
}

const headerOf = (headers: readonly string[], name: string) =>
  headers.find((line) => line.toLowerCase().startsWith(`${name}:`))?.replace(/^[^:]+:\s*/, '');

/** Bodies that were not recorded, or not sent because the head was refused, are zeros with their own sum. */
function bodyOf({ bodyBytes, body, headers, chunks = chunksBy(headers) }: Recorded): string {
  if (chunks === undefined) return body ?? '\0'.repeat(bodyBytes || Number(headerOf(headers, 'content-length') ?? 0));
  const sizes = chunks.slice(0, -2).flatMap((chunk) => {
    const [size = '', times = '1'] = chunk.split(' x');
    return Array<number>(Number(times)).fill(Number.parseInt(size, 16));
  });
  const text = sizes.map((size) => `${size.toString(16)}\r\n${'\0'.repeat(size)}\r\n`).join('');
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const [name = ''] = (chunks.at(-1) ?? '').split(':');
  const algorithm = name.replace('x-amz-checksum-', '');
  return `${text}0\r\n${name}:${sumOf(algorithm, Buffer.alloc(total))}\r\n\r\n`;
}

/** The chunks that a head promises. */
function chunksBy(headers: readonly string[]): readonly string[] | undefined {
  const trailer = headerOf(headers, 'x-amz-trailer');
  const size = Number(headerOf(headers, 'x-amz-decoded-content-length') ?? 0).toString(16);
  return trailer === undefined ? undefined : [size, '0', `${trailer}:`];
}

function sumOf(algorithm: string, content: Buffer): string {
  const { digest } = CHECKSUM_ALGORITHMS[algorithm.toUpperCase() as keyof typeof CHECKSUM_ALGORITHMS];
  return digest([content]).toString('base64');
}

function replay(recorded: Recorded): string {
  const { etag, versionId, uploadId, parts, token } = prepare(recorded);
  const fill = (text: string) =>
    text
      .replaceAll('BUCKET', 'acme')
      .replaceAll('UPLOAD', uploadId)
      .replaceAll('VERSION', versionId)
      .replaceAll('TOKEN', token)
      .replaceAll(/\b[0-9a-f]{32}(?:-\d)?\b/g, etag || '$&');
  const body = fill(bodyOf(recorded));
  const headers = Object.fromEntries(
    recorded.headers.map((line) => {
      const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
      if (/^content-length$/i.test(name)) return ['content-length', String(Buffer.byteLength(body))];
      if (/^content-md5$/i.test(name)) return ['content-md5', createHash('md5').update(body).digest('base64')];
      if (name === 'x-amz-mp-object-size') return [name, String(parts * PART_BYTES)];
      return [name.toLowerCase(), fill(value)];
    }),
  );
  const answer = account.send({ method: recorded.method, target: fill(recorded.target), headers, body });
  return `${answer.status} ${tagIn('Code', answer.body)}`.trim();
}

const REFUSED: Readonly<Record<string, readonly RegExp[]>> = {
  '304': [/^GET \/BUCKET\/java2-(apache|url)\/a\.txt$/],
  '400 AccessControlListNotSupported': [/^PUT \/BUCKET\/java(1|2-apache|2-url)\/w$/],
  // The digest that was sent is not that of the key.
  '400 InvalidArgument': [/^PUT \/BUCKET\/java2-(apache|url)\/w$/],
  '404 NoSuchBucketPolicy': [/^GET \/BUCKET\/?\?policy$/],
};

test('every recorded request of Java is answered with success, or refused for what it asks', () => {
  const answers = RECORDED.map((one) => ({ said: replay(one), request: `${one.method} ${one.target}` }));
  const refused = answers.filter(({ said }) => !said.startsWith('2'));
  expect(refused.filter(({ said, request }) => !REFUSED[said]?.some((pattern) => pattern.test(request)))).toEqual([]);
  expect([...new Set(refused.map(({ said }) => said))].sort()).toEqual(Object.keys(REFUSED));
  expect(answers.length).toBe(176);
});
