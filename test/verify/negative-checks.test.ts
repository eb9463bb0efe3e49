import type { Answer } from '../../lib/aws/answer';
import { FORBIDDEN } from '../../lib/backup-environment/schema';
import { NEGATIVE_CHECKS } from '../../lib/verify/checks';
import { AES_256 } from './configs';
import { fakeAws, type Script } from './fake-aws';
import { granted, noAnswer, refusal } from './fake-bucket';
import { always, onKey, resultOf, run } from './run';

/** The calls of each negative check, and the codes that mean that a call was allowed. */
const DENIALS: readonly { id: string; name: string; allowed?: string; key?: string }[] = [
  { id: 'plain-http', name: 'http.getObject' },
  { id: 'plain-http', name: 'http.putObject' },
  { id: 'wrong-encryption-header', name: 's3.putObject', key: '/wrong-encryption-header' },
  { id: 'wrong-key', name: 's3.putObject', key: '/wrong-key', allowed: 'KMS.NotFoundException' },
  { id: 'customer-provided-key', name: 's3.putObject', key: '/customer-provided-key' },
  { id: 'object-acl', name: 's3.putObjectAcl', allowed: 'AccessControlListNotSupported' },
  { id: 'direct-key-use', name: 'kms.generateDataKey', allowed: 'DryRunOperationException' },
  { id: 'direct-key-use', name: 'kms.decrypt', allowed: 'DryRunOperationException' },
  { id: 'other-bucket', name: 's3.listObjectsV2', key: 'undefined' },
  { id: 'read-bucket-policy', name: 's3.getBucketPolicy', allowed: 'NoSuchBucketPolicy' },
  { id: 'change-bucket-policy', name: 's3.putBucketPolicy', allowed: 'MalformedPolicy' },
  { id: 'administer-iam', name: 'iam.getRole', allowed: 'NoSuchEntity' },
  { id: 'administer-iam', name: 'iam.attachRolePolicy', allowed: 'NoSuchEntity' },
  { id: 'administer-kms', name: 'kms.getKeyPolicy' },
  { id: 'administer-kms', name: 'kms.putKeyPolicy', allowed: 'MalformedPolicyDocumentException' },
];

describe('negative checks', () => {
  const answering =
    ({ id, name, key }: (typeof DENIALS)[number], answer: Answer<unknown>): Script =>
    (call) => {
      const isMeant =
        id === 'other-bucket'
          ? call.input.Bucket === 'acme-payroll'
          : key === undefined || String(call.input.Key).endsWith(key);
      return call.name === name && isMeant ? answer : undefined;
    };

  test('are one for each id that a config may forbid', () => {
    expect(NEGATIVE_CHECKS.map(({ id }) => id).sort()).toEqual([...FORBIDDEN].sort());
    expect(new Set(DENIALS.map(({ id }) => id)).size).toBe(FORBIDDEN.length);
  });

  test.each(DENIALS)('$id fails when $name succeeds', async (denial) => {
    const { result, detail } = await resultOf(denial.id, answering(denial, granted()));
    expect(result).toBe('fail');
    expect(detail).toContain('was allowed');
  });

  test.each(DENIALS.filter(({ allowed }) => allowed !== undefined))(
    '$id fails when $name answers $allowed',
    async (denial) => {
      const { result, detail } = await resultOf(denial.id, answering(denial, refusal(denial.allowed ?? '', 400)));
      expect(result).toBe('fail');
      expect(detail).toContain(`was allowed: AWS answers ${denial.allowed}`);
    },
  );

  test.each(DENIALS)('$id is inconclusive when $name times out', async (denial) => {
    const { result, detail } = await resultOf(denial.id, answering(denial, noAnswer('TimeoutError')));
    expect(result).toBe('inconclusive');
    expect(detail).toContain('TimeoutError');
  });

  test('do not take the refusal of one service for that of another', async () => {
    expect(await resultOf('direct-key-use', always('kms.decrypt', refusal('AccessDenied')))).toMatchObject({
      result: 'inconclusive',
    });
  });

  test('try nothing over HTTP when the object before it could not be put', async () => {
    expect(
      await resultOf('plain-http', onKey('s3.putObject', 'plain-http/get', refusal('AccessDenied'))),
    ).toMatchObject({
      result: 'inconclusive',
    });
  });

  test('list keys where the environment has none of its own', async () => {
    const denial = { id: 'administer-kms', name: 'kms.listKeys' };
    expect(await resultOf('administer-kms', answering(denial, granted()), AES_256)).toMatchObject({
      result: 'fail',
    });
  });

  test.each([
    { name: 'no other bucket is named', otherBucket: undefined, detail: /--other-bucket/ },
    { name: 'the other bucket does not exist', otherBucket: 'gone', detail: /'gone' does not exist.*'otherBucket'/ },
  ])('other-bucket is inconclusive when $name', async ({ otherBucket, detail }) => {
    const { otherBucket: _, ...permissions } = AES_256.permissions;
    const config = { ...AES_256, permissions };
    const script: Script = ({ input }) => (input.Bucket === 'gone' ? refusal('NoSuchBucket', 404) : undefined);
    const { verification } = await run(fakeAws({ config, script }), { config, ...(otherBucket && { otherBucket }) });
    const check = verification.checks.find((one) => one.id === 'other-bucket');
    expect(check?.result).toBe('inconclusive');
    expect(check?.detail).toMatch(detail);
    expect(verification.verdict).toBe('inconclusive');
  });

  test('prefer the bucket of the caller to that of the config', async () => {
    const aws = fakeAws({ config: AES_256 });
    await run(aws, { otherBucket: 'named-by-caller' });
    const buckets = new Set(aws.calls.map((call) => call.input.Bucket));
    expect([...buckets].filter((one) => one !== undefined).sort()).toEqual(['acme-backup', 'named-by-caller']);
  });

  test('do not take the bucket of the environment for another', async () => {
    const aws = fakeAws({ config: AES_256 });
    await expect(run(aws, { otherBucket: 'acme-backup' })).rejects.toMatchObject({ code: 'OwnBucketAsOther' });
    expect(aws.calls).toEqual([]);
  });

  test('refuse an id that nobody knows', async () => {
    const permissions = { ...AES_256.permissions, forbidden: ['plain-http', 'fly-to-the-moon'] as never };
    const config = { ...AES_256, permissions };
    await expect(run(fakeAws({ config }), { config })).rejects.toMatchObject({
      code: 'UnknownCheck',
      message: expect.stringContaining('got: fly-to-the-moon'),
    });
  });
});
