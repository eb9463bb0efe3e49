import type { Answer } from '../../lib/aws/answer';
import { FORBIDDEN } from '../../lib/backup-environment/schema';
import { NEGATIVE_CHECKS } from '../../lib/verify/checks';
import { allBut } from './all-but';
import { AES_256, AWS_KMS } from './configs';
import { type FakeAws, fakeAws, type Script, type SentCall } from './fake-aws';
import { granted, noAnswer, refusal } from './fake-bucket';
import { always, onSample, probeOf, resultOf, run } from './run';

type Input = SentCall['input'];

interface Denial {
  readonly id: string;
  readonly name: string;
  /** A code that means that the call was allowed. */
  readonly allowed?: string;
  /** Which of the calls of that name it is. @default all */
  readonly where?: (input: Input) => boolean;
}

const onKeyOf =
  (ending: string) =>
  ({ Key }: Input) =>
    String(Key).endsWith(ending);
const elsewhere = ({ Bucket }: Input) => Bucket === 'acme-payroll';
const fromElsewhere = ({ CopySource }: Input) => String(CopySource).startsWith('acme-payroll/');
const besideProbes = ({ Bucket, Key, Prefix }: Input) =>
  Bucket === 'acme-backup' && String(Key ?? Prefix).includes('-outside/');

const versionBesideProbes = (input: Input) => besideProbes(input) && input.VersionId !== undefined;

/** The calls of each negative check. */
const DENIALS: readonly Denial[] = [
  { id: 'plain-http', name: 'http.getObject' },
  { id: 'plain-http', name: 'http.putObject' },
  { id: 'presigned-plain-http', name: 'presigned.getObject' },
  { id: 'wrong-encryption-header', name: 's3.putObject', where: onKeyOf('/wrong-encryption-header') },
  { id: 'wrong-key', name: 's3.putObject', where: onKeyOf('/wrong-key'), allowed: 'KMS.NotFoundException' },
  { id: 'key-left-out', name: 's3.putObject', where: onKeyOf('/key-left-out') },
  { id: 'customer-provided-key', name: 's3.putObject', where: onKeyOf('/customer-provided-key') },
  { id: 'object-acl', name: 's3.putObjectAcl', allowed: 'AccessControlListNotSupported' },
  { id: 'tagging', name: 's3.putObjectTagging' },
  { id: 'tagging', name: 's3.putObject', where: onKeyOf('/tagging/created') },
  { id: 'tagging', name: 'malformed.putBucketTagging', allowed: 'MalformedXML' },
  { id: 'direct-key-use', name: 'kms.generateDataKey', allowed: 'DryRunOperationException' },
  { id: 'direct-key-use', name: 'kms.encrypt', allowed: 'DryRunOperationException' },
  { id: 'direct-key-use', name: 'kms.decrypt', allowed: 'DryRunOperationException' },
  { id: 'create-grant', name: 'kms.createGrant', allowed: 'DryRunOperationException' },
  { id: 'other-bucket', name: 's3.listObjectsV2', where: elsewhere },
  { id: 'other-bucket', name: 's3.getObject', where: elsewhere, allowed: 'NoSuchKey' },
  { id: 'other-bucket', name: 's3.putObject', where: elsewhere, allowed: 'BadDigest' },
  { id: 'cross-bucket-copy', name: 's3.copyObject', where: elsewhere, allowed: 'PreconditionFailed' },
  { id: 'cross-bucket-copy', name: 's3.copyObject', where: fromElsewhere, allowed: 'NoSuchKey' },
  { id: 'other-prefix', name: 's3.listObjectsV2', where: besideProbes },
  { id: 'other-prefix', name: 's3.getObject', where: besideProbes, allowed: 'NoSuchKey' },
  { id: 'other-prefix', name: 's3.putObject', where: besideProbes, allowed: 'NoSuchKey' },
  { id: 'other-region', name: 'elsewhere.kms.listKeys' },
  { id: 'other-region', name: 'elsewhere.s3.listBuckets' },
  { id: 'read-version', name: 's3.getObject', where: versionBesideProbes, allowed: 'NoSuchVersion' },
  { id: 'version-delete', name: 's3.deleteObject', where: besideProbes, allowed: 'NoSuchVersion' },
  { id: 'read-bucket-policy', name: 's3.getBucketPolicy', allowed: 'NoSuchBucketPolicy' },
  { id: 'change-bucket-policy', name: 's3.putBucketPolicy', allowed: 'MalformedPolicy' },
  { id: 'change-lifecycle', name: 'malformed.putBucketLifecycleConfiguration', allowed: 'MalformedXML' },
  { id: 'change-encryption', name: 'malformed.putBucketEncryption', allowed: 'MalformedXML' },
  {
    id: 'change-versioning',
    name: 'malformed.putBucketVersioning',
    allowed: 'IllegalVersioningConfigurationException',
  },
  { id: 'change-public-access-block', name: 'malformed.putPublicAccessBlock', allowed: 'MalformedXML' },
  { id: 'change-object-lock', name: 'malformed.putObjectLockConfiguration', allowed: 'MalformedXML' },
  { id: 'change-retention', name: 'malformed.putObjectRetention', allowed: 'MalformedXML' },
  { id: 'change-retention', name: 'malformed.putObjectRetention', allowed: 'InvalidRequest' },
  {
    id: 'bypass-retention',
    name: 's3.deleteObject',
    where: ({ BypassGovernanceRetention }) => BypassGovernanceRetention === true,
  },
  { id: 'change-replication', name: 'malformed.putBucketReplication', allowed: 'MalformedXML' },
  { id: 'role-chaining', name: 'sts.assumeRole' },
  { id: 'administer-iam', name: 'iam.getRole', allowed: 'NoSuchEntity' },
  { id: 'administer-iam', name: 'iam.attachRolePolicy', allowed: 'NoSuchEntity' },
  { id: 'administer-iam', name: 'iam.putRolePolicy', allowed: 'MalformedPolicyDocument' },
  { id: 'administer-iam', name: 'iam.updateAssumeRolePolicy', allowed: 'MalformedPolicyDocument' },
  { id: 'administer-kms', name: 'kms.getKeyPolicy' },
  { id: 'administer-kms', name: 'kms.putKeyPolicy', allowed: 'MalformedPolicyDocumentException' },
];

/** Every act at once; one of them only for a role that is limited to prefixes. */
const EVERYTHING_FORBIDDEN = { ...AWS_KMS, permissions: { ...AWS_KMS.permissions, forbidden: [...FORBIDDEN] } };

describe('negative checks', () => {
  const answering =
    ({ name, where = () => true }: Denial, answer: Answer<unknown>): Script =>
    (call) => {
      const isMeant = call.name === name && where(call.input);
      if (isMeant) return answer;
      // The role of the fake environment reaches the whole bucket; one that is limited does not.
      return besideProbes(call.input) ? refusal('AccessDenied') : undefined;
    };
  /** The other side checks as AWS does, whatever the role may do. */
  const besideEnforcement =
    (script: Script): Script =>
    (call) =>
      String(call.input.Key).endsWith('/enforcement') || call.input.Limit === 0 ? undefined : script(call);
  const resultWhen = (denial: Denial, answer: Answer<unknown>) =>
    resultOf(denial.id, besideEnforcement(answering(denial, answer)), EVERYTHING_FORBIDDEN);

  test('exist for each id that a config may forbid', () => {
    expect(NEGATIVE_CHECKS.map(({ id }) => id).sort()).toEqual([...FORBIDDEN].sort());
    expect(new Set(DENIALS.map(({ id }) => id)).size).toBe(FORBIDDEN.length);
  });

  test('declare each service that gets their calls', async () => {
    const services = [
      [/^(s3|http|presigned|presigned-https|malformed)\./, 'S3'],
      [/^elsewhere\.s3\./, 'S3 elsewhere'],
      [/^elsewhere\.kms\./, 'KMS elsewhere'],
      [/^kms\./, 'KMS'],
      [/^sts\./, 'STS'],
      [/^iam\./, 'IAM'],
    ] as const;
    const asked = (aws: FakeAws) => services.filter(([of]) => aws.calls.some(({ name }) => of.test(name)));
    for (const { id, asks = ['S3'], run: ask } of NEGATIVE_CHECKS) {
      const aws = fakeAws({ config: EVERYTHING_FORBIDDEN });
      await ask(probeOf(aws, EVERYTHING_FORBIDDEN));
      expect({ id, asks: asked(aws).map(([, service]) => service) }).toEqual({ id, asks });
    }
  });

  test.each(DENIALS)('$id fails when $name succeeds', async (denial) => {
    const { result, detail } = await resultWhen(denial, granted());
    expect(result).toBe('fail');
    expect(detail).toContain('was allowed');
  });

  test.each(DENIALS.filter(({ allowed }) => allowed !== undefined))(
    '$id fails when $name answers $allowed',
    async (denial) => {
      const { result, detail } = await resultWhen(denial, refusal(denial.allowed ?? '', 400));
      expect(result).toBe('fail');
      expect(detail).toContain(`was allowed: AWS answers ${denial.allowed}`);
    },
  );

  test.each(DENIALS)('$id is inconclusive when $name times out', async (denial) => {
    const { result, detail } = await resultWhen(denial, noAnswer('TimeoutError'));
    expect(result).toBe('inconclusive');
    expect(detail).toContain('TimeoutError');
  });

  const refused = (action: string, why: string, code = 'AccessDenied') => ({
    ...refusal(code),
    message: `User: x is not authorized to perform: ${action} on resource: "arn:aws:s3:::acme" ${why}`,
  });

  const NAMED_ACTIONS = [
    { id: 'other-bucket', name: 's3.getObject', where: elsewhere, own: 's3:GetObject', next: 's3:ListBucket' },
    { id: 'other-bucket', name: 's3.putObject', where: elsewhere, own: 's3:PutObject', next: 's3:GetObject' },
    {
      id: 'cross-bucket-copy',
      name: 's3.copyObject',
      where: elsewhere,
      own: 's3:PutObject',
      next: 'kms:GenerateDataKey',
    },
    {
      id: 'cross-bucket-copy',
      name: 's3.copyObject',
      where: fromElsewhere,
      own: 's3:GetObject',
      next: 's3:ListBucket',
    },
    ...['wrong-key', 'wrong-encryption-header', 'key-left-out', 'customer-provided-key'].map((id) => ({
      ...{ id, name: 's3.putObject', where: onKeyOf(`/${id}`) },
      ...{ own: 's3:PutObject', next: 'kms:GenerateDataKey' },
    })),
    { id: 'plain-http', name: 'http.getObject', own: 's3:GetObject', next: 'kms:Decrypt' },
    { id: 'plain-http', name: 'http.putObject', own: 's3:PutObject', next: 'kms:GenerateDataKey' },
    { id: 'presigned-plain-http', name: 'presigned.getObject', own: 's3:GetObject', next: 'kms:Decrypt' },
  ];
  const notAllowed = (action: string) =>
    refused(action, `because no identity-based policy allows the ${action} action`);

  test.each(NAMED_ACTIONS)('$id fails when $name is refused only for $next, which AWS checks next', async (row) => {
    const { result, detail } = await resultWhen(row, notAllowed(row.next));
    expect(result).toBe('fail');
    expect(detail).toContain(`was allowed: only ${row.next} was refused, which AWS asks next.`);
  });

  test.each(NAMED_ACTIONS)('$id passes when $name is refused for $own', async (row) => {
    expect(await resultWhen(row, notAllowed(row.own))).toMatchObject({ result: 'pass' });
  });

  test.each([
    { id: 'other-bucket', place: 'acme-payroll' },
    { id: 'other-prefix', place: 'another prefix' },
  ])('$id tells each place that it tried to reach', async ({ id, place }) => {
    const aws = fakeAws({ config: EVERYTHING_FORBIDDEN, script: answering({ id, name: '' }, granted()) });
    const { verification } = await run(aws, { config: EVERYTHING_FORBIDDEN, without: allBut(id) });
    expect(verification.checks.map(({ observed }) => observed.map(({ call }) => call))).toEqual([
      [`ListObjectsV2 of ${place}`, `GetObject in ${place}`, `PutObject in ${place}`],
    ]);
  });

  test.each([
    ['with an explicit deny in a VPC endpoint policy', 'the policy of the VPC endpoint that this host goes through'],
    ['because no VPC endpoint policy allows the s3:GetObject action', 'the policy of the VPC endpoint'],
    ['because no session policy allows the s3:GetObject action', 'a session policy that came with the credentials'],
  ])('are inconclusive when a refusal comes %s, which says nothing about the role', async (why, beside) => {
    const denial = { id: 'other-bucket', name: 's3.getObject', where: elsewhere };
    const { result, detail } = await resultWhen(denial, refused('s3:GetObject', why));
    expect(result).toBe('inconclusive');
    expect(detail).toContain(`was refused by ${beside}`);
  });

  test.each([
    ['with an explicit deny in a resource-based policy', ' by an explicit deny in a resource-based policy.'],
    [
      'because no service control policy allows the s3:GetBucketPolicy action',
      ', as no service control policy allows it.',
    ],
    [
      'because no identity-based policy allows the s3:GetBucketPolicy action',
      ', as no identity-based policy allows it.',
    ],
    ['', '.'],
  ])('say which kind of policy refused: %s', async (why, words) => {
    const denial = { id: 'read-bucket-policy', name: 's3.getBucketPolicy' };
    expect(await resultWhen(denial, refused('s3:GetBucketPolicy', why))).toEqual({
      result: 'pass',
      detail: `GetBucketPolicy was refused${words}`,
    });
  });

  test.each([
    [
      'over HTTPS',
      'presigned-https.getObject',
      'It could not be tried: GetObject by a presigned URL over HTTPS before it',
    ],
    ['over HTTP', 'presigned.getObject', 'GetObject by a presigned URL over HTTP was refused for its signature alone'],
  ])('do not take a presigned URL that expired %s for a refused one', async (_where, name, words) => {
    const answer = { ...refusal('AccessDenied'), message: 'Request has expired' };
    const { result, detail } = await resultWhen({ id: 'presigned-plain-http', name }, answer);
    expect(result).toBe('inconclusive');
    expect(detail).toContain(words);
  });

  test.each([
    { bucketKey: true, arn: 'arn:aws:s3:::acme-backup' },
    { bucketKey: false, arn: 'arn:aws:s3:::acme-backup/vault-env-verification-outside/run-00000001' },
  ])('try the key with the encryption context of S3, bucket key $bucketKey', async ({ bucketKey, arn }) => {
    const config = { ...EVERYTHING_FORBIDDEN, aws: { ...EVERYTHING_FORBIDDEN.aws, bucketKey } };
    const aws = fakeAws({ config });
    await run(aws, { config });
    const uses = aws.calls.filter(({ name }) => /^kms\.(generateDataKey|encrypt|decrypt)$/.test(name));
    expect(uses.map(({ input }) => input.EncryptionContext)).toEqual(Array(3).fill({ 'aws:s3:arn': arn }));
  });

  test('do not list buckets of another region where the role may list them', async () => {
    const allowed = [...AES_256.permissions.allowed, { action: 's3:ListAllMyBuckets', resource: '*' }];
    const config = { ...AES_256, permissions: { ...AES_256.permissions, allowed } };
    const script = always('elsewhere.s3.listBuckets', granted());
    expect(await resultOf('other-region', script, config)).toMatchObject({ result: 'pass' });
  });

  test('do not take the refusal of one service for that of another', async () => {
    expect(await resultOf('direct-key-use', always('kms.decrypt', refusal('AccessDenied')))).toMatchObject({
      result: 'inconclusive',
    });
  });

  test('try nothing over HTTP when the object for it could not be put', async () => {
    expect(await resultOf('plain-http', onSample('s3.putObject', refusal('AccessDenied')))).toMatchObject({
      result: 'inconclusive',
    });
  });

  test.each(['bypass-retention', 'change-retention', 'cross-bucket-copy'])(
    '%s is not tried where the object for it could not be put',
    async (id) => {
      const script: Script = ({ name, input }) =>
        name === 's3.putObject' && /\/object-(put|delete)$/.test(String(input.Key)) ? refusal('Odd') : undefined;
      expect(await resultOf(id, script, EVERYTHING_FORBIDDEN)).toEqual({
        result: 'inconclusive',
        detail: 'It could not be tried: PutObject before it answered Odd: Odd.',
      });
    },
  );

  test.each(['create-grant', 'direct-key-use'])('%s is not tried where the config names no key', async (id) => {
    const { keyArn: _, ...aws } = EVERYTHING_FORBIDDEN.aws;
    const { result, detail } = await resultOf(id, () => undefined, { ...EVERYTHING_FORBIDDEN, aws });
    expect([result, detail]).toEqual(['inconclusive', expect.stringMatching(/^The config names no /)]);
  });

  test('cross-bucket-copy is not tried where no other bucket is named', async () => {
    const { otherBucket: _, ...permissions } = EVERYTHING_FORBIDDEN.permissions;
    const { result, detail } = await resultOf('cross-bucket-copy', () => undefined, {
      ...EVERYTHING_FORBIDDEN,
      permissions,
    });
    expect([result, detail]).toEqual(['inconclusive', expect.stringMatching(/^No other bucket is known\./)]);
  });

  test('list keys where the environment has none of its own', async () => {
    const denial = { id: 'administer-kms', name: 'kms.listKeys' };
    expect(await resultOf('administer-kms', besideEnforcement(answering(denial, granted())), AES_256)).toMatchObject({
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

  test('do not take the bucket of the environment for another one', async () => {
    const aws = fakeAws({ config: AES_256 });
    await expect(run(aws, { otherBucket: 'acme-backup' })).rejects.toMatchObject({ code: 'OwnBucketAsOther' });
    expect(aws.calls).toEqual([]);
  });

  test('refuse an unknown id', async () => {
    const permissions = { ...AES_256.permissions, forbidden: ['plain-http', 'fly-to-the-moon'] as never };
    const config = { ...AES_256, permissions };
    await expect(run(fakeAws({ config }), { config })).rejects.toMatchObject({
      code: 'UnknownCheck',
      message: expect.stringContaining('got: fly-to-the-moon'),
    });
  });
});
