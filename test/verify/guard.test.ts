import { createHash } from 'node:crypto';
import type { Answer, Refused } from '../../lib/aws/answer';
import { guardS3 } from '../../lib/verify/guard/guard';
import {
  CONFIGURATION_RULES,
  type GuardedInput,
  type GuardScope,
  IAM_RULES,
  KMS_RULES,
  type Rule,
  S3_RULES,
  STS_RULES,
  WRONG_SIGNATURE_RULES,
} from '../../lib/verify/guard/guard-rules';
import {
  ETAG_OF_NO_OBJECT,
  MD5_OF_NO_BYTES,
  missingPolicyName,
  NO_RIGHTS,
  NOT_A_POLICY,
} from '../../lib/verify/guard/harmless';
import { createJournal } from '../../lib/verify/guard/journal';
import { isCertainlyNotWritten } from '../../lib/verify/guard/not-written';
import { createRunScope } from '../../lib/verify/guard/run-scope';
import { AES_256 } from './configs';
import { fakeAws } from './fake-aws';
import { noAnswer, refusal } from './fake-bucket';
import { run } from './run';

const scopeOptions = (runId: string) => ({
  bucket: 'acme-backup',
  account: '111122223333',
  verificationPrefix: 'vault-env-verification/',
  runId,
});

const scope = createRunScope(scopeOptions('run-00000001'));
const Bucket = 'acme-backup';

describe('the guard', () => {
  const aws = fakeAws({ config: AES_256 });
  const s3 = guardS3(aws.s3, { scope, journal: createJournal() });

  test.each<{ name: string; call: () => Promise<unknown> }>([
    {
      name: 'a key outside the prefix',
      call: () => s3.putObject({ Bucket, Key: 'vault-env-verification/run-00000001' }),
    },
    {
      name: 'a key of another run',
      call: () => s3.deleteObject({ Bucket, Key: 'vault-env-verification/run-00000002/x' }),
    },
    { name: 'the prefix itself as a key', call: () => s3.putObject({ Bucket, Key: scope.prefix }) },
    { name: 'a backup', call: () => s3.deleteObject({ Bucket, Key: 'backups/2024.gz', VersionId: '1' }) },
    { name: 'reading a backup', call: () => s3.getObject({ Bucket, Key: 'backups/2024.gz' }) },
    { name: 'a key of the run in another bucket', call: () => s3.putObject({ Bucket: 'b', Key: `${scope.prefix}x` }) },
    { name: 'listing the whole bucket', call: () => s3.listObjectVersions({ Bucket }) },
    { name: 'listing the uploads of others', call: () => s3.listMultipartUploads({ Bucket, Prefix: '' }) },
    { name: 'listing more of another bucket', call: () => s3.listObjectsV2({ Bucket: 'b', MaxKeys: 1000 }) },
    { name: 'a bucket policy that could take effect', call: () => s3.putBucketPolicy({ Bucket, Policy: '{}' }) },
    {
      name: 'the policy of another bucket',
      call: () => s3.putBucketPolicy({ Bucket: 'b', Policy: NOT_A_POLICY }),
    },
  ])('throws at $name, before anything is sent', async ({ call }) => {
    await expect(call()).rejects.toThrow(
      "must do no damage and stay below 'acme-backup/vault-env-verification/run-00000001/'",
    );
    expect(aws.calls).toEqual([]);
  });

  test.each([
    { name: 'key', call: () => s3.getObject({ Bucket: 'b', Key: 'x' }), got: "'getObject' .*, got: b/x" },
    {
      name: 'prefix',
      call: () => s3.listObjectVersions({ Bucket, Prefix: 'x' }),
      got: "sions' .*, got: acme-backup/x",
    },
    { name: 'bucket', call: () => s3.getBucketPolicy({ Bucket: 'b' }), got: "'getBucketPolicy' .*, got: b" },
  ])('names the $name of a call that it throws at', async ({ call, got }) => {
    await expect(call()).rejects.toThrow(new RegExp(`${got}$`));
  });

  test('hands the signal of the run to each call', async () => {
    const calls = fakeAws({ config: AES_256 }).s3;
    const stopped = guardS3(calls, { scope, journal: createJournal(), signal: AbortSignal.abort() });
    expect(await stopped.getBucketLocation({ Bucket })).toMatchObject({ code: 'AbortError' });
  });

  test('names the owner in each call to the own bucket, and in no other', async () => {
    const asked = fakeAws({ config: AES_256 });
    await run(asked);
    const owners = asked.calls.map(({ input }) => `${input.Bucket}: ${input.ExpectedBucketOwner}`);
    expect(new Set(owners)).toEqual(
      new Set(['acme-backup: 111122223333', 'acme-payroll: undefined', 'undefined: undefined']),
    );
  });

  test.each(['', '../../backups', 'short', 'a/b-c-d-e-f', 'run-00000001/../../backups'])(
    "rejects the run id '%s'",
    (runId) => {
      expect(() => createRunScope(scopeOptions(runId))).toThrow("'runId' must be");
    },
  );
});

const OWN = `${scope.prefix}x`;
const FROM_OWN = `${Bucket}/${OWN}`;
const BACKUP = 'backups/2024.gz';
const ELSEWHERE = { Bucket: 'acme-payroll' };
const NOT_OWN_KEYS = [{ Key: undefined }, { Key: BACKUP }, { Key: scope.prefix }];
/** The scope of cleaning, which has no key that nobody uses. */
const { unusedKey, ...withoutUnusedKey } = scope;

interface Row {
  readonly rule: string;
  readonly admits: Rule;
  readonly input: GuardedInput;
  /** Changes of the input, each of which is too much. */
  readonly unless: readonly GuardedInput[];
  readonly within?: GuardScope;
}

type Rules = Readonly<Record<string, Rule>>;
const each = (rules: Rules, row: Omit<Row, 'rule' | 'admits'>): readonly Row[] =>
  Object.entries(rules).map(([rule, admits]) => ({ rule, admits, ...row }));

const { putObjectRetention, ...ofBucket } = CONFIGURATION_RULES;
const { getBucketLocation, getBucketPolicy, getBucketVersioning } = S3_RULES;
const { listMultipartUploads, listObjectVersions, listObjectsV2 } = S3_RULES;
const { abortMultipartUpload, completeMultipartUpload, createMultipartUpload, listParts, uploadPart } = S3_RULES;
const { deleteObject, deleteObjects, copyObject, getObject, headObject, putObject } = S3_RULES;
const { putObjectAcl, putObjectTagging } = S3_RULES;
const parts = { abortMultipartUpload, completeMultipartUpload, createMultipartUpload, listParts, uploadPart };
const writes = { ...parts, deleteObject, headObject, putObject, putObjectAcl, putObjectRetention, putObjectTagging };
const { createGrant, decrypt, encrypt, generateDataKey, putKeyPolicy } = KMS_RULES;
const { attachRolePolicy, listRoles, putRolePolicy, updateAssumeRolePolicy } = IAM_RULES;
const { s3: unsigned, kms: unsignedKms, s3Elsewhere } = WRONG_SIGNATURE_RULES;

const ROWS: readonly Row[] = [
  ...each(writes, { input: { Bucket, Key: OWN }, unless: [ELSEWHERE, ...NOT_OWN_KEYS, { Key: unusedKey }] }),
  ...each({ getObject }, { input: { Bucket, Key: OWN }, unless: [ELSEWHERE, ...NOT_OWN_KEYS] }),
  ...each({ getObject }, { input: { Bucket, Key: OWN }, unless: NOT_OWN_KEYS, within: withoutUnusedKey }),
  ...each({ getObject }, { input: { ...ELSEWHERE, Key: unusedKey }, unless: NOT_OWN_KEYS }),
  ...each(
    { deleteObject },
    {
      input: { Bucket, Key: unusedKey, VersionId: 'null' },
      unless: [
        ELSEWHERE,
        ...NOT_OWN_KEYS,
        { VersionId: undefined },
        { VersionId: 'v1' },
        { BypassGovernanceRetention: true },
      ],
    },
  ),
  ...each(
    { deleteObjects },
    {
      input: { Bucket, Delete: { Objects: [{ Key: OWN }, { Key: `${OWN}2` }] } },
      unless: [ELSEWHERE, ...NOT_OWN_KEYS.map((other) => ({ Delete: { Objects: [{ Key: OWN }, other] } }))],
    },
  ),
  ...each(
    { putObject },
    {
      input: { ...ELSEWHERE, Key: unusedKey, ContentMD5: MD5_OF_NO_BYTES, Body: Buffer.from('x') },
      unless: [
        ...NOT_OWN_KEYS,
        { ContentMD5: undefined },
        { ContentMD5: 'another' },
        { Body: Buffer.alloc(0) },
        { Body: '' },
      ],
    },
  ),
  ...each(
    { copyObject },
    {
      input: { Bucket, Key: OWN, CopySource: FROM_OWN },
      unless: [
        ELSEWHERE,
        ...NOT_OWN_KEYS,
        { CopySource: undefined },
        { CopySource: `${Bucket}/${BACKUP}` },
        { CopySource: `acme-payroll/${OWN}` },
      ],
    },
  ),
  ...each(
    { copyObject },
    {
      input: { Bucket, Key: OWN, CopySource: `acme-payroll/${unusedKey}` },
      unless: [ELSEWHERE, ...NOT_OWN_KEYS, { CopySource: `acme-payroll/${BACKUP}` }],
    },
  ),
  ...each(
    { copyObject },
    {
      input: { ...ELSEWHERE, Key: unusedKey, CopySource: FROM_OWN, CopySourceIfMatch: ETAG_OF_NO_OBJECT },
      unless: [
        ...NOT_OWN_KEYS,
        { CopySourceIfMatch: undefined },
        { CopySourceIfMatch: '"another"' },
        { CopySource: `${Bucket}/${BACKUP}` },
      ],
    },
  ),
  ...each(
    { getBucketLocation, getBucketPolicy, getBucketVersioning, ...ofBucket },
    { input: { Bucket }, unless: [ELSEWHERE, { Bucket: undefined }] },
  ),
  ...each(
    { listMultipartUploads, listObjectVersions, listObjectsV2, wronglySigned: unsigned.listObjectsV2 },
    {
      input: { Bucket, Prefix: scope.prefix },
      unless: [ELSEWHERE, { Prefix: undefined }, { Prefix: '' }, { Prefix: 'vault-env-verification/' }],
    },
  ),
  ...each({ listObjectsV2 }, { input: { ...ELSEWHERE, MaxKeys: 1 }, unless: [{ MaxKeys: undefined }, { MaxKeys: 2 }] }),
  ...each(
    { listObjectsV2 },
    {
      input: { Bucket, MaxKeys: 1, Prefix: unusedKey },
      unless: [{ MaxKeys: 2 }, { Prefix: undefined }, { Prefix: 'backups/' }],
    },
  ),
  ...each(
    { listObjectsV2 },
    {
      input: { Bucket, MaxKeys: 1, Prefix: OWN },
      unless: [{ Prefix: undefined }, { Prefix: 'backups/' }],
      within: withoutUnusedKey,
    },
  ),
  ...each(
    { listBuckets: S3_RULES.listBuckets, wronglySigned: s3Elsewhere.listBuckets },
    { input: { MaxBuckets: 1 }, unless: [{ MaxBuckets: undefined }, { MaxBuckets: 2 }] },
  ),
  ...each(
    { putBucketPolicy: S3_RULES.putBucketPolicy },
    { input: { Bucket, Policy: NOT_A_POLICY }, unless: [ELSEWHERE, { Policy: '{}' }, { Policy: undefined }] },
  ),
  ...each(
    { createGrant, decrypt, encrypt, generateDataKey },
    { input: { DryRun: true }, unless: [{ DryRun: false }, { DryRun: undefined }] },
  ),
  ...[0, 1].flatMap((Limit) =>
    each(
      { listKeys: KMS_RULES.listKeys, wronglySigned: unsignedKms.listKeys },
      { input: { Limit }, unless: [{ Limit: 2 }, { Limit: undefined }] },
    ),
  ),
  ...each({ putKeyPolicy }, { input: { Policy: NOT_A_POLICY }, unless: [{ Policy: '{}' }, { Policy: undefined }] }),
  ...each(
    { attachRolePolicy },
    {
      input: { PolicyArn: `arn:aws:iam::111122223333:policy/${missingPolicyName('run-00000001')}` },
      unless: [{ PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }, { PolicyArn: undefined }],
    },
  ),
  ...each({ listRoles }, { input: { MaxItems: 0 }, unless: [{ MaxItems: 1 }, { MaxItems: undefined }] }),
  ...each(
    { putRolePolicy, updateAssumeRolePolicy },
    { input: { PolicyDocument: NOT_A_POLICY }, unless: [{ PolicyDocument: '{}' }, { PolicyDocument: undefined }] },
  ),
  ...each(
    { assumeRole: STS_RULES.assumeRole },
    {
      input: { Policy: NO_RIGHTS, DurationSeconds: 900 },
      unless: [{ Policy: undefined }, { DurationSeconds: 3600 }, { DurationSeconds: undefined }],
    },
  ),
];

test.each(ROWS)('$rule is sent with $input, and not with more', ({ admits, input, unless, within = scope }) => {
  const admitted = [{}, ...unless].filter((change) => admits({ ...input, ...change }, within));
  expect(admitted).toEqual([{}]);
});

test('what is sent in place of a document, a policy or a digest can be none', () => {
  expect(() => JSON.parse(NOT_A_POLICY)).toThrow(SyntaxError);
  expect(MD5_OF_NO_BYTES).toBe(createHash('md5').digest('base64'));
  expect(JSON.parse(NO_RIGHTS)).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
  });
});

const timedOut = (message: string) => ({ ...noAnswer('TimeoutError'), message }) as Refused;

test.each<{ when: string; answers: readonly Answer<never>[]; is: boolean }>([
  {
    when: 'it was never sent',
    answers: [
      'CERT_HAS_EXPIRED',
      'CERT_NOT_YET_VALID',
      'CredentialsProviderError',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'EAI_AGAIN',
      'EAI_FAIL',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ].map(noAnswer),
    is: true,
  },
  { when: 'no connection was made', answers: [timedOut('connect ETIMEDOUT 192.0.2.1:443')], is: true },
  { when: 'a connection broke', answers: ['ECONNRESET', 'EPIPE', 'AbortError'].map(noAnswer), is: false },
  { when: 'a connection was silent', answers: [timedOut('read ETIMEDOUT, then connect ETIMEDOUT')], is: false },
  { when: 'it was redirected or refused', answers: [300, 499].map((status) => refusal('No', status)), is: true },
  { when: 'the service had a fault', answers: [500, 503].map((status) => refusal('Fault', status)), is: false },
  { when: 'it worked and could not be read', answers: [200, 299].map((status) => refusal('Odd', status)), is: false },
])('it is certain that nothing was written where $when: $is', ({ answers, is }) => {
  expect(answers.filter((answer) => isCertainlyNotWritten(answer as Refused) !== is)).toEqual([]);
});
