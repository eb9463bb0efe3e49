import type { Answer } from '../../lib/aws/answer';
import { AES_256 } from './configs';
import { fakeAws, type Script, type SentCall } from './fake-aws';
import { granted, noAnswer, refusal } from './fake-bucket';
import { always, onKey, RUN_PREFIX, run } from './run';

describe('cleaning up', () => {
  const before = { key: 'backups/2024.gz', versionId: 'kept', body: Buffer.from('kept') };
  const neighbour = { key: `vault-env-verification/another-run/x`, versionId: 'kept', body: Buffer.from('kept') };
  const seeded = (script?: Script, isVersioned = true) => {
    const aws = fakeAws({ config: AES_256, isVersioned, ...(script && { script }) });
    aws.bucket.versions = [before, neighbour];
    return aws;
  };

  test.each<{ name: string; script: Script }>([
    { name: 'nothing goes wrong', script: () => undefined },
    { name: 'a wrongly allowed put succeeds', script: onKey('s3.putObject', '/wrong-key', granted()) },
    {
      name: 'a multipart upload is stuck halfway',
      script: always('s3.completeMultipartUpload', refusal('AccessDenied')),
    },
    { name: 'aborting an upload once fails', script: failOnce('s3.abortMultipartUpload') },
    { name: 'removing versions once fails', script: failOnce('s3.deleteObjects') },
    { name: 'versions cannot be listed', script: always('s3.listObjectVersions', refusal('AccessDenied')) },
    { name: 'uploads cannot be listed', script: always('s3.listMultipartUploads', refusal('AccessDenied')) },
  ])('leaves the bucket as it was when $name', async ({ script }) => {
    const aws = seeded(script);
    const { verification } = await run(aws);
    expect(verification.leftovers).toEqual([]);
    expect(aws.bucket.versions).toEqual([before, neighbour]);
    expect(aws.bucket.uploads).toEqual([]);
  });

  test('removes at once what S3 said it made, and lists to see that nothing is left', async () => {
    const aws = seeded();
    await run(aws);
    const lists = aws.calls.filter(({ input }) => input.Prefix === RUN_PREFIX).map(({ name }) => name);
    expect(lists.sort()).toEqual(['s3.listMultipartUploads', 's3.listObjectVersions']);
    expect(aws.calls.slice(-2).map(({ name }) => name)).toEqual(['s3.deleteObjects', 's3.listObjectVersions']);
  });

  test('leaves a bucket without versions as it was, although versions may not be deleted', async () => {
    const aws = seeded(versionsMayNotBeDeleted, false);
    const { verification } = await run(aws);
    expect(verification.leftovers).toEqual([]);
    expect(aws.bucket.versions).toEqual([before, neighbour]);
  });

  test('names what it could not remove, and why', async () => {
    const aws = seeded(versionsMayNotBeDeleted);
    const { verification } = await run(aws);
    const own = aws.bucket.versions.filter(({ key }) => key.startsWith(RUN_PREFIX));
    expect(own.length).toBeGreaterThan(0);
    expect(new Set(verification.leftovers)).toEqual(
      new Set(
        own.map(({ key, versionId, body }) => ({
          kind: body === undefined ? 'delete-marker' : 'version',
          key,
          versionId,
          reason: 'AccessDenied: No.',
          command:
            `aws s3api delete-object --bucket acme-backup --key ${quoted(key)} --version-id ${versionId} ` +
            '--expected-bucket-owner 111122223333 --region us-east-2',
        })),
      ),
    );
  });

  test('doubts a write that was never answered, where it may not list', async () => {
    const script: Script = (call) =>
      onKey('s3.putObject', '/object-put', noAnswer('ECONNRESET'))(call) ??
      always('s3.listObjectVersions', refusal('AccessDenied'))(call);
    const { verification } = await run(seeded(script));
    expect(verification.leftovers).toMatchObject([
      {
        kind: 'object',
        key: `${RUN_PREFIX}object-put`,
        reason: 'Writing it was not answered, and versions could not be listed (AccessDenied)',
      },
    ]);
  });

  test('doubts a write that was never answered, although the same key was written once more', async () => {
    let puts = 0;
    const isFirst: Script = ({ name, input }) =>
      name === 's3.putObject' && input.Key === `${RUN_PREFIX}object-put` && ++puts === 1
        ? noAnswer('ECONNRESET')
        : undefined;
    const list = always('s3.listObjectVersions', refusal('AccessDenied'));
    const { verification } = await run(seeded((call) => isFirst(call) ?? list(call), false));
    expect(puts).toBeGreaterThan(1);
    expect(verification.leftovers.map(({ key, reason }) => ({ key, reason }))).toEqual([
      {
        key: `${RUN_PREFIX}object-put`,
        reason: 'Writing it was not answered, and versions could not be listed (AccessDenied)',
      },
    ]);
  });

  test('names what it may neither remove nor list', async () => {
    const list = always('s3.listObjectVersions', refusal('AccessDenied'));
    const aws = seeded((call) => versionsMayNotBeDeleted(call) ?? list(call));
    const { verification } = await run(aws);
    const own = aws.bucket.versions.filter(({ key }) => key.startsWith(RUN_PREFIX));
    const named = verification.leftovers.map(({ versionId, reason }) => `${versionId} ${reason}`);
    expect(new Set(named)).toEqual(new Set(own.map(({ versionId }) => `${versionId} AccessDenied: No.`)));
  });

  test('doubts an upload whose beginning was never answered, where it may not list', async () => {
    const key = `${RUN_PREFIX}multipart-abort`;
    const script: Script = (call) =>
      onKey('s3.createMultipartUpload', '/multipart-abort', noAnswer('ECONNRESET'))(call) ??
      always('s3.listMultipartUploads', refusal('AccessDenied'))(call);
    const aws = seeded(script);
    const { verification } = await run(aws);
    expect(aws.calls.filter(({ name, input }) => name === 's3.deleteObject' && input.Key === key)).toEqual([]);
    expect(verification.leftovers).toMatchObject([
      {
        kind: 'upload',
        key,
        reason: 'Beginning it was not answered, and uploads could not be listed (AccessDenied)',
      },
    ]);
  });

  test.each<{ name: string; answer: Answer<unknown> }>([
    { name: 'a host name that is not found', answer: noAnswer('ENOTFOUND') },
    { name: 'a refused connection', answer: noAnswer('ECONNREFUSED') },
    { name: 'a certificate that is not trusted', answer: noAnswer('SELF_SIGNED_CERT_IN_CHAIN') },
    {
      name: 'a connection that was never made',
      answer: {
        ...refusal('TimeoutError'),
        status: undefined,
        message: 'the request socket did not establish a connection',
      },
    },
    { name: 'a redirect to another region', answer: refusal('PermanentRedirect', 301) },
  ])('lists nothing as left behind after $name, which wrote nothing', async ({ answer }) => {
    const aws = seeded(({ name }) => (name.startsWith('s3.') ? answer : undefined));
    const { verification } = await run(aws);
    expect(verification.leftovers).toEqual([]);
    expect(aws.bucket.versions).toEqual([before, neighbour]);
  });

  test('happens when the run is stopped, and untried checks do not pass', async () => {
    const stop = new AbortController();
    const aws = seeded(({ name, input }) => {
      if (name === 's3.uploadPart' && input.PartNumber === 2) stop.abort();
      return undefined;
    });
    const { verification } = await run(aws, { signal: stop.signal, timeoutMs: 60_000, without: [] });
    expect(verification.verdict).toBe('inconclusive');
    expect(verification.checks.at(-1)).toMatchObject({
      id: 'administer-kms',
      result: 'inconclusive',
      detail: 'It was not tried: the run was stopped.',
    });
    expect(verification.leftovers).toEqual([]);
    expect(aws.bucket.versions).toEqual([before, neighbour]);
    expect(aws.bucket.uploads).toEqual([]);
  });

  test('happens when a check has a bug, and the bug is not hidden', async () => {
    const aws = seeded((call) => {
      if (call.name === 's3.getBucketVersioning') throw new TypeError('a bug');
      return undefined;
    });
    await expect(run(aws)).rejects.toThrow(new TypeError('a bug'));
    expect(aws.bucket.versions).toEqual([before, neighbour]);
  });

  const beside = {
    key: 'vault-env-verification-outside/run-00000001',
    reason: 'It was written although it had to be refused',
  };
  const elsewhere = { ...beside, bucket: 'acme-payroll' };
  const version = { kind: 'version', versionId: 'x' } as const;
  const removal = (bucket: string) => ({
    command: `aws s3api delete-object --bucket ${bucket} --key ${beside.key} --version-id x --expected-bucket-owner 111122223333 --region us-east-2`,
  });
  const isPutIn =
    (bucket: string) =>
    ({ name, input }: SentCall) =>
      name === 's3.putObject' && input.Bucket === bucket && input.Key === beside.key;
  const LOCK = { mode: 'GOVERNANCE', retentionDays: 30 } as const;
  const madeOne = granted({ VersionId: 'x' });

  test.each<{
    name: string;
    answer?: Answer<unknown>;
    to?: string;
    list?: Script;
    lock?: typeof LOCK;
    left: readonly object[];
  }>([
    { name: 'beside the prefix', left: [{ ...version, ...beside, ...removal('acme-backup') }] },
    {
      name: 'beside the prefix, where versions cannot be listed',
      list: always('s3.listObjectVersions', refusal('AccessDenied')),
      left: [{ ...version, ...beside, ...removal('acme-backup') }],
    },
    { name: 'beside the prefix, under Object Lock', lock: LOCK, left: [{ ...version, ...beside }] },
    {
      name: 'into another bucket',
      to: 'acme-payroll',
      left: [{ ...version, ...elsewhere, ...removal('acme-payroll') }],
    },
    {
      name: 'into another bucket, which the lock of the own one is not about',
      to: 'acme-payroll',
      lock: LOCK,
      left: [{ ...version, ...elsewhere, ...removal('acme-payroll') }],
    },
    {
      name: 'into another bucket without versions',
      to: 'acme-payroll',
      answer: granted(),
      left: [
        {
          kind: 'object',
          ...elsewhere,
          command: expect.stringContaining('aws s3api delete-objects --bucket acme-payroll '),
        },
      ],
    },
    { name: 'into another bucket, without an answer', to: 'acme-payroll', answer: noAnswer('ECONNRESET'), left: [] },
  ])(
    'names what was wrongly put $name, and deletes nothing there',
    async ({ answer = madeOne, to = 'acme-backup', list, lock, left }) => {
      const aws = seeded((call) => (isPutIn(to)(call) ? answer : list?.(call)));
      const act = to === 'acme-backup' ? ('other-prefix' as const) : ('other-bucket' as const);
      const permissions = { ...AES_256.permissions, forbidden: [act] };
      const config = { ...AES_256, permissions, aws: { ...AES_256.aws, ...(lock && { objectLock: lock }) } };
      const { verification } = await run(aws, { config });
      expect(verification.leftovers).toEqual(left);
      expect(aws.bucket.versions).toEqual([before, neighbour]);
    },
  );

  test('names uploads that it could not abort', async () => {
    const { verification } = await run(seeded(always('s3.abortMultipartUpload', refusal('AccessDenied'))));
    expect(verification.leftovers).toEqual([
      {
        kind: 'upload',
        key: `${RUN_PREFIX}multipart-abort`,
        uploadId: expect.any(String),
        reason: 'AccessDenied: AccessDenied.',
        command: expect.stringMatching(
          /^aws s3api abort-multipart-upload --bucket acme-backup --key \S+ --upload-id id-/,
        ),
      },
    ]);
  });

  test('touches no key outside the prefix of the run, apart from an unused one and headers of backups', async () => {
    const aws = seeded();
    await run(aws);
    const isHeaders = (name: string, key: unknown) => name === 's3.headObject' && key === before.key;
    const keys = aws.calls.flatMap(({ name, input }) => (isHeaders(name, input.Key) ? [] : (input.Key ?? [])));
    expect(keys.length).toBeGreaterThan(20);
    const others = keys.filter((key) => !String(key).startsWith(RUN_PREFIX));
    expect(new Set(others)).toEqual(new Set(['vault-env-verification-outside/run-00000001']));
  });
});

/** S3 answers a batch with the error of each key. */
const versionsMayNotBeDeleted: Script = ({ name, input }) => {
  if (name === 's3.deleteObject' && 'VersionId' in input) return refusal('AccessDenied');
  const { Objects = [] } = (input.Delete ?? {}) as { Objects?: readonly { VersionId?: string }[] };
  if (name !== 's3.deleteObjects' || Objects[0]?.VersionId === undefined) return undefined;
  return granted({ Errors: Objects.map((one) => ({ ...one, Code: 'AccessDenied', Message: 'No.' })) });
};

/** As a POSIX shell reads it as one word. */
function quoted(text: string): string {
  return /^[\w./:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function failOnce(name: string): Script {
  let isDone = false;
  return (call) => {
    if (call.name !== name || isDone) return undefined;
    isDone = true;
    return refusal('InternalError', 500);
  };
}
