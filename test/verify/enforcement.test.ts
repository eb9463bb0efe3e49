import { type Answer, NO_REQUEST_ID } from '../../lib/aws/answer';
import type { Service } from '../../lib/verify/check-kit/service';
import { createEnforcement } from '../../lib/verify/run/enforcement';
import { AWS_KMS } from './configs';
import { fakeAws, type Script, type SentCall } from './fake-aws';
import { granted, noAnswer, refusal } from './fake-bucket';
import { always, onKey, probeOf } from './run';

async function doubtAbout(service: Service, script: Script) {
  const enforcement = createEnforcement([service]);
  await enforcement.ask(probeOf(fakeAws({ config: AWS_KMS, script }), AWS_KMS));
  return enforcement.doubtAbout(service);
}

interface Question {
  readonly service: Service;
  readonly what: string;
  readonly call: string;
  readonly answering: (answer: Answer<unknown>) => Script;
}

const signed = (service: Service, name: string, operation: string): Question => ({
  service,
  what: 'a wrong signature',
  call: `${operation} with a wrong signature`,
  answering: (answer) => always(name, answer),
});

const noKeys = (service: Service, name: string): Question => ({
  service,
  what: 'a page of no keys',
  call: 'ListKeys with a page of no keys',
  answering: (answer) => always(name, answer),
});

const QUESTIONS: readonly Question[] = [
  signed('S3', 'unsigned.s3.listObjectsV2', 'ListObjectsV2'),
  {
    service: 'S3',
    what: 'an object whose digest is wrong',
    call: 'PutObject with a wrong digest',
    answering: (answer) => onKey('s3.putObject', '/enforcement', answer),
  },
  {
    service: 'S3',
    what: 'a document that is none',
    call: 'PutObjectRetention with a document that is none',
    answering: (answer) => always('malformed.putObjectRetention', answer),
  },
  {
    service: 'S3',
    what: 'a copy whose condition does not hold',
    call: 'CopyObject on a condition that does not hold',
    answering: (answer) => always('s3.copyObject', answer),
  },
  signed('KMS', 'unsigned.kms.listKeys', 'ListKeys'),
  noKeys('KMS', 'kms.listKeys'),
  signed('STS', 'unsigned.sts.getCallerIdentity', 'GetCallerIdentity'),
  signed('IAM', 'unsigned.iam.getRole', 'GetRole'),
  {
    service: 'IAM',
    what: 'a page of no roles',
    call: 'ListRoles with a page of no roles',
    answering: (answer) => always('iam.listRoles', answer),
  },
  signed('S3 elsewhere', 'unsigned.elsewhere.s3.listBuckets', 'ListBuckets'),
  signed('KMS elsewhere', 'unsigned.elsewhere.kms.listKeys', 'ListKeys'),
  noKeys('KMS elsewhere', 'elsewhere.kms.listKeys'),
];

test.each(QUESTIONS)('$service that takes $what is not AWS', async ({ service, what, answering }) => {
  const taken = { reason: `it took ${what}`, observed: [], isNotAws: true };
  expect(await doubtAbout(service, answering(granted()))).toEqual(taken);
});

test.each(QUESTIONS)('$service that is silent about $what is in doubt', async ({ service, call, answering }) => {
  const silent = noAnswer('ECONNRESET');
  expect(await doubtAbout(service, answering(silent))).toEqual({
    reason: `${call} answered ECONNRESET: ECONNRESET`,
    observed: [{ call, answer: 'ECONNRESET', message: 'ECONNRESET.' }],
    isNotAws: false,
  });
});

const PUT = 'PutObject with a wrong digest';

test.each<{ name: string; answer: Answer<unknown>; doubt: { reason: string; isNotAws: boolean } | undefined }>([
  { name: 'a redirect', answer: refusal('PermanentRedirect', 300), doubt: undefined },
  { name: 'a refusal', answer: refusal('AccessDenied', 499), doubt: undefined },
  ...[500, 503].map((status) => ({
    name: `the fault ${status}`,
    answer: refusal('InternalError', status),
    doubt: { reason: `${PUT} answered InternalError: InternalError`, isNotAws: false },
  })),
  {
    name: 'throttling',
    answer: { ...refusal('ThrottlingException', 400), message: 'Rate 1.5 exceeded.' },
    doubt: { reason: `${PUT} answered ThrottlingException: Rate 1.5 exceeded`, isNotAws: false },
  },
  {
    name: 'a success that cannot be read',
    answer: refusal('SyntaxError', 299),
    doubt: { reason: 'it took an object whose digest is wrong', isNotAws: true },
  },
  {
    name: 'a success without a status',
    answer: { ...granted(), status: undefined },
    doubt: { reason: `${PUT} worked`, isNotAws: false },
  },
  {
    name: 'no request id',
    answer: refusal(NO_REQUEST_ID, 400),
    doubt: { reason: 'it gave no request id of AWS', isNotAws: true },
  },
  ...['MethodNotAllowed', 'NotImplemented', 'NotSupported'].map((code) => ({
    name: code,
    answer: refusal(code, 405),
    doubt: { reason: `it answered ${code} to what S3 knows`, isNotAws: true },
  })),
])('an answer to a wrong digest with $name is judged', async ({ answer, doubt }) => {
  const seen = await doubtAbout('S3', onKey('s3.putObject', '/enforcement', answer));
  expect(seen && { reason: seen.reason, isNotAws: seen.isNotAws }).toEqual(doubt);
});

test.each([
  { code: 'IncompleteSignature', isEnough: true },
  { code: 'InvalidSignatureException', isEnough: true },
  { code: 'SignatureDoesNotMatch', isEnough: true },
  { code: 'AccessDenied', isEnough: false },
])('$code tells that a signature was looked at: $isEnough', async ({ code, isEnough }) => {
  const doubt = await doubtAbout('STS', always('unsigned.sts.getCallerIdentity', refusal(code)));
  expect(doubt === undefined).toBe(isEnough);
});

test('only a service in doubt is asked again, until what was seen is forgotten', async () => {
  const asked: SentCall[] = [];
  let isSilent = true;
  const script: Script = (call) => {
    asked.push(call);
    return isSilent && call.name.endsWith('getCallerIdentity') ? noAnswer('ECONNRESET') : undefined;
  };
  const probe = probeOf(fakeAws({ config: AWS_KMS, script }), AWS_KMS);
  const enforcement = createEnforcement(['STS', 'IAM']);
  const ask = async () => {
    asked.length = 0;
    await enforcement.ask(probe);
    return asked.map(({ name }) => name);
  };
  const notAsked = { reason: 'that was not asked', observed: [], isNotAws: false };
  const ofIam = ['unsigned.iam.getRole', 'iam.listRoles'];
  expect(enforcement.doubtAbout('IAM')).toEqual(notAsked);
  expect(await ask()).toEqual(['unsigned.sts.getCallerIdentity', ...ofIam]);
  isSilent = false;
  expect(await ask()).toEqual(['unsigned.sts.getCallerIdentity']);
  expect(await ask()).toEqual([]);
  enforcement.forget();
  expect(enforcement.doubtAbout('IAM')).toEqual(notAsked);
  expect(await ask()).toEqual(['unsigned.sts.getCallerIdentity', ...ofIam]);
});
