import { importBucket } from '../../../lib/simulated-aws/s3';
import { Account } from './account';

const account = new Account();
const SCOPE = 'AKIA/20260504/us-east-2/s3/aws4_request';
const SIGNED = `AWS4-HMAC-SHA256 Credential=${SCOPE}, SignedHeaders=host, Signature=0`;
const PRESIGNED = '/acme/k?X-Amz-Algorithm=AWS4-HMAC-SHA256';
const NOW = { 'x-amz-date': '20260504T030201Z' };

beforeAll(() => {
  importBucket(account.state, 'acme');
});

function refusal(target: string, headers: Readonly<Record<string, string>>) {
  const { status, body } = account.anonymous('GET', target, headers);
  const said = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];
  return [status, said('Code'), said('Message'), said('ArgumentName'), said('ArgumentValue')];
}

test.each([
  'Bearer eyJhbGciOiJIUzUxMiJ9',
  'Basic dXNlcjpwYXNzd29yZA==',
  'Digest x',
  'Negotiate x',
  'AWS4-HMAC-SHA25 Credential=x',
  'AWS4-HMAC-SHA512 Credential=x',
  'aws4-hmac-sha256 Credential=x',
  'AWS3-HTTPS AWSAccessKeyId=x',
  'AKIAIOSFODNN7EXAMPLE:x',
  `Signature ${SCOPE}`,
])('S3 knows no authorization of the type of %s', (authorization) => {
  expect(refusal('/acme/k', { authorization, ...NOW })).toEqual([
    ...[400, 'InvalidArgument', 'Unsupported Authorization Type', 'Authorization', authorization],
  ]);
});

test('S3 refuses a URL that is presigned with version 2, also for a body that is called a form', () => {
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  expect(refusal('/acme/k?AWSAccessKeyId=AKIA&Signature=s&Expires=1', type)).toEqual([
    ...[400, 'InvalidRequest'],
    'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    ...[undefined, undefined],
  ]);
});

test.each([
  ['/acme/k', 'AWS AKIAIOSFODNN7EXAMPLE:x'],
  ['/acme/k', `AWS4-ECDSA-P256-SHA256 Credential=${SCOPE}`],
])('what S3 knows and does not take is refused as before: %s %s', (target, authorization) => {
  expect(refusal(target, { authorization, ...NOW })).toEqual([
    400,
    'InvalidRequest',
    'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    ...[undefined, undefined],
  ]);
});

test.each([
  [PRESIGNED, SIGNED],
  [`${PRESIGNED}&X-Amz-Signature=0`, SIGNED],
  ['/acme/k?AWSAccessKeyId=AKIA&Signature=s&Expires=1', SIGNED],
  ['/acme?list-type=2&X-Amz-Algorithm=AWS4-HMAC-SHA256', SIGNED],
  [PRESIGNED, 'AWS4-HMAC-SHA256 Credential=x'],
  [PRESIGNED, 'Bearer x'],
  [PRESIGNED, 'AWS AKIAIOSFODNN7EXAMPLE:x'],
])('S3 takes one way to sign alone: %s beside %s', (target, authorization) => {
  expect(refusal(target, { authorization, ...NOW })).toEqual([
    ...[400, 'InvalidArgument'],
    'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    ...['Authorization', authorization],
  ]);
});

test.each([{}, { date: 'yesterday' }, { 'x-amz-date': '20170509T154625+01' }, { 'x-amz-date': '' }])(
  'S3 asks for a time of which it can tell that it is one, and gets %j',
  (headers) => {
    expect(refusal('/acme/k', { authorization: SIGNED, ...headers })).toEqual([
      ...[403, 'AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header'],
      ...[undefined, undefined],
    ]);
  },
);

test.each(['AWS4-HMAC-SHA1', 'AWS4-HMAC-SHA512', 'aws4-hmac-sha256', 'junk', '%00', ''])(
  'S3 knows no algorithm of a presigned request that is called %j',
  (algorithm) => {
    const rest = `X-Amz-Credential=${SCOPE}&X-Amz-Date=20260504T030201Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=0`;
    expect(refusal(`/acme/k?X-Amz-Algorithm=${algorithm}&${rest}`, {})).toEqual([
      ...[400, 'AuthorizationQueryParametersError'],
      'X-Amz-Algorithm only supports &quot;AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256&quot;',
      ...[undefined, undefined],
    ]);
  },
);

test('S3 knows an algorithm that it does not take here in the query as in the header', () => {
  expect(refusal('/acme/k?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256', {})).toEqual([
    400,
    'InvalidRequest',
    'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    ...[undefined, undefined],
  ]);
});
