import { createHash } from 'node:crypto';
import { importBucket } from '../../../lib/simulated-aws';
import { loadXxhash } from '../../../lib/simulated-aws/s3/checksums/checksum';
import { Account, type Answer } from './account';

type Headers = Readonly<Record<string, string>>;

/** Checksums of `hello`, and of `hallo`: AWS's examples have those of CRC and SHA, xxHash's own library the others. */
const sums: Readonly<Record<string, readonly [right: string, wrong: string]>> = {
  CRC32: ['NhCmhg==', 'AAAAAA=='],
  CRC32C: ['mnG7TA==', 'AAAAAA=='],
  CRC64NVME: ['M3eFcAZSQlc=', 'AAAAAAAAAAA='],
  ...Object.fromEntries(
    ['MD5', 'SHA1', 'SHA256', 'SHA512'].map((name) => [name, [hash(name, 'hello'), hash(name, 'hallo')]]),
  ),
  XXHASH3: ['lVXoVVxi3P0=', 'EMeHGayiuMc='],
  XXHASH64: ['JseCfYifbaM=', 'BYPenSZ7idg='],
  XXHASH128: ['tenBrQcbPn/Hec+qXlI4GA==', 'b0nhbXtYRpkgDTi1UXiGZg=='],
};
const algorithms = Object.keys(sums);
const composite = algorithms.filter((name) => name !== 'CRC64NVME');
const ofWhole = ['CRC32', 'CRC32C', 'CRC64NVME'];

function hash(algorithm: string, text: string): string {
  return createHash(algorithm).update(text).digest('base64');
}

const headerOf = (algorithm: string) => `x-amz-checksum-${algorithm.toLowerCase()}`;

/** A body in chunks, with what is behind it and what the headers announce of that. */
function chunked(trailers: readonly string[], announced: readonly string[], more: Headers = {}) {
  return {
    headers: {
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '5',
      ...(announced.length > 0 && { 'x-amz-trailer': announced.join(',') }),
      ...more,
    },
    body: `5\r\nhello\r\n0\r\n${trailers.map((line) => `${line}\r\n`).join('')}\r\n`,
  };
}

interface Form {
  readonly headers: Headers;
  readonly body: string;
}

const forms: Readonly<Record<string, (algorithm: string, sum: string) => Form>> = {
  'in a header': (algorithm, sum) => ({ headers: { [headerOf(algorithm)]: sum }, body: 'hello' }),
  'in a trailer': (algorithm, sum) => chunked([`${headerOf(algorithm)}:${sum}`], [headerOf(algorithm)]),
};

beforeAll(() => loadXxhash());

let account: Account;
beforeEach(() => {
  account = new Account();
  importBucket(account.state, 'acme');
});

function send(request: string, { headers, body }: Partial<Form> = {}): Answer {
  const [method = '', target = ''] = request.split(' ');
  return account.send({ method, target, ...(headers && { headers }), ...(body !== undefined && { body }) });
}

function outcomeOf({ status, body }: Answer): string {
  return status === 200 ? 'ok' : `${status} ${/<Code>(\w+)/.exec(body)?.[1]}`;
}

/** The place that a body is sent to: an object, or a part of an upload that has checksums of this kind. */
function placeOf(target: string, algorithm: string): string {
  if (target === 'an object') return 'PUT /acme/k';
  return `PUT /acme/k?partNumber=1&uploadId=${begin(algorithm)}`;
}

function begin(algorithm: string, type?: string): string {
  const headers = { 'x-amz-checksum-algorithm': algorithm, ...(type && { 'x-amz-checksum-type': type }) };
  return /<UploadId>([^<]+)/.exec(send('POST /acme/k?uploads', { headers }).body)?.[1] ?? '';
}

const cases = algorithms.flatMap((algorithm) =>
  Object.keys(forms).flatMap((form) => ['an object', 'a part'].map((target) => [algorithm, form, target] as const)),
);

describe('a checksum', () => {
  test.each(cases)('%s %s of %s is checked', (algorithm, form, target) => {
    const [right = '', wrong = ''] = sums[algorithm] ?? [];
    const sent = (sum: string) => send(placeOf(target, algorithm), forms[form]?.(algorithm, sum));
    const taken = sent(right);
    expect([outcomeOf(taken), taken.headers[headerOf(algorithm)]]).toEqual(['ok', right]);
    expect(outcomeOf(sent(wrong))).toBe('400 BadDigest');
    expect(outcomeOf(sent('AA=='))).toBe('400 InvalidRequest');
  });

  test.each(composite)('%s of a whole upload is computed from the sums of its parts', (algorithm) => {
    const [right = ''] = sums[algorithm] ?? [];
    const { body } = complete(algorithm, 'COMPOSITE');
    expect(body).toMatch(new RegExp(`<Checksum${algorithm}>[^<]+-1</Checksum${algorithm}>`));
    expect(body).not.toContain(`>${right}<`);
  });

  test.each(ofWhole)('%s of a whole upload can cover all its bytes', (algorithm) => {
    const [right = ''] = sums[algorithm] ?? [];
    expect(complete(algorithm, 'FULL_OBJECT').body).toContain(`<Checksum${algorithm}>${right}</Checksum${algorithm}>`);
  });

  test.each(algorithms.filter((name) => !ofWhole.includes(name)))('%s never covers all bytes of an upload', (name) => {
    const headers = { 'x-amz-checksum-algorithm': name, 'x-amz-checksum-type': 'FULL_OBJECT' };
    expect(outcomeOf(send('POST /acme/k?uploads', { headers }))).toBe('400 InvalidRequest');
  });

  function complete(algorithm: string, type: string): Answer {
    const [sum = ''] = sums[algorithm] ?? [];
    const upload = begin(algorithm, type);
    const { headers } = send(`PUT /acme/k?partNumber=1&uploadId=${upload}`, {
      headers: { [headerOf(algorithm)]: sum },
      body: 'hello',
    });
    const part = `<ETag>${headers.etag}</ETag><PartNumber>1</PartNumber><Checksum${algorithm}>${sum}</Checksum${algorithm}>`;
    const body = `<CompleteMultipartUpload><Part>${part}</Part></CompleteMultipartUpload>`;
    return send(`POST /acme/k?uploadId=${upload}`, { body });
  }
});

describe('a trailer', () => {
  const line = `x-amz-checksum-crc32:${sums.CRC32?.[0]}`;
  const name = 'x-amz-checksum-crc32';
  test.each<readonly [string, Form, string]>([
    ['announced and present', chunked([line], [name]), 'ok'],
    ['announced in capitals', chunked([line], ['X-Amz-Checksum-CRC32']), 'ok'],
    ['announced and missing', chunked([], [name]), '400 MalformedTrailerError'],
    ['present and not announced', chunked([line], []), '400 MalformedTrailerError'],
    ['announced under another name', chunked([line], ['x-amz-checksum-sha1']), '400 MalformedTrailerError'],
    [
      'announced for a body that is not chunked',
      { headers: { 'x-amz-trailer': name }, body: 'hello' },
      '400 MalformedTrailerError',
    ],
    [
      'of an algorithm other than the chosen one',
      chunked([line], [name], { 'x-amz-sdk-checksum-algorithm': 'SHA1' }),
      '400 InvalidRequest',
    ],
    ['of the chosen algorithm', chunked([line], [name], { 'x-amz-sdk-checksum-algorithm': 'crc32' }), 'ok'],
    ['that is not a checksum', chunked(['x-amz-meta-a:b'], ['x-amz-meta-a']), '400 InvalidRequest'],
    ['of an unknown checksum', chunked(['x-amz-checksum-md4:AA=='], ['x-amz-checksum-md4']), '400 InvalidRequest'],
    [
      'besides a checksum in a header',
      chunked([line], [name], { 'x-amz-checksum-sha1': 'qvTGHdzF6KLavt4PO0gs2a6pQ00=' }),
      '400 InvalidRequest',
    ],
  ])('%s is answered as S3 answers it', (_what, form, expected) => {
    expect(outcomeOf(send('PUT /acme/k', form))).toBe(expected);
  });
});
