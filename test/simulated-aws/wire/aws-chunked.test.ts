import type { RawRequest } from '../../../lib/simulated-aws/wire/http/raw-request';
import { type ChunkedForm, type ChunkSigning, unwrapChunks } from '../../../lib/simulated-aws/wire/payload/aws-chunked';
import { unwrapBody } from '../../../lib/simulated-aws/wire/payload/unwrap-body';
import { signingKey } from '../../../lib/simulated-aws/wire/signature/hashes';

const scope = { date: '20130524', region: 'us-east-1', service: 's3' };
const signing = (seedSignature: string): ChunkSigning => ({
  key: signingKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', scope),
  signedAt: '20130524T000000Z',
  scope: '20130524/us-east-1/s3/aws4_request',
  seedSignature,
});

const first = 'a'.repeat(65_536);
const second = 'a'.repeat(1024);

function chunk(data: string, signature?: string): string {
  const extension = signature === undefined ? '' : `;chunk-signature=${signature}`;
  return `${data.length.toString(16)}${extension}\r\n${data}${data === '' ? '' : '\r\n'}`;
}

/** Published with their signatures: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html */
const signedForm: ChunkedForm = {
  signing: signing('4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9'),
  hasTrailer: false,
};
const signedBody = [
  chunk(first, 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648'),
  chunk(second, '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497'),
  chunk('', 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'),
  '\r\n',
].join('');

/** Published with their signatures: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html */
const trailerForm: ChunkedForm = {
  signing: signing('106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e'),
  hasTrailer: true,
};
const trailerBody = [
  chunk(first, 'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2'),
  chunk(second, '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7'),
  chunk('', '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992'),
  'x-amz-checksum-crc32c:sOO8/Q==\r\n',
  'x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n',
].join('');

const unsignedForm: ChunkedForm = { hasTrailer: true };
const unsignedBody = `${chunk('hello')}${chunk('')}x-amz-checksum-crc32:NhCmhg==\r\n\r\n`;

describe('an aws-chunked body', () => {
  test.each([
    {
      name: 'with signed chunks',
      body: signedBody,
      form: signedForm,
      expected: { body: first + second, trailers: {} },
    },
    {
      name: 'with signed chunks and a signed trailer',
      body: trailerBody,
      form: trailerForm,
      expected: { body: first + second, trailers: { 'x-amz-checksum-crc32c': 'sOO8/Q==' } },
    },
    {
      name: 'with a blank line before its trailer',
      body: trailerBody.replace('x-amz-checksum', '\r\nx-amz-checksum'),
      form: trailerForm,
      expected: { body: first + second, trailers: { 'x-amz-checksum-crc32c': 'sOO8/Q==' } },
    },
    {
      name: 'with unsigned chunks and a trailer',
      body: unsignedBody,
      form: unsignedForm,
      expected: { body: 'hello', trailers: { 'x-amz-checksum-crc32': 'NhCmhg==' } },
    },
    { name: 'of nothing', body: `${chunk('')}\r\n`, form: unsignedForm, expected: { body: '', trailers: {} } },
  ])('$name is unwrapped', ({ body, form, expected }) => {
    const unwrapped = unwrapChunks(Buffer.from(body), form);
    expect({ ...unwrapped, body: unwrapped.body.toString() }).toEqual(expected);
  });

  test.each([
    {
      name: 'a chunk that was changed',
      body: signedBody.replace('aaa', 'aba'),
      form: signedForm,
      code: 'SignatureDoesNotMatch',
    },
    { name: 'a chunk without a signature', body: unsignedBody, form: signedForm, code: 'SignatureDoesNotMatch' },
    {
      name: 'a trailer that was changed',
      body: trailerBody.replace('sOO8', 'sOO9'),
      form: trailerForm,
      code: 'SignatureDoesNotMatch',
    },
    {
      name: 'a trailer that is not signed',
      body: trailerBody.replace(/x-amz-trailer-signature.*\r\n/, ''),
      form: trailerForm,
      code: 'SignatureDoesNotMatch',
    },
    { name: 'a body that is cut off', body: trailerBody.slice(0, 60_000), form: unsignedForm, code: 'IncompleteBody' },
    { name: 'something after the last chunk', body: `${signedBody}\r\n`, form: signedForm, code: 'IncompleteBody' },
    { name: 'a body without a last chunk', body: chunk('hello'), form: unsignedForm, code: 'IncompleteBody' },
    { name: 'a size that is not hexadecimal', body: `x${unsignedBody}`, form: unsignedForm, code: 'IncompleteBody' },
    {
      name: 'a chunk longer than it says',
      body: unsignedBody.replace('hello', 'hello!'),
      form: unsignedForm,
      code: 'IncompleteBody',
    },
    {
      name: 'a small chunk before the last',
      body: `${chunk('hello')}${unsignedBody}`,
      form: unsignedForm,
      code: 'InvalidChunkSizeError',
    },
    {
      name: 'a trailer that is not a header',
      body: `${chunk('')}x\r\n\r\n`,
      form: unsignedForm,
      code: 'MalformedTrailerError',
    },
  ])('is refused for $name', ({ body, form, code }) => {
    expect(() => unwrapChunks(Buffer.from(body), form)).toThrow(expect.objectContaining({ code }));
  });
});

describe('a request with an aws-chunked body', () => {
  const headers = {
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    'x-amz-decoded-content-length': '5',
    'x-amz-trailer': 'x-amz-checksum-crc32',
    'content-encoding': 'gzip,aws-chunked',
    'content-length': '99',
  };
  const raw = (changed: Readonly<Record<string, string>>, body = unsignedBody): RawRequest => ({
    method: 'PUT',
    path: '/b/k',
    queryText: '',
    headers: { ...headers, ...changed },
    body: Buffer.from(body),
    isSecure: true,
    sourceIp: '127.0.0.1',
    receivedAt: new Date(0),
  });

  test('comes out with headers that describe the body itself', () => {
    expect(unwrapBody(raw({}), undefined)).toEqual({
      headers: { ...headers, 'content-encoding': 'gzip', 'content-length': '5' },
      body: Buffer.from('hello'),
      trailers: { 'x-amz-checksum-crc32': 'NhCmhg==' },
    });
  });

  test('loses a content encoding that only names the chunks', () => {
    expect(
      unwrapBody(raw({ 'content-encoding': 'aws-chunked' }), undefined).headers['content-encoding'],
    ).toBeUndefined();
  });

  test.each([
    {
      name: 'a length other than the announced one',
      request: raw({ 'x-amz-decoded-content-length': '6' }),
      expected: { status: 400, code: 'IncompleteBody' },
    },
    {
      name: 'a trailer that was not announced',
      request: raw({ 'x-amz-trailer': '' }),
      expected: { status: 400, code: 'MalformedTrailerError' },
    },
    {
      name: 'no trailer, although one was announced',
      request: raw({}, `${chunk('hello')}${chunk('')}\r\n`),
      expected: { status: 400, code: 'MalformedTrailerError' },
    },
    {
      name: 'signed chunks on an unsigned request',
      request: raw({ 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' }),
      expected: { status: 501, code: 'NotImplemented' },
    },
  ])('is refused for $name', ({ request, expected }) => {
    expect(() => unwrapBody(request, undefined)).toThrow(expect.objectContaining(expected));
  });

  test('is refused when it does not announce its length', () => {
    const { 'x-amz-decoded-content-length': _length, ...rest } = headers;
    expect(() => unwrapBody({ ...raw({}), headers: rest }, undefined)).toThrow(
      expect.objectContaining({ status: 411, code: 'MissingContentLength' }),
    );
  });
});
