import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBackupEnvironment, parseBackupEnvironment } from '../../lib/backup-environment';
import { sumOfConfig } from '../../lib/backup-environment/sum';
import { ConfigError } from '../../lib/errors';
import { publishedSchemas } from '../../scripts/write-schemas';
import { AES_256_CONFIG, AES_256_OUTPUT, AWS_KMS_CONFIG, AWS_KMS_OUTPUT, asVersion1 } from './example';

const FILE = 'backup-environment.json';
const KEY_ARN = AWS_KMS_CONFIG.aws.keyArn;
const UUID = '0f5c1a2b-3c4d-4e5f-8a6b-7c8d9e0f1a2b';

function parse(document: unknown) {
  return parseBackupEnvironment(JSON.stringify(document), FILE);
}

function failureOf(document: unknown): unknown {
  try {
    return parse(document);
  } catch (error) {
    return error;
  }
}

test.each([
  { name: 'AES-256', config: AES_256_CONFIG },
  { name: 'AWS-KMS', config: AWS_KMS_CONFIG },
])('reads back a config with $name', ({ config }) => {
  expect(parse(config)).toEqual(config);
});

test('reads a config that begins with a byte order mark', () => {
  expect(parseBackupEnvironment(`\ufeff${JSON.stringify(AES_256_CONFIG)}`, FILE)).toEqual(AES_256_CONFIG);
});

describe('the config of a deployed stack', () => {
  const { keyArn } = AWS_KMS_OUTPUT.aws;
  const stackOf = (value: unknown) => ({
    text: JSON.stringify({ output: { backup_environment: { value } } }),
    file: 'cdk.tf.json',
  });
  const withReference = JSON.parse(
    JSON.stringify(AWS_KMS_OUTPUT).replaceAll(String(keyArn), '${aws_kms_key.backup.arn}'),
  );

  test.each([
    { name: 'by its hash, whatever only Terraform knows', stack: stackOf(withReference) },
    { name: 'that an earlier release synthesized', stack: stackOf(asVersion1(withReference)) },
  ])('is joined to the stack $name', ({ stack }) => {
    const evidence = { stackSha256: createHash('sha256').update(stack.text).digest('hex') };
    const configSha256 = sumOfConfig({ ...AWS_KMS_OUTPUT, evidence });
    expect(createBackupEnvironment(AWS_KMS_OUTPUT, stack)).toEqual({
      ...AWS_KMS_OUTPUT,
      evidence: { ...evidence, configSha256 },
    });
  });

  test.each([
    {
      name: 'another bucket',
      stack: { ...withReference, form: { ...withReference.form, bucketName: 'other' } },
      at: 'form.bucketName',
    },
    {
      name: 'one permission fewer',
      stack: { ...withReference, permissions: { ...withReference.permissions, allowed: [] } },
      at: 'permissions.allowed.0',
    },
    { name: 'no output at all', stack: undefined, at: 'backup_environment' },
  ])('is refused for a stack with $name', ({ stack, at }) => {
    expect(() => createBackupEnvironment(AWS_KMS_OUTPUT, stackOf(stack))).toThrow(
      expect.objectContaining({ code: 'OutputsOfAnotherSynthesis', message: expect.stringContaining(`${at}'`) }),
    );
  });
});

const { aws, form, permissions } = AES_256_CONFIG;
const kms = AWS_KMS_CONFIG;

test.each([
  {
    rule: 'a known key',
    document: { ...AES_256_CONFIG, secret: 1 },
    path: 'secret',
    message: 'is not a known key; look at its spelling',
  },
  {
    rule: 'evidence',
    document: AES_256_OUTPUT,
    path: 'evidence',
    message: 'is required: must be an object',
  },
  {
    rule: 'a word of the screen',
    document: { ...AES_256_CONFIG, form: { ...form, encryption: 'SSE-S3' } },
    path: 'form.encryption',
    message: 'must be one of AES-256, AWS-KMS, got: "SSE-S3"',
  },
  {
    rule: 'a type',
    document: { ...AES_256_CONFIG, aws: { ...aws, bucketKey: 'yes' } },
    path: 'aws.bucketKey',
    message: 'must be a boolean, got: "yes"',
  },
  {
    rule: 'a form',
    document: { ...AES_256_CONFIG, aws: { ...aws, account: '42' } },
    path: 'aws.account',
    message: 'must match /^\\d{12}$/, got: "42"',
  },
  {
    rule: 'a length',
    document: { ...AES_256_CONFIG, permissions: { ...permissions, allowed: [] } },
    path: 'permissions.allowed',
    message: 'must have at least 1 elements, got: []',
  },
  {
    rule: 'one line of text',
    document: { ...AES_256_CONFIG, form: { ...form, label: 'Acme\nproduction' } },
    path: 'form.label',
    message: 'must be one line of text, each character of which can be seen, got: "Acme\\nproduction"',
  },
  {
    rule: 'a label that reads as it is',
    document: { ...AES_256_CONFIG, form: { ...form, label: 'abc\u202egnp.exe' } },
    path: 'form.label',
    message: 'must be one line of text, each character of which can be seen, got: "abc\u202egnp.exe"',
  },
  {
    rule: 'a name that an environment can have',
    document: { ...AES_256_CONFIG, environment: 'x\u001b]0;pwn\u0007' },
    path: 'environment',
    message:
      'must consist of lowercase letters, digits and single hyphens, 40 characters at most: the name is part of the role\'s name, got: "x\\u001b]0;pwn\\u0007"',
  },
  {
    rule: 'a name that a bucket can have',
    document: { ...AES_256_CONFIG, form: { ...form, bucketName: 'a$(id>&2)`id`;b' } },
    path: 'form.bucketName',
    message: 'must consist of lowercase letters, digits, dots and hyphens, got: "a$(id>&2)`id`;b"',
  },
  {
    rule: 'a region of AWS',
    document: { ...AES_256_CONFIG, aws: { ...aws, region: 'us-east-2;id' } },
    path: 'aws.region',
    message: 'must be a region of AWS, AWS GovCloud (US) or AWS China, such as us-east-2, got: "us-east-2;id"',
  },
  {
    rule: 'an ARN without blanks',
    document: { ...AES_256_CONFIG, aws: { ...aws, roleArn: 'arn:aws:iam::111122223333:role/a b' } },
    path: 'aws.roleArn',
    message: 'must match /^arn:aws(-[a-z]+)*:[\\w:/+=,.@*-]+$/, got: "arn:aws:iam::111122223333:role/a b"',
  },
  {
    rule: 'the prefix of the product',
    document: { ...AES_256_CONFIG, permissions: { ...permissions, verificationPrefix: 'backups/' } },
    path: 'permissions.verificationPrefix',
    message: 'must be vault-env-verification/, got: "backups/"',
  },
  {
    rule: 'bucketArnNamesTheBucket',
    document: { ...AES_256_CONFIG, aws: { ...aws, bucketArn: 'arn:aws:s3:::other' } },
    path: 'aws.bucketArn',
    message: 'must be arn:aws:s3:::acme-vault, got: arn:aws:s3:::other',
  },
  {
    rule: 'aes256HasNoKey',
    document: { ...AES_256_CONFIG, aws: { ...aws, bucketKey: true } },
    path: 'aws.bucketKey',
    message: 'must not be set with AES-256, got: true',
  },
  {
    rule: 'aes256HasNoKey by its key',
    document: { ...kms, form: { ...kms.form, encryption: 'AES-256' } },
    path: 'aws.keyArn',
    message: `must not be set with AES-256, got: ${KEY_ARN}`,
  },
  {
    rule: 'masterKeyIsTheKey',
    document: { ...kms, form: { ...kms.form, masterKey: `${KEY_ARN}-x` } },
    path: 'form.masterKey',
    message: `must equal 'aws.keyArn' (${KEY_ARN}), got: ${KEY_ARN}-x`,
  },
  {
    rule: 'masterKeyIsTheKey by having none',
    document: { ...kms, form: { ...form, encryption: 'AWS-KMS' } },
    path: 'form.masterKey',
    message: `must equal 'aws.keyArn' (${KEY_ARN}), got: nothing`,
  },
  {
    rule: 'keyIsInTheBucketsRegion',
    document: { ...kms, aws: { ...kms.aws, region: 'eu-west-1' } },
    path: 'aws.keyArn',
    message: "must be in the bucket's region eu-west-1, got: us-east-2",
  },
  {
    rule: 'roleIsInThePartition',
    document: { ...AES_256_CONFIG, aws: { ...aws, roleArn: 'arn:aws-cn:iam::111122223333:role/x' } },
    path: 'aws.roleArn',
    message: 'must be in the partition aws, got: arn:aws-cn:iam::111122223333:role/x',
  },
  {
    rule: 'hostIsInThePartition',
    document: {
      ...AES_256_CONFIG,
      host: { kind: 'ec2', instanceProfileArn: 'arn:aws-cn:iam::111122223333:instance-profile/x' },
    },
    path: 'host.instanceProfileArn',
    message: 'must be in the partition aws, got: arn:aws-cn:iam::111122223333:instance-profile/x',
  },
  {
    rule: 'hostIsInThePartition by its second ARN',
    document: {
      ...AES_256_CONFIG,
      host: {
        kind: 'on-premises',
        trustAnchorArn: `arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/${UUID}`,
        profileArn: `arn:aws-cn:rolesanywhere:us-east-2:111122223333:profile/${UUID}`,
        certificate: { subject: { CN: ['vault-1.acme.example'] } },
        sessionSeconds: 3600,
        helper: 'process',
        revocation: 'crl',
      },
    },
    path: 'host.profileArn',
    message: `must be in the partition aws, got: arn:aws-cn:rolesanywhere:us-east-2:111122223333:profile/${UUID}`,
  },
])('rejects a config that breaks $rule', ({ document, path, message }) => {
  expect(failureOf(document)).toMatchObject({ issues: [{ file: FILE, path, message }] });
});

test('rejects AWS-KMS without a key, and a key of another partition', () => {
  const { keyArn: _keyArn, ...withoutKey } = kms.aws;
  const { masterKey: _masterKey, ...withoutMasterKey } = kms.form;
  expect(failureOf({ ...kms, aws: withoutKey, form: withoutMasterKey })).toMatchObject({
    issues: [{ path: 'aws.keyArn', message: 'is required with AWS-KMS, got: nothing' }],
  });
  const foreign = 'arn:aws-cn:kms:us-east-2:111122223333:key/x';
  expect(
    failureOf({ ...kms, aws: { ...kms.aws, keyArn: foreign }, form: { ...kms.form, masterKey: foreign } }),
  ).toMatchObject({
    issues: [{ path: 'aws.keyArn', message: `must be in the partition aws, got: ${foreign}` }],
  });
});

test('reports every problem at once', () => {
  const failure = failureOf({ ...AES_256_CONFIG, environment: 5, extra: true });
  expect(failure).toBeInstanceOf(ConfigError);
  expect(failure).toMatchObject({
    message: `${FILE}: 'environment' must be a string, got: 5\n${FILE}: 'extra' is not a known key; look at its spelling`,
  });
});

test('reads a config of version 1 as the same config of version 2, and checks it by its own schema', () => {
  const { evidence, ...output } = AES_256_CONFIG;
  const former = { ...asVersion1(output), evidence };
  expect(parse(former)).toEqual(AES_256_CONFIG);
  expect(failureOf({ ...former, aws: output.aws })).toMatchObject({
    issues: [{ file: FILE, path: 'aws.instanceProfileArn', message: 'is required: must be a string' }],
  });
});

test('rejects a config of another version, naming both versions and the fix', () => {
  expect(failureOf({ ...AES_256_CONFIG, version: 3 })).toMatchObject({
    code: 'UnsupportedVersion',
    message: expect.stringMatching(/'version' of backup-environment\.json must be 1 or 2, got: 3\n.*vault-env emit/),
  });
});

test.each(publishedSchemas())('keeps $file in step with the code', ({ file, text }) => {
  expect(readFileSync(join(__dirname, '../..', file), 'utf8')).toBe(text);
});
