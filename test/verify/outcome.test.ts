import { type Answer, NO_REQUEST_ID } from '../../lib/aws/answer';
import { judgeDenials } from '../../lib/verify/check-kit/denial';
import { refused } from '../../lib/verify/check-kit/outcome';
import { granted, noAnswer, refusal } from './fake-bucket';
import { always, resultOf } from './run';

test('a refusal is told with all that AWS said', () => {
  expect(refused('PutObject', refusal('AccessDenied'))).toEqual({
    result: 'fail',
    observed: [{ call: 'PutObject', answer: 'AccessDenied', status: 403, requestId: 'REQ', message: 'AccessDenied.' }],
    detail: 'PutObject answered AccessDenied: AccessDenied.',
  });
});

test.each<{ what: string; codes: readonly string[]; statuses: readonly number[]; result: string }>([
  { what: 'a no of AWS', codes: ['AccessDenied', 'NoSuchBucket'], statuses: [300, 400, 499], result: 'fail' },
  { what: 'no refusal, or a fault', codes: ['Odd'], statuses: [200, 299, 500], result: 'inconclusive' },
  { what: 'too many requests', codes: ['Odd'], statuses: [429], result: 'inconclusive' },
  { what: 'a status without a reason', codes: ['Http403'], statuses: [403], result: 'inconclusive' },
  {
    what: 'about the credentials, the clock or the connection',
    codes: [
      'CredentialsProviderError',
      'ExpiredToken',
      'ExpiredTokenException',
      'InvalidAccessKeyId',
      'InvalidClientTokenId',
      'InvalidSignatureException',
      NO_REQUEST_ID,
      'RequestExpired',
      'RequestTimeTooSkewed',
      'SignatureDoesNotMatch',
      'TokenRefreshRequired',
      'UnrecognizedClientException',
    ],
    statuses: [400, 403],
    result: 'inconclusive',
  },
])('what is $what comes to $result', ({ codes, statuses, result }) => {
  const judged = codes.flatMap((code) =>
    statuses.map((status) => ({ code, status, result: refused('PutObject', refusal(code, status)).result })),
  );
  expect(judged.filter((one) => one.result !== result)).toEqual([]);
});

test('silence is a doubt', () => {
  const silent = noAnswer('ECONNRESET');
  expect(silent.ok || refused('PutObject', silent)).toEqual({
    result: 'inconclusive',
    observed: [{ call: 'PutObject', answer: 'ECONNRESET', message: 'ECONNRESET.' }],
    detail: 'PutObject answered ECONNRESET: ECONNRESET.',
  });
});

test('of several calls that had to be refused, those that decide are told, each once', () => {
  const attempt = (call: string, answer: Answer<unknown>) => ({ call, answer, refusal: 'AccessDenied' as const });
  const attempts = [
    attempt('A', granted()),
    attempt('B', refusal('AccessDenied')),
    attempt('C', granted()),
    attempt('A', granted()),
  ];
  const { result, detail } = judgeDenials(attempts);
  expect({ result, detail }).toEqual({ result: 'fail', detail: 'A was allowed. C was allowed.' });
});

test.each([
  ['createMultipartUpload', 'CreateMultipartUpload'],
  ['uploadPart', 'UploadPart'],
  ['completeMultipartUpload', 'CompleteMultipartUpload'],
])('an upload that %s stops names that call', async (name, call) => {
  expect(await resultOf('multipart-upload', always(`s3.${name}`, refusal('AccessDenied')))).toEqual({
    result: 'fail',
    detail: `${call} answered AccessDenied: AccessDenied.`,
  });
});
