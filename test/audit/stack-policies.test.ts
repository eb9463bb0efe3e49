import { readStackPolicies } from '../../lib/audit/policies/stack-policies';

const ROOT = { AWS: 'arn:aws:iam::111122223333:root' };
const KEY_ARN = 'arn:aws:kms:us-east-2:111122223333:key/00000000-0000-4000-8000-000000000000';

type Json = Record<string, unknown>;

function document(Statement: Json): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [Statement] });
}

const allow = (Action: string, Resource: unknown, more: Json = {}) =>
  document({ Effect: 'Allow', Action, Resource, ...more });

/** A small stack of everything that is read. */
function stack() {
  return {
    provider: { aws: [{ region: 'us-east-2', allowed_account_ids: ['111122223333'] }] },
    output: {
      backup_environment: {
        value: { environment: 'acme', form: { encryption: 'AWS-KMS' }, permissions: { capabilities: ['backup'] } },
      },
    },
    resource: {
      aws_iam_role: {
        vault: {
          name: 'vault',
          path: '/vault/',
          assume_role_policy: document({
            Effect: 'Allow',
            Principal: { Service: 'ec2.amazonaws.com' },
            Action: 'sts:AssumeRole',
          }),
        } as Json,
      },
      aws_iam_policy: {
        kms: { name: 'vault-kms', path: '/vault/', policy: allow('kms:Decrypt', '${aws_kms_key.backup.arn}') } as Json,
        loose: { name: 'loose', policy: allow('s3:*', '*') } as Json,
      },
      aws_iam_role_policy_attachment: {
        kms: { role: '${aws_iam_role.vault.name}', policy_arn: '${aws_iam_policy.kms.arn}' } as Json,
        other: { role: 'another', policy_arn: '${aws_iam_policy.loose.arn}' } as Json,
      },
      aws_s3_bucket: { backup: { bucket: 'acme-vault' } as Json },
      aws_s3_bucket_policy: {
        backup: {
          bucket: '${aws_s3_bucket.backup.id}',
          policy: allow('s3:GetObject', '${aws_s3_bucket.backup.arn}/$${aws:username}', { Principal: ROOT }),
        } as Json,
      },
      aws_s3_bucket_server_side_encryption_configuration: {
        backup: {
          rule: [
            {
              apply_server_side_encryption_by_default: { kms_master_key_id: '${aws_kms_key.backup.arn}' } as Json,
              bucket_key_enabled: true,
            },
          ],
        },
      },
      aws_kms_key: { backup: { policy: allow('kms:*', '*', { Principal: ROOT }) } as Json },
    },
  };
}

type Stack = ReturnType<typeof stack>;

function read(change: (resource: Stack['resource'] & Json, whole: Stack & Json) => unknown = () => undefined) {
  const given = stack();
  change(given.resource as Stack['resource'] & Json, given as Stack & Json);
  return readStackPolicies(JSON.stringify(given), 'acme');
}

test('reads the policies of role, bucket and key, with ARNs that do not exist yet', () => {
  const { role, bucket, key, ...environment } = read();
  expect(environment).toEqual({
    environment: 'acme',
    partition: 'aws',
    region: 'us-east-2',
    formerKeys: [],
    account: '111122223333',
    declared: {
      host: { kind: 'ec2' },
      capabilities: ['backup'],
      method: 'AWS-KMS',
    },
    notAssessed: ['service control policies, resource control policies and endpoint policies: they can only take away'],
  });
  expect(role.arn).toBe('arn:aws:iam::111122223333:role/vault/vault');
  expect(role.identity.map(({ name, statements }) => [name, statements[0]?.resources?.patterns])).toEqual([
    ['aws_iam_policy.kms', [KEY_ARN]],
  ]);
  expect({ ...bucket, policy: bucket.policy?.statements[0]?.resources?.patterns }).toEqual({
    name: 'acme-vault',
    arn: 'arn:aws:s3:::acme-vault',
    bucketKey: true,
    policy: ['arn:aws:s3:::acme-vault/${aws:username}'],
  });
  expect({ arn: key?.arn, policy: key?.policy?.name }).toEqual({ arn: KEY_ARN, policy: 'aws_kms_key.backup' });
});

test('reads an inline policy and a boundary of the same stack', () => {
  const { role, notAssessed } = read((resource) => {
    resource.aws_iam_role.vault.permissions_boundary = '${aws_iam_policy.loose.arn}';
    resource.aws_iam_role_policy = { more: { role: '${aws_iam_role.vault.id}', policy: allow('s3:ListBucket', '*') } };
  });
  expect(role.identity.map(({ name }) => name)).toEqual(['aws_iam_policy.kms', 'aws_iam_role_policy.more']);
  expect(role.boundary?.name).toBe('aws_iam_policy.loose');
  expect(notAssessed).toHaveLength(1);
});

test('gives a key without a policy the default policy of KMS', () => {
  const { key } = read((resource) => delete resource.aws_kms_key.backup.policy);
  expect(key?.policy?.statements).toMatchObject([{ id: 'DefaultKeyPolicy', actions: { patterns: ['kms:*'] } }]);
});

test('names what decides access and is not in the stack', () => {
  const keyArn = 'arn:aws:kms:us-east-2:111122223333:key/1234';
  const { key, notAssessed } = read((resource) => {
    const [rule] = resource.aws_s3_bucket_server_side_encryption_configuration.backup.rule;
    if (rule) rule.apply_server_side_encryption_by_default.kms_master_key_id = keyArn;
    resource.aws_iam_role.vault.permissions_boundary = 'arn:aws:iam::111122223333:policy/limits';
  });
  expect(key).toEqual({ arn: keyArn });
  expect(notAssessed.slice(0, 2)).toEqual([
    expect.stringContaining(`'${keyArn}'`),
    expect.stringContaining('policy/limits'),
  ]);
});

const attach = (argument: string, value: string) => (resource: Stack['resource']) => {
  resource.aws_iam_role_policy_attachment.kms[argument] = value;
};

describe('rejects', () => {
  test.each<[string, Parameters<typeof read>[0], string]>([
    [
      'a reference to something outside the stack',
      (resource) => (resource.aws_iam_policy.kms.policy = allow('kms:Decrypt', '${aws_kms_key.other.arn}')),
      "'aws_iam_policy.kms' argument 'policy' must be readable without an AWS account, got: ${aws_kms_key.other.arn}",
    ],
    [
      'an attribute that only AWS knows',
      attach('policy_arn', '${aws_iam_policy.kms.policy_id}'),
      "'aws_iam_role_policy_attachment.kms' argument 'policy_arn' must be readable",
    ],
    [
      'an expression',
      (resource) => (resource.aws_s3_bucket.backup.bucket = '${lower("ACME")}'),
      "'aws_s3_bucket.backup' argument 'bucket' must be readable",
    ],
    [
      'a managed policy of AWS',
      attach('policy_arn', 'arn:aws:iam::aws:policy/AdministratorAccess'),
      "argument 'policy_arn' must be a policy of the same stack, got: arn:aws:iam::aws:policy/AdministratorAccess",
    ],
    [
      'an argument that is not text',
      (resource) => (resource.aws_iam_policy.kms.policy = {}),
      "'aws_iam_policy.kms' argument 'policy' must be text, got: {}",
    ],
    [
      'an argument that is missing',
      (resource) => delete resource.aws_s3_bucket.backup.bucket,
      "'aws_s3_bucket.backup' argument 'bucket' must be there, got: nothing",
    ],
    [
      'a grant of the key',
      (resource) => (resource.aws_kms_grant = { x: {} }),
      "'aws_kms_grant.x' must not give access",
    ],
    [
      'managed policies inside the role',
      (resource) => (resource.aws_iam_role.vault.managed_policy_arns = []),
      "'aws_iam_role.vault' argument 'managed_policy_arns' must not give access",
    ],
    [
      'resources by count',
      (resource) => (resource.aws_iam_policy.kms.count = 2),
      "'aws_iam_policy.kms' argument 'count' must not",
    ],
    [
      'a declared encryption that the bucket does not have',
      (resource) => delete (resource as Json).aws_s3_bucket_server_side_encryption_configuration,
      '\'output.backup_environment\' must declare AES-256, as the bucket encrypts, got: "AWS-KMS"',
    ],
    ['data sources', (_, whole) => (whole.data = { aws_iam_policy_document: {} }), "'data' must not give access"],
    [
      'two roles',
      (resource) => (resource.aws_iam_role = { ...resource.aws_iam_role, b: {} } as never),
      "'aws_iam_role' must be in the stack once",
    ],
    [
      'no bucket',
      (resource) => delete (resource as Json).aws_s3_bucket,
      "'aws_s3_bucket' must be in the stack, got: nothing",
    ],
    [
      'no output',
      (_, whole) => delete (whole as Json).output,
      "'output.backup_environment' must be an object, got: nothing",
    ],
    [
      'two accounts',
      (_resource, { provider }) => provider.aws[0]?.allowed_account_ids.push('444455556666'),
      'must be a list of one account',
    ],
  ])('%s', (_, change, message) => {
    expect(() => read(change)).toThrow(message);
  });

  test('text that is not JSON', () => {
    expect(() => readStackPolicies('{', 'acme')).toThrow("'acme' must be a JSON document");
  });
});
