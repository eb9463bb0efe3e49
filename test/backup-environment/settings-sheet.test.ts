import { settingsSheet } from '../../lib/backup-environment';
import { backupEnvironmentFiles } from '../../lib/backup-environment/write-files';
import { AES_256_CONFIG, AWS_KMS_CONFIG } from './example';

function file(config: typeof AES_256_CONFIG, ending: string): string {
  return backupEnvironmentFiles(config).find(({ name }) => name === `backup-environment.${ending}`)?.text ?? '';
}

test('names the keys of earlier backups, and says to keep them', () => {
  const arn = 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const config = { ...AES_256_CONFIG, aws: { ...AES_256_CONFIG.aws, formerKeyArns: [arn] } };
  expect(settingsSheet(config).facts.at(-1)).toEqual({
    name: 'Former key',
    value: `${arn} (keep: earlier backups need it)`,
  });
});

test('names the file that the hosts verify with by its sum', () => {
  const sha256 = 'ab'.repeat(32);
  expect(settingsSheet(AES_256_CONFIG, sha256).facts.at(-1)).toEqual({
    name: 'Verifier',
    value: `vault-env-verify.cjs, SHA-256 ${sha256}`,
  });
});

const POLICY_ARN = 'arn:aws:iam::111122223333:policy/vault-backup-acme-s3';

test.each([
  {
    name: 'whose owner attaches the policies',
    host: { kind: 'existing-role', policyArns: [POLICY_ARN], attached: false, runBy: 'own' },
    says: [
      `Attach a policy to the role: aws iam attach-role-policy --role-name vault-backup-acme --policy-arn ${POLICY_ARN}`,
      'Make sure that the role vault-backup-acme serves the Vault hosts of this environment alone: whoever else has it reaches the backups.',
    ],
  },
  {
    name: 'of a host that the vendor runs, with the policies attached',
    host: { kind: 'existing-role', policyArns: [POLICY_ARN], attached: true, runBy: 'vendor' },
    says: [
      'Make sure that the role vault-backup-acme serves the Vault hosts of this environment alone: whoever else has it reaches the backups.',
      'Have the vendor confirm in writing that no other customer shares the role, and that it is the one Vault works with.',
    ],
  },
] as const)('says what to do about an existing role $name', ({ host, says }) => {
  const sheet = settingsSheet({ ...AES_256_CONFIG, host: { ...host, policyArns: [...host.policyArns] } });
  expect(sheet.facts).toContainEqual({ name: 'Policy of the role', value: POLICY_ARN });
  expect(sheet.beforeSaving.slice(0, -1)).toEqual(says);
});

test('says what a host on premises needs before it is verified', () => {
  const sheet = settingsSheet({
    ...AES_256_CONFIG,
    host: {
      kind: 'on-premises',
      trustAnchorArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/0f5c',
      profileArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:profile/1a2b',
      certificate: { subject: { CN: ['vault-1.acme.example'] }, issuer: { CN: 'Acme Issuing CA' }, maximumDays: 90 },
      sessionSeconds: 3600,
      helper: 'process',
      revocation: 'crl',
    },
  });
  expect(sheet.facts.slice(4)).toEqual([
    { name: 'Trust anchor', value: 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/0f5c' },
    { name: 'Profile', value: 'arn:aws:rolesanywhere:us-east-2:111122223333:profile/1a2b' },
    { name: 'Common names', value: 'vault-1.acme.example' },
    { name: 'Issued by', value: 'Acme Issuing CA' },
  ]);
  expect(sheet.beforeSaving.slice(0, -1)).toEqual([
    'Issue each Vault host, the one that runs the scheduler included, a certificate with its common name (vault-1.acme.example), the key usage digitalSignature, and a validity of 90 days at most; the private key stays on the host, readable by the user that needs it alone.',
    "Install AWS's rolesanywhere-credential-helper on each of them, and name it as credential_process in the AWS configuration of the user that runs Vault.",
    'Set AWS_REGION to us-east-2 for the service that runs Vault: the role-based form has no region, and nothing off EC2 tells one.',
    'Import the revocation list of the authority (aws rolesanywhere import-crl), and again whenever it is issued: IAM Roles Anywhere fetches none.',
  ]);
});

test('writes the text sheet of AES-256', () => {
  expect(file(AES_256_CONFIG, 'txt')).toBe(`Vault settings for Acme production

  Environment       acme
  AWS account       111122223333
  AWS region        us-east-2
  Role              arn:aws:iam::111122223333:role/vault-backup-acme
  Instance profile  arn:aws:iam::111122223333:instance-profile/vault-backup-acme

Before you save
  1. Attach the instance profile vault-backup-acme to every Vault host, the one that runs the scheduler included.
  2. Require IMDSv2 on each of them (HttpTokens: required); where Vault runs in a container, set HttpPutResponseHopLimit to 2.
  3. Run node vault-env-verify.cjs backup-environment.json on each Vault host; go on only when it says pass.

On the screen
  1. Settings > Backup Environment
     open
  2. Storage Type
     choose: AWS S3
  3. Label Name (or label)
     type: Acme production
     (It need not be the name of the bucket.)
  4. Role-based control for dedicated/On-Prem Instance
     tick
     (The form then has no region: on EC2 the AWS SDK takes it from the instance, elsewhere from AWS_REGION.)
  5. S3 Bucket Name (or Bucket Name)
     type: acme-vault
  6. default encryption method
     choose: AES-256
  7. Save Settings
     click

No access key is typed. If the screen asks for an access key and a secret key, the checkbox Role-based control for dedicated/On-Prem Instance is not ticked.
`);
});

const KMS_STEPS = `6. default encryption method
     choose: AWS-KMS
  7. Master Key
     paste: arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
     (Only where the screen shows this field; the role uses the key either way.)
  8. Save Settings
     click
`;

test('differs for AWS-KMS in the method and the Master Key only', () => {
  const expected = file(AES_256_CONFIG, 'txt').replace(/6\. default[\s\S]*click\n/, KMS_STEPS);
  expect(file(AWS_KMS_CONFIG, 'txt')).toBe(expected);
});

test('writes the Markdown sheet of AWS-KMS', () => {
  expect(file(AWS_KMS_CONFIG, 'md')).toBe(`# Vault settings for Acme production

| fact | value |
| --- | --- |
| Environment | \`acme\` |
| AWS account | \`111122223333\` |
| AWS region | \`us-east-2\` |
| Role | \`arn:aws:iam::111122223333:role/vault-backup-acme\` |
| Instance profile | \`arn:aws:iam::111122223333:instance-profile/vault-backup-acme\` |

## Before you save

1. Attach the instance profile vault-backup-acme to every Vault host, the one that runs the scheduler included.
2. Require IMDSv2 on each of them (HttpTokens: required); where Vault runs in a container, set HttpPutResponseHopLimit to 2.
3. Run node vault-env-verify.cjs backup-environment.json on each Vault host; go on only when it says pass.

## On the screen

| step | field | do | value | note |
| --- | --- | --- | --- | --- |
| 1 | **Settings > Backup Environment** | open |  |  |
| 2 | **Storage Type** | choose | \`AWS S3\` |  |
| 3 | **Label Name (or label)** | type | \`Acme production\` | It need not be the name of the bucket. |
| 4 | **Role-based control for dedicated/On-Prem Instance** | tick |  | The form then has no region: on EC2 the AWS SDK takes it from the instance, elsewhere from AWS_REGION. |
| 5 | **S3 Bucket Name (or Bucket Name)** | type | \`acme-vault\` |  |
| 6 | **default encryption method** | choose | \`AWS-KMS\` |  |
| 7 | **Master Key** | paste | \`arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\` | Only where the screen shows this field; the role uses the key either way. |
| 8 | **Save Settings** | click |  |  |

No access key is typed. If the screen asks for an access key and a secret key, the checkbox Role-based control for dedicated/On-Prem Instance is not ticked.
`);
});

test('says the same in both forms', () => {
  const plain = file(AWS_KMS_CONFIG, 'md').replace(/[`*|#]/g, ' ');
  const words = file(AWS_KMS_CONFIG, 'txt').match(/[\w/:.-]{4,}/g) ?? [];
  expect(words.map((word) => word.replace(/:$/, '')).filter((word) => !plain.includes(word))).toEqual([]);
});

test.each([
  { label: 'Acme | Zenith', title: '# Vault settings for Acme \\| Zenith', cell: '`Acme \\| Zenith`' },
  { label: 'a `b` c', title: '# Vault settings for a \\`b\\` c', cell: '`` a `b` c ``' },
  { label: '<b>*x*</b>', title: '# Vault settings for \\<b\\>\\*x\\*\\</b\\>', cell: '`<b>*x*</b>`' },
])('keeps the label $label out of the Markdown around it', ({ label, title, cell }) => {
  const lines = file({ ...AES_256_CONFIG, form: { ...AES_256_CONFIG.form, label } }, 'md').split('\n');
  expect(lines[0]).toBe(title);
  expect(lines).toContain(
    `| 3 | **Label Name (or label)** | type | ${cell} | It need not be the name of the bucket. |`,
  );
});

test('says which flag verification needs when the environment names no other bucket', () => {
  const { otherBucket: _none, ...permissions } = AES_256_CONFIG.permissions;
  expect(settingsSheet({ ...AES_256_CONFIG, permissions }).beforeSaving.at(-1)).toBe(
    'Run node vault-env-verify.cjs backup-environment.json --other-bucket <an existing bucket of the account> on each Vault host; go on only when it says pass.',
  );
});
