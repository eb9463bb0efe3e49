import type { Protocol } from '../../../lib/simulated-aws/wire/http/message';
import type { RawRequest } from '../../../lib/simulated-aws/wire/http/raw-request';
import { readPresentation } from '../../../lib/simulated-aws/wire/signature/read-presentation';
import { requireFreshSignature, verifySignature } from '../../../lib/simulated-aws/wire/signature/verify-signature';

const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const s3Secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const suiteSecret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const s3Date = { 'x-amz-date': '20130524T000000Z' };

function raw(part: Partial<RawRequest>): RawRequest {
  return {
    method: 'GET',
    path: '/',
    queryText: '',
    headers: {},
    body: Buffer.alloc(0),
    isSecure: true,
    sourceIp: '127.0.0.1',
    receivedAt: new Date('2013-05-24T00:00:30Z'),
    ...part,
  };
}

function s3Authorization(signedHeaders: string, signature: string): string {
  const credential = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request';
  return `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${signedHeaders},Signature=${signature}`;
}

function suiteAuthorization(signedHeaders: string, signature: string): string {
  const credential = 'AKIDEXAMPLE/20150830/us-east-1/service/aws4_request';
  return `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
}

function verify(request: RawRequest, secretAccessKey: string, protocol: Protocol): Buffer {
  const presentation = readPresentation(request);
  if (presentation.kind !== 'signed') {
    throw new Error(`the request is ${presentation.kind}`);
  }
  return verifySignature({ request, presented: presentation.signature, protocol, secretAccessKey });
}

interface PublishedExample {
  readonly name: string;
  readonly request: RawRequest;
  readonly secret: string;
  readonly protocol: Protocol;
}

const bucketHost = { host: 'examplebucket.s3.amazonaws.com' };

/**
 * Examples that AWS publishes with their signatures.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
const published: readonly PublishedExample[] = [
  {
    name: 'GET of an object, with a range',
    secret: s3Secret,
    protocol: 'rest-xml',
    request: raw({
      path: '/test.txt',
      headers: {
        ...bucketHost,
        ...s3Date,
        range: 'bytes=0-9',
        'x-amz-content-sha256': emptyHash,
        authorization: s3Authorization(
          'host;range;x-amz-content-sha256;x-amz-date',
          'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
        ),
      },
    }),
  },
  {
    name: 'PUT of an object, with a percent-encoded key',
    secret: s3Secret,
    protocol: 'rest-xml',
    request: raw({
      method: 'PUT',
      path: '/test%24file.text',
      body: Buffer.from('Welcome to Amazon S3.'),
      headers: {
        ...bucketHost,
        ...s3Date,
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
        authorization: s3Authorization(
          'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
          '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
        ),
      },
    }),
  },
  {
    name: 'GET of a sub-resource',
    secret: s3Secret,
    protocol: 'rest-xml',
    request: raw({
      queryText: 'lifecycle',
      headers: {
        ...bucketHost,
        ...s3Date,
        'x-amz-content-sha256': emptyHash,
        authorization: s3Authorization(
          'host;x-amz-content-sha256;x-amz-date',
          'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
        ),
      },
    }),
  },
  {
    name: 'GET of a listing, with parameters out of order',
    secret: s3Secret,
    protocol: 'rest-xml',
    request: raw({
      queryText: 'prefix=J&max-keys=2',
      headers: {
        ...bucketHost,
        ...s3Date,
        'x-amz-content-sha256': emptyHash,
        authorization: s3Authorization(
          'host;x-amz-content-sha256;x-amz-date',
          '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
        ),
      },
    }),
  },
  {
    name: 'a presigned GET',
    secret: s3Secret,
    protocol: 'rest-xml',
    request: raw({
      path: '/test.txt',
      queryText:
        'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
      headers: bucketHost,
    }),
  },
  {
    name: 'get-vanilla',
    secret: suiteSecret,
    protocol: 'query',
    request: raw({
      headers: {
        host: 'example.amazonaws.com',
        'x-amz-date': '20150830T123600Z',
        authorization: suiteAuthorization(
          'host;x-amz-date',
          '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
        ),
      },
    }),
  },
  {
    name: 'ListUsers of IAM',
    secret: suiteSecret,
    protocol: 'query',
    request: raw({
      queryText: 'Action=ListUsers&Version=2010-05-08',
      headers: {
        host: 'iam.amazonaws.com',
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        'x-amz-date': '20150830T123600Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
      },
    }),
  },
];

describe('a published signature', () => {
  test.each(published)('of $name is accepted', ({ request, secret, protocol }) => {
    expect(verify(request, secret, protocol)).toHaveLength(32);
  });

  test.each(published)('of $name is refused with another secret', ({ request, secret, protocol }) => {
    expect(() => verify(request, `${secret}x`, protocol)).toThrow(
      expect.objectContaining({ status: 403, code: 'SignatureDoesNotMatch' }),
    );
  });

  test.each(published)('of $name is refused for another path', ({ request, secret, protocol }) => {
    expect(() => verify({ ...request, path: `${request.path}x` }, secret, protocol)).toThrow(
      expect.objectContaining({ code: 'SignatureDoesNotMatch' }),
    );
  });
});

const [getObject, putObject, , , presigned, vanilla] = published.map(({ request }) => request);

describe('a signature of S3', () => {
  test.each([
    {
      name: 'a body that is not the one that was signed',
      request: raw({ ...putObject, body: Buffer.from('Welcome to Amazon S4.') }),
      expected: { status: 400, code: 'XAmzContentSHA256Mismatch' },
    },
    {
      name: 'a header of AWS that was not signed',
      request: raw({ ...getObject, headers: { ...getObject?.headers, 'x-amz-acl': 'public-read' } }),
      expected: { status: 403, code: 'AccessDenied', fields: { HeadersNotSigned: 'x-amz-acl' } },
    },
    {
      name: 'a signature that does not cover the host',
      request: raw({
        headers: { ...s3Date, authorization: s3Authorization('x-amz-date', 'f'.repeat(64)) },
      }),
      expected: { status: 400, code: 'AuthorizationHeaderMalformed' },
    },
    {
      name: 'a request without the hash of its body',
      request: raw({ headers: { ...bucketHost, ...s3Date, authorization: s3Authorization('host;x-amz-date', 'f') } }),
      expected: { status: 400, code: 'InvalidRequest' },
    },
    {
      name: 'a header that was changed',
      request: raw({ ...getObject, headers: { ...getObject?.headers, range: 'bytes=0-90' } }),
      expected: { status: 403, code: 'SignatureDoesNotMatch' },
    },
  ])('rejects $name', ({ request, expected }) => {
    expect(() => verify(request, s3Secret, 'rest-xml')).toThrow(expect.objectContaining(expected));
  });
});

describe('a request', () => {
  test.each([
    { name: 'no signature', part: {}, expected: { kind: 'anonymous' } },
    {
      name: 'version 2 in the header',
      part: { headers: { authorization: 'AWS AKIA:sig' } },
      expected: { kind: 'unsupported', algorithm: 'AWS' },
    },
    {
      name: 'version 2 in the query',
      part: { queryText: 'AWSAccessKeyId=AKIA&Signature=s&Expires=1' },
      expected: { kind: 'unsupported', algorithm: 'AWS' },
    },
    {
      name: 'version 4A',
      part: { headers: { authorization: 'AWS4-ECDSA-P256-SHA256 Credential=x' } },
      expected: { kind: 'unsupported', algorithm: 'AWS4-ECDSA-P256-SHA256' },
    },
    {
      name: 'half a signature',
      part: { headers: { ...s3Date, authorization: 'AWS4-HMAC-SHA256 Credential=x' } },
      expected: { kind: 'malformed', carrier: 'header', reason: "it must name 'SignedHeaders'" },
    },
    {
      name: 'no date',
      part: { headers: { authorization: s3Authorization('host', 'f') } },
      expected: { kind: 'malformed', carrier: 'header', reason: "it must come with an 'X-Amz-Date' or a 'Date'" },
    },
    {
      name: 'a scope that is cut short',
      part: {
        headers: {
          ...s3Date,
          authorization: 'AWS4-HMAC-SHA256 Credential=a/20130524/s3/aws4_request,SignedHeaders=host,Signature=f',
        },
      },
      expected: { kind: 'malformed', carrier: 'header', reason: 'the Credential is mal-formed' },
    },
  ])('with $name is $expected.kind', ({ part, expected }) => {
    expect(readPresentation(raw(part))).toEqual(expected);
  });
});

describe('the time of a signature', () => {
  const signed = (request: RawRequest | undefined) => {
    const presentation = readPresentation(raw({ ...request }));
    if (presentation.kind !== 'signed') throw new Error(presentation.kind);
    return presentation.signature;
  };

  test.each([
    { name: 'S3, 15 minutes late', request: getObject, protocol: 'rest-xml', now: '2013-05-24T00:15:00Z' },
    { name: 'S3, 15 minutes early', request: getObject, protocol: 'rest-xml', now: '2013-05-23T23:45:00Z' },
    { name: 'a presigned request at its end', request: presigned, protocol: 'rest-xml', now: '2013-05-25T00:00:00Z' },
    { name: 'others, 5 minutes late', request: vanilla, protocol: 'query', now: '2015-08-30T12:41:00Z' },
  ] as const)('is accepted: $name', ({ request, protocol, now }) => {
    expect(() => requireFreshSignature(signed(request), protocol, new Date(now))).not.toThrow();
  });

  test.each([
    {
      name: 'S3, more than 15 minutes late',
      request: getObject,
      protocol: 'rest-xml',
      now: '2013-05-24T00:15:01Z',
      expected: {
        status: 403,
        code: 'RequestTimeTooSkewed',
        message: 'The difference between the request time and the current time is too large.',
        fields: {
          RequestTime: '20130524T000000Z',
          ServerTime: '2013-05-24T00:15:01.000Z',
          MaxAllowedSkewMilliseconds: '900000',
        },
      },
    },
    {
      name: 'S3, more than 15 minutes early',
      request: getObject,
      protocol: 'rest-xml',
      now: '2013-05-23T23:44:59Z',
      expected: { status: 403, code: 'RequestTimeTooSkewed' },
    },
    {
      name: 'a presigned request after its end',
      request: presigned,
      protocol: 'rest-xml',
      now: '2013-05-25T00:00:01Z',
      expected: {
        status: 403,
        code: 'AccessDenied',
        message: 'Request has expired',
        fields: {
          'X-Amz-Expires': '86400',
          Expires: '2013-05-25T00:00:00.000Z',
          ServerTime: '2013-05-25T00:00:01.000Z',
        },
      },
    },
    {
      name: 'a presigned request for more than a week',
      request: raw({ ...presigned, queryText: presigned?.queryText.replace('86400', '604801') ?? '' }),
      protocol: 'rest-xml',
      now: '2013-05-24T00:00:00Z',
      expected: { status: 400, code: 'AuthorizationQueryParametersError' },
    },
    {
      name: 'IAM and STS, more than 5 minutes late',
      request: vanilla,
      protocol: 'query',
      now: '2015-08-30T12:41:01Z',
      expected: {
        status: 403,
        code: 'SignatureDoesNotMatch',
        message: 'Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T124101Z - 5 min.)',
      },
    },
    {
      name: 'KMS, more than 5 minutes early',
      request: vanilla,
      protocol: 'json',
      now: '2015-08-30T12:30:59Z',
      expected: {
        status: 400,
        code: 'InvalidSignatureException',
        message:
          'Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T123059Z + 5 min.)',
      },
    },
    {
      name: 'a date that is not the scope’s',
      request: raw({ ...getObject, headers: { ...getObject?.headers, 'x-amz-date': '20130525T000000Z' } }),
      protocol: 'rest-xml',
      now: '2013-05-25T00:00:00Z',
      expected: { status: 400, code: 'AuthorizationHeaderMalformed' },
    },
  ] as const)('is refused: $name', ({ request, protocol, now, expected }) => {
    expect(() => requireFreshSignature(signed(request), protocol, new Date(now))).toThrow(
      expect.objectContaining(expected),
    );
  });
});
