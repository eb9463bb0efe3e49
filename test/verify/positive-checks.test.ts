import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import type { HostCertificate } from '../../lib/verify/check-kit/check';
import { allBut } from './all-but';
import { AES_256, AWS_KMS, SESSION_ARN } from './configs';
import { fakeAws, type Script } from './fake-aws';
import { granted, noAnswer, refusal } from './fake-bucket';
import { always, onKey, onSample, resultOf, run } from './run';

const PREFIX = SESSION_ARN.slice(0, SESSION_ARN.lastIndexOf('/') + 1);

/** HEAD says nothing but the status, GET says why. */
const unreadable =
  (ending: string): Script =>
  (call) =>
    onKey('s3.headObject', ending, refusal('Http403'))(call) ??
    onKey('s3.getObject', ending, refusal('AccessDenied'))(call);

describe('the certificate of a session', () => {
  const config: BackupEnvironment = {
    ...AES_256,
    host: {
      kind: 'on-premises',
      trustAnchorArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/0f5c',
      profileArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:profile/1a2b',
      certificate: { subject: { CN: ['vault-1.acme.example'] }, issuer: { CN: 'Acme Issuing CA' } },
      sessionSeconds: 3600,
      helper: 'process',
      revocation: 'crl',
    },
  };
  const file = '/etc/vault-backup/certificate.pem';
  const inFile = { file, serialNumber: '0a1b', commonName: 'vault-1.acme.example', issuer: 'Acme Issuing CA' };
  const identified = async (session: string, hostCertificate?: HostCertificate) => {
    const script = always('sts.getCallerIdentity', granted({ Arn: `${PREFIX}${session}` }));
    const options = { config, without: allBut('role-identity'), ...(hostCertificate && { hostCertificate }) };
    const { checks } = (await run(fakeAws({ config, script }), options)).verification;
    const [check] = checks;
    return { result: check?.result, told: check?.detail.replace(`The caller is ${PREFIX}${session}: `, ''), check };
  };

  test.each<{ is: string; session?: string; inFile?: HostCertificate; result: 'pass' | 'fail'; told: string }>([
    {
      is: 'one that the config names',
      inFile,
      result: 'pass',
      told: 'its certificate has the serial number a1b and is that of vault-1.acme.example, issued by Acme Issuing CA, as the config names it.',
    },
    {
      is: 'not readable',
      result: 'pass',
      told: 'its certificate has the serial number a1b, and this process cannot read its file.',
    },
    {
      is: 'renewed',
      inFile: { ...inFile, serialNumber: 'ff00' },
      result: 'pass',
      told: `its certificate has the serial number a1b; that in ${file} has ff00, and is used from the next session on.`,
    },
    {
      is: 'that of another host',
      inFile: { ...inFile, commonName: 'laptop' },
      result: 'fail',
      told: 'its certificate has the serial number a1b and is that of laptop, issued by Acme Issuing CA; the config names vault-1.acme.example.',
    },
    {
      is: 'that of another issuer',
      inFile: { ...inFile, issuer: 'Other CA' },
      result: 'fail',
      told: 'its certificate has the serial number a1b and is that of vault-1.acme.example, issued by Other CA; the config names the issuer Acme Issuing CA.',
    },
    {
      is: 'not behind the session',
      session: 'eve@acme.example',
      result: 'fail',
      told: 'its session is named eve@acme.example, which is no serial number of a certificate.',
    },
  ])('that is $is is told: $result', async ({ session = 'a1b', inFile: given, result, told }) => {
    const found = await identified(session, given);
    expect({ result: found.result, told: found.told }).toEqual({ result, told });
    expect(found.check?.diagnoses?.[0]?.fix).toEqual(
      result === 'pass' ? undefined : expect.stringMatching(/^verify --as operator compares both/),
    );
  });
});

describe('positive checks', () => {
  const missing = refusal('AccessDenied');
  test.each<{ id: string; when: string; script: Script }>([
    { id: 'role-identity', when: 'STS refuses', script: always('sts.getCallerIdentity', missing) },
    {
      id: 'role-identity',
      when: 'it is another role of the account',
      script: always('sts.getCallerIdentity', granted({ Arn: SESSION_ARN.replace('acme-vault', 'acme') })),
    },
    {
      id: 'role-identity',
      when: 'it is the role of another account',
      script: always('sts.getCallerIdentity', granted({ Arn: SESSION_ARN.replace('1111', '9999') })),
    },
    {
      id: 'bucket-region',
      when: 'the bucket is gone',
      script: always('s3.getBucketLocation', refusal('NoSuchBucket', 404)),
    },
    {
      id: 'bucket-region',
      when: 'the bucket is in us-east-1',
      script: always('s3.getBucketLocation', granted()),
    },
    { id: 'object-put', when: 'writing is refused', script: onSample('s3.putObject', missing) },
    { id: 'object-get', when: 'reading is refused', script: onSample('s3.getObject', missing) },
    {
      id: 'object-get',
      when: 'other bytes are read',
      script: onSample('s3.getObject', granted({ Body: Buffer.from('?') })),
    },
    { id: 'object-head', when: 'metadata is refused', script: unreadable('/object-put') },
    {
      id: 'object-head',
      when: 'the size differs',
      script: onSample('s3.headObject', granted({ ContentLength: 1 })),
    },
    { id: 'object-list', when: 'listing is refused', script: always('s3.listObjectsV2', missing) },
    { id: 'object-list', when: 'the key is left out', script: always('s3.listObjectsV2', granted()) },
    { id: 'object-delete', when: 'deleting is refused', script: onKey('s3.deleteObject', '/object-delete', missing) },
    {
      id: 'object-delete',
      when: 'the object stays',
      script: onKey('s3.headObject', '/object-delete', granted({ ContentLength: 1 })),
    },
    {
      id: 'multipart-upload',
      when: 'no upload may begin',
      script: onKey('s3.createMultipartUpload', 'upload', missing),
    },
    { id: 'multipart-upload', when: 'a part is refused', script: onKey('s3.uploadPart', 'multipart-upload', missing) },
    {
      id: 'multipart-upload',
      when: 'joining is refused, as it is without kms:Decrypt',
      script: onKey('s3.completeMultipartUpload', 'multipart-upload', missing),
    },
    { id: 'multipart-upload', when: 'reading is refused', script: onKey('s3.getObject', 'multipart-upload', missing) },
    {
      id: 'multipart-upload',
      when: 'a part is missing',
      script: onKey('s3.getObject', 'multipart-upload', granted({ Body: Buffer.alloc(5 * 1024 * 1024) })),
    },
    { id: 'multipart-abort', when: 'parts may not be listed', script: always('s3.listParts', missing) },
    { id: 'multipart-abort', when: 'uploads may not be listed', script: always('s3.listMultipartUploads', missing) },
    {
      id: 'multipart-abort',
      when: 'the list leaves it out',
      script: always('s3.listMultipartUploads', granted()),
    },
    { id: 'multipart-abort', when: 'aborting is refused', script: always('s3.abortMultipartUpload', missing) },
    { id: 'versioning-state', when: 'it may not be read', script: always('s3.getBucketVersioning', missing) },
    {
      id: 'versioning-state',
      when: 'it is suspended',
      script: always('s3.getBucketVersioning', granted({ Status: 'Suspended' })),
    },
    { id: 'versioning-state', when: 'it was never on', script: always('s3.getBucketVersioning', granted()) },
    { id: 'version-list', when: 'versions may not be listed', script: always('s3.listObjectVersions', missing) },
    {
      id: 'version-list',
      when: 'the version is left out',
      script: always('s3.listObjectVersions', granted()),
    },
    {
      id: 'object-encryption',
      when: 'metadata is refused',
      script: unreadable('/object-put'),
    },
    {
      id: 'object-encryption',
      when: 'the multipart object has another algorithm',
      script: onKey('s3.headObject', '/multipart-upload', granted({ ServerSideEncryption: 'AES256' })),
    },
    {
      id: 'object-encryption',
      when: 'the simple object has another key',
      script: onSample(
        's3.headObject',
        granted({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'arn:aws:kms:other', BucketKeyEnabled: true }),
      ),
    },
    {
      id: 'object-encryption',
      when: 'bucket keys are off',
      script: always('s3.headObject', granted({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: AWS_KMS.aws.keyArn })),
    },
  ])('$id fails when $when', async ({ id, script }) => {
    expect(await resultOf(id, script)).toMatchObject({ result: 'fail' });
  });

  test.each<{ id: string; when: string; script: Script }>([
    {
      id: 'role-identity',
      when: 'STS cannot be reached',
      script: always('sts.getCallerIdentity', noAnswer('ECONNREFUSED')),
    },
    {
      id: 'object-put',
      when: 'S3 has a fault',
      script: onSample('s3.putObject', refusal('InternalError', 500)),
    },
    {
      id: 'object-put',
      when: 'the clock is off',
      script: onSample('s3.putObject', refusal('RequestTimeTooSkewed')),
    },
    {
      id: 'object-put',
      when: 'S3 asks to slow down',
      script: onSample('s3.putObject', refusal('SlowDown', 503)),
    },
    {
      id: 'object-get',
      when: 'the object for it could not be put',
      script: onSample('s3.putObject', refusal('AccessDenied')),
    },
    {
      id: 'object-encryption',
      when: 'the upload for it failed',
      script: onKey('s3.uploadPart', '/multipart-upload', refusal('AccessDenied')),
    },
    {
      id: 'object-head',
      when: 'it is refused without a reason, and the object can be read',
      script: onSample('s3.headObject', refusal('Http403')),
    },
    {
      id: 'bucket-region',
      when: 'the answer never came',
      script: always('s3.getBucketLocation', noAnswer('TimeoutError')),
    },
  ])('$id is inconclusive when $when', async ({ id, script }) => {
    expect(await resultOf(id, script)).toMatchObject({ result: 'inconclusive' });
  });

  test('are left out where the config does not grant what they need', async () => {
    const config = {
      ...AES_256,
      permissions: {
        ...AES_256.permissions,
        allowed: [
          { action: 's3:PutObject', resource: `${AES_256.aws.bucketArn}/*` },
          { action: 's3:GetObjectTagging', resource: `${AES_256.aws.bucketArn}/*` },
        ],
      },
    };
    const { verification } = await run(fakeAws({ config }), { config });
    const positives = verification.checks.filter((one) => one.kind === 'positive').map((one) => one.id);
    expect(positives).toEqual(['role-identity', 'object-put']);
    expect(verification.notExercised).toEqual(['s3:GetObjectTagging']);
  });

  test('are tried again until a grant has arrived', async () => {
    let refusals = 3;
    const script: Script = ({ name, input }) =>
      name === 's3.putObject' && String(input.Key).endsWith('/object-put') && refusals-- > 0
        ? refusal('AccessDenied')
        : undefined;
    const { verification, waits } = await run(fakeAws({ config: AES_256, script }), { timeoutMs: 60_000 });
    expect(waits).toEqual([1000, 2000, 4000]);
    expect(verification.verdict).toBe('pass');
    expect(verification.checks.find((one) => one.id === 'object-put')).toMatchObject({ result: 'pass', attempts: 5 });
    expect(verification.checks.find((one) => one.id === 'object-get')).toMatchObject({ attempts: 5 });
    expect(verification.checks.find((one) => one.id === 'object-delete')).toMatchObject({ attempts: 2 });
  });

  test('fail for good when the time is over, and the negative checks still run', async () => {
    const script = onSample('s3.getObject', refusal('AccessDenied'));
    const { verification, waits } = await run(fakeAws({ config: AES_256, script }), { timeoutMs: 10_000 });
    expect(waits).toEqual([1000, 2000, 4000]);
    expect(verification.verdict).toBe('fail');
    expect(verification.counts).toMatchObject({ fail: 1, inconclusive: 0 });
    expect(verification.checks.at(-1)?.id).toBe('administer-kms');
  });

  test('do not wait for an identity to change', async () => {
    const script = always('sts.getCallerIdentity', granted({ Arn: 'arn:aws:sts::111122223333:assumed-role/x/y' }));
    const { waits } = await run(fakeAws({ config: AES_256, script }), { timeoutMs: 60_000 });
    expect(waits).toEqual([]);
  });
});

test.each([
  { LocationConstraint: undefined, region: 'us-east-1' },
  { LocationConstraint: '', region: 'us-east-1' },
  { LocationConstraint: 'EU', region: 'eu-west-1' },
])("takes the location '$LocationConstraint' of a bucket for $region", async ({ LocationConstraint, region }) => {
  const config = { ...AES_256, aws: { ...AES_256.aws, region } };
  const script = always('s3.getBucketLocation', granted({ LocationConstraint }));
  expect(await resultOf('bucket-region', script, config)).toMatchObject({ result: 'pass' });
});
