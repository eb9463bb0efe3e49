import { importBucket } from '../../../lib/simulated-aws/s3';
import { Account, type Answer } from './account';

// The shapes of requests that the AWS SDKs for Java 1 and 2 and Hadoop's S3A send, each after those above it.

type Headers = Readonly<Record<string, string>>;

/** Version 2: its clients neither hash a body over TLS nor sign another payload than this. */
const v2: Headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
const v1: Headers = { ...v2, 'content-type': 'application/octet-stream', 'content-length': '0' };
const reading: Headers = { ...v2, 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-te': 'append-md5' };

interface Row {
  readonly what: string;
  /** `{upload}` stands for the upload that was begun last, `{etag}` for the last ETag. */
  readonly request: string;
  /** The path as it is signed, where it is not the one that is sent. */
  readonly signed?: string;
  readonly headers: Headers;
  readonly body?: string;
  readonly status: number;
  readonly answers?: string;
}

/** A body in chunks with the checksum behind it, as version 2 sends every upload. */
function streamed(text: string, checksum: string, more: Headers = {}): Pick<Row, 'headers' | 'body'> {
  const [name = ''] = checksum.split(':');
  return {
    headers: {
      'content-encoding': 'aws-chunked',
      'content-type': 'text/plain',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': String(text.length),
      'x-amz-sdk-checksum-algorithm': name.replace('x-amz-checksum-', '').toUpperCase(),
      'x-amz-trailer': name,
      ...more,
    },
    body: `${text.length.toString(16)}\r\n${text}\r\n0\r\n${checksum}\r\n\r\n`,
  };
}

const crc32 = 'x-amz-checksum-crc32:NhCmhg==';
const deletion = '<Delete><Object><Key>copied</Key></Object></Delete>';
const completion = (etag: string) =>
  `<CompleteMultipartUpload><Part>${etag}<PartNumber>1</PartNumber></Part></CompleteMultipartUpload>`;

const rows: readonly Row[] = [
  {
    what: 'a put',
    request: 'PUT /acme/a.txt',
    ...streamed('hello', crc32, { 'x-amz-meta-org': '12345' }),
    status: 200,
  },
  {
    what: 'a conditional put',
    request: 'PUT /acme/a.txt',
    ...streamed('hello', crc32, { 'if-none-match': '*' }),
    status: 412,
  },
  { what: 'a put of a wrong sum', request: 'PUT /acme/a.txt', ...streamed('hallo', crc32), status: 400 },
  { what: 'a get', request: 'GET /acme/a.txt', headers: reading, status: 200, answers: 'hello' },
  {
    what: 'a get of a range',
    request: 'GET /acme/a.txt',
    headers: { ...reading, range: 'bytes=1-3' },
    status: 206,
    answers: 'ell',
  },
  {
    what: 'a get with its checksum',
    request: 'GET /acme/a.txt',
    headers: { ...v2, 'x-amz-checksum-mode': 'ENABLED' },
    status: 200,
    answers: 'hello',
  },
  { what: 'a get of a missing key', request: 'GET /acme/gone', headers: reading, status: 404 },
  {
    what: 'a conditional get',
    request: 'GET /acme/a.txt',
    headers: { ...reading, 'if-modified-since': 'Fri, 01 Jan 2027 00:00:00 GMT' },
    status: 304,
  },
  {
    what: 'a put with two slashes in a row',
    request: 'PUT /acme/d/%2Fx',
    signed: '/acme/d//x',
    ...streamed('hello', crc32),
    status: 200,
  },
  {
    what: 'a get of it',
    request: 'GET /acme/d/%2Fx',
    signed: '/acme/d//x',
    headers: reading,
    status: 200,
    answers: 'hello',
  },
  { what: 'a get of it by another client', request: 'GET /acme/d//x', headers: v2, status: 200, answers: 'hello' },
  {
    what: 'a put with a slash in front',
    request: 'PUT /acme/%2Flead',
    signed: '/acme//lead',
    ...streamed('hello', crc32),
    status: 200,
  },
  {
    what: 'a put with dots and slashes',
    request: 'PUT /acme/x/./y/../z/%2Fw.txt',
    signed: '/acme/x/./y/../z//w.txt',
    ...streamed('hello', crc32),
    status: 200,
  },
  {
    what: 'a path that was signed for another key',
    request: 'GET /acme/d/%2Fx',
    signed: '/acme/d/x',
    headers: reading,
    status: 403,
  },
  {
    what: 'a list',
    request: 'GET /acme?list-type=2&prefix=d%2F',
    headers: v2,
    status: 200,
    answers: '<Key>d//x</Key>',
  },
  {
    what: 'a list of version 1',
    request: 'GET /acme/?list-type=2&max-keys=10&prefix=a&fetch-owner=false',
    headers: v1,
    status: 200,
    answers: '<Key>a.txt</Key>',
  },
  {
    what: 'attributes',
    request: 'GET /acme/a.txt?attributes',
    headers: { ...v2, 'x-amz-object-attributes': 'Checksum,ObjectSize' },
    status: 200,
    answers: '<ObjectSize>5</ObjectSize>',
  },
  { what: 'a copy', request: 'PUT /acme/copied', headers: { ...v2, 'x-amz-copy-source': 'acme/a.txt' }, status: 200 },
  {
    what: 'a copy of version 1',
    request: 'PUT /acme/copied',
    headers: { ...v1, 'x-amz-copy-source': '/acme/a.txt' },
    status: 200,
  },
  {
    what: 'a batch delete',
    request: 'POST /acme?delete',
    headers: { ...v2, 'content-type': 'application/xml', 'content-md5': 'TExQY8PZEKuv3HwWFdGI1w==' },
    body: deletion,
    status: 200,
    answers: '<Deleted><Key>copied</Key></Deleted>',
  },
  {
    what: 'an upload',
    request: 'POST /acme/big?uploads',
    headers: { ...v2, 'x-amz-checksum-algorithm': 'CRC32', 'x-amz-checksum-type': 'FULL_OBJECT' },
    status: 200,
  },
  { what: 'a part', request: 'PUT /acme/big?partNumber=1&uploadId={upload}', ...streamed('hello', crc32), status: 200 },
  {
    what: 'its end',
    request: 'POST /acme/big?uploadId={upload}',
    headers: { ...v2, 'content-type': 'application/xml', 'x-amz-mp-object-size': '5' },
    body: completion('<ETag>&quot;{etag}&quot;</ETag><ChecksumCRC32>NhCmhg==</ChecksumCRC32>'),
    status: 200,
  },
  { what: 'an upload of version 1', request: 'POST /acme/big?uploads', headers: v1, status: 200 },
  {
    what: 'a part of version 1',
    request: 'PUT /acme/big?uploadId={upload}&partNumber=1',
    headers: { ...v2, 'content-type': 'application/octet-stream' },
    body: 'hello',
    status: 200,
  },
  {
    what: 'its end',
    request: 'POST /acme/big?uploadId={upload}',
    headers: { ...v2, 'content-type': 'application/xml' },
    body: completion('<ETag>{etag}</ETag>'),
    status: 200,
  },
  {
    what: 'a get by part, of an ETag without quotes',
    request: 'GET /acme/big?partNumber=1',
    headers: { ...v1, 'if-match': '{etag}' },
    status: 206,
    answers: 'hello',
  },
  {
    what: "a folder of Hadoop's",
    request: 'PUT /acme/hdp/dir/',
    headers: { ...v2, 'content-type': 'application/x-directory' },
    status: 200,
  },
];

test('requests of Java clients are answered as S3 answers them', () => {
  const account = new Account();
  importBucket(account.state, 'acme');
  const known = new Map<string, string>();
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => known.get(name) ?? whole);
  const send = ({ request, signed, headers, body = '' }: Row): Answer => {
    const [method = '', target = ''] = fill(request).split(' ');
    const filled = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)]));
    const answer = account.send({
      method,
      target,
      ...(signed && { signedTarget: signed }),
      headers: filled,
      body: fill(body),
    });
    const upload = /<UploadId>([^<]+)/.exec(answer.body)?.[1];
    const etag = /<ETag>(?:&quot;)?([^<&]+)/.exec(answer.body)?.[1] ?? answer.headers.etag?.replaceAll('"', '');
    for (const [name, value] of Object.entries({ upload, etag })) if (value) known.set(name, value);
    return answer;
  };
  const said = rows.map((row) => {
    const { status, body } = send(row);
    return [row.what, status, row.answers === undefined || body.includes(row.answers) ? row.answers : body];
  });
  expect(said).toEqual(rows.map(({ what, status, answers }) => [what, status, answers]));
});
