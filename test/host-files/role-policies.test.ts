import { hostFiles } from '../../lib/host-files';
import type { HostToSetUp } from '../../lib/host-files/host-file';

const KEY = 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const TO_SET_UP: HostToSetUp<'existing-role'> = {
  environment: 'acme',
  aws: {
    account: '111122223333',
    partition: 'aws',
    region: 'us-east-2',
    roleArn: 'arn:aws:iam::444455556666:role/service/vault-instance',
    keyArn: KEY,
    formerKeyArns: [KEY.replace('1234abcd', 'ffffffff')],
  },
  form: { bucketName: 'acme-backup' },
  permissions: { capabilities: ['backup'] },
  host: { kind: 'existing-role', roleAccount: '444455556666', policyArns: [], attached: false, runBy: 'vendor' },
};

const textOf = (name: string) => hostFiles(TO_SET_UP).find((file) => file.name === `host/${name}`)?.text ?? '';

test('the owner of a role of another account gets two documents and a page', () => {
  expect(hostFiles(TO_SET_UP).map(({ name }) => name)).toEqual([
    'host/s3-policy.json',
    'host/kms-policy.json',
    'host/role-policies.md',
  ]);
  const { roleAccount: _other, ...host } = TO_SET_UP.host;
  expect(hostFiles({ ...TO_SET_UP, host })).toEqual([]);
});

test('the documents allow the capabilities on the bucket of the account, and the keys through S3', () => {
  const statements = (name: string) => JSON.parse(textOf(name)).Statement;
  expect(statements('s3-policy.json')).toHaveLength(4);
  expect(statements('s3-policy.json')[0]).toEqual({
    Sid: 'ListBackups',
    Effect: 'Allow',
    Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
    Resource: 'arn:aws:s3:::acme-backup',
    Condition: { StringEquals: { 'aws:ResourceAccount': '111122223333' } },
  });
  expect(
    statements('kms-policy.json').map(({ Action, Resource }: Record<string, unknown>) => [Action, Resource]),
  ).toEqual([
    [['kms:Decrypt', 'kms:GenerateDataKey'], KEY],
    [['kms:Decrypt'], [KEY.replace('1234abcd', 'ffffffff')]],
  ]);
});

test('the page holds the documents for copying, names the danger, and says what a key that existed before needs', () => {
  const page = textOf('role-policies.md');
  for (const name of ['s3-policy.json', 'kms-policy.json']) expect(page).toContain(textOf(name).trimEnd());
  expect(page).toContain('A role that others share is a danger.');
  expect(page).toContain('Confirm in writing that no other customer');
  expect(page).toContain(
    'aws iam attach-role-policy --role-name vault-instance --policy-arn arn:aws:iam::444455556666:policy/vault-backup-acme-s3',
  );
  expect(page).toContain('"AWS": "arn:aws:iam::444455556666:root"');
  expect(page).toContain('"aws:PrincipalArn": "arn:aws:iam::444455556666:role/service/vault-instance"');
});

test('the page says how policies that are attached already get a new version', () => {
  const [, section = ''] = textOf('role-policies.md').split('## When the documents change\n');
  expect(section.match(/^aws .*$/gm)).toEqual(
    ['s3', 'kms'].map(
      (service) =>
        `aws iam create-policy-version --policy-arn arn:aws:iam::444455556666:policy/vault-backup-acme-${service} --policy-document file://${service}-policy.json --set-as-default`,
    ),
  );
});
