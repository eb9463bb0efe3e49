import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnvironment } from '../../lib/config/parse';
import { ALL_REGIONS, partitionOf } from '../../lib/config/partition';
import { ACME as MINIMAL } from '../support/acme';
import { ANCHOR, ON_PREMISES, ROLE } from './contents';

const KEY = 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const STATE_KEY = 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-44cd-86ef-1234567890ab';
const SDK_PARTITIONS = join(
  __dirname,
  '../../node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js',
);
const PRIVATE_CA = 'arn:aws:acm-pca:us-east-2:111122223333:certificate-authority/0f5c1a2b-3c4d-4e5f-8a6b-7c8d9e0f1a2b';
const FOREIGN = { kind: 'existing-role', role: ROLE.replace('111122223333', '444455556666') };

const shortLived = (maximumDays: number) => ({
  ...ON_PREMISES,
  revocation: 'short-lived',
  certificate: { ...ON_PREMISES.certificate, maximumDays },
});

const parse = (content: object) => parseEnvironment(JSON.stringify(content), 'acme', 'acme.yaml');

function issuesOf(content: object): readonly string[] {
  const parsed = parse(content);
  return 'issues' in parsed ? parsed.issues.map(({ path, message }) => `${path} ${message}`) : [];
}

test.each([
  ['us-east-2', 'aws'],
  ['ap-southeast-4', 'aws'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['cn-northwest-1', 'aws-cn'],
  ['eusc-de-east-1', undefined],
  ['us-esat-2', undefined],
  ['us-east', undefined],
])('%s is in the partition %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});

test('knows the regions that the SDK in use knows, and no others', () => {
  const data = readFileSync(SDK_PARTITIONS, 'utf8').replace(/^export const partitionsInfo = |;\s*$/g, '');
  const partitions: readonly { id: string; regions: object }[] = JSON.parse(data).partitions;
  const regions = partitions
    .filter(({ id }) => ['aws', 'aws-us-gov', 'aws-cn'].includes(id))
    .flatMap(({ id, regions: named }) => Object.keys(named).map((region) => ({ region, partition: id })))
    .filter(({ region }) => !region.endsWith('-global'));
  const known = ALL_REGIONS.map((region) => ({ region, partition: partitionOf(region) }));
  expect(new Set(known)).toEqual(new Set(regions));
});

test('fills in every default of a minimal file', () => {
  expect(parse(MINIMAL)).toEqual({
    environment: {
      ...MINIMAL,
      encryption: { method: 'AES-256', former: [], givenUp: [] },
      name: 'acme',
      partition: 'aws',
      capabilities: ['backup', 'versioning'],
      deletionProtection: true,
      noncurrentVersionDays: 30,
      incompleteUploadDays: 7,
      rolePath: '/',
      adopt: [],
      tags: {},
    },
  });
});

test.each([
  { name: 'an existing key', change: { encryption: { method: 'AWS-KMS', key: KEY } } },
  { name: 'a key to be created', change: { encryption: { method: 'AWS-KMS' } } },
  {
    name: "AWS's own permissions boundary",
    change: { permissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess' },
  },
  {
    name: 'an access log, Object Lock and tags',
    change: {
      accessLog: { bucket: 'acme-logs' },
      objectLock: { mode: 'GOVERNANCE', retentionDays: 7 },
      tags: { team: 'platform' },
    },
  },
  {
    name: 'a state in a bucket of another region',
    change: { state: { s3: { bucket: 'state', region: 'eu-west-1' } } },
  },
  {
    name: 'a state in a workspace',
    change: { state: { cloud: { organization: 'acme', hostname: 'tfe.acme.example' } } },
  },
])('takes $name', ({ change }) => {
  expect(issuesOf({ ...MINIMAL, ...change })).toEqual([]);
});

test.each([
  { name: 'a missing key', change: { label: undefined }, issue: 'label is required: must be a string' },
  { name: 'an empty label', change: { label: '' }, issue: 'label must have at least 1 characters, got: ""' },
  {
    name: 'a Terraform expression in the label',
    change: { label: `${'$'}{path.root}` },
    issue: `label must be one line without '${'$'}{' and '%{', which Terraform would evaluate, got: "${'$'}{path.root}"`,
  },
  {
    name: 'a label of two lines',
    change: { label: 'one\ntwo' },
    issue: `label must be one line without '${'$'}{' and '%{', which Terraform would evaluate, got: "one\\ntwo"`,
  },
  ...[
    ['turns text around', '\u202e'],
    ['takes no room', '\u200b'],
    ['breaks the line', '\u2028'],
    ['is half of one', '\ud800'],
    ['is none', '\ufffe'],
    ['is a control', '\u009b'],
  ].map(([what, character]) => ({
    name: `a character in the label that ${what}`,
    change: { label: `Acme${character}production` },
    issue: `label must be one line of text, each character of which can be seen, got: ${JSON.stringify(`Acme${character}production`)}`,
  })),
  {
    name: 'a Terraform expression in the boundary',
    change: { permissionsBoundary: `arn:aws:iam::111122223333:policy/${'$'}{file("x")}` },
    issue: `permissionsBoundary must be the ARN of an IAM policy, got: "arn:aws:iam::111122223333:policy/${'$'}{file(\\"x\\")}"`,
  },
  {
    name: 'a tag value that AWS does not take',
    change: { tags: { team: 'platform (eu)' } },
    issue: 'tags.team must consist of letters, digits, spaces and _ . : / = + - @, got: "platform (eu)"',
  },
  {
    name: "the stack's own tag",
    change: { tags: { 'vault-backup-environment': 'mine' } },
    issue:
      'tags must not use the tag key \'vault-backup-environment\', which the stack sets itself, got: {"vault-backup-environment":"mine"}',
  },
  {
    name: 'a reserved tag',
    change: { tags: { team: 'x', 'aws:team': 'x' } },
    issue: 'tags must not use tag keys that start with \'aws:\', which AWS reserves, got: {"team":"x","aws:team":"x"}',
  },
  {
    name: 'an account that YAML reads as a number',
    change: { account: 111122223333 },
    issue: "account must be the account's 12 digits in quotes, got: 111122223333",
  },
  {
    name: 'a region that does not exist',
    change: { region: 'us-esat-2' },
    issue: 'region must be a region of AWS, AWS GovCloud (US) or AWS China, such as us-east-2, got: "us-esat-2"',
  },
  {
    name: 'a region of another partition',
    change: { region: 'eusc-de-east-1' },
    issue: 'region must be a region of AWS, AWS GovCloud (US) or AWS China, such as us-east-1, got: "eusc-de-east-1"',
  },
  {
    name: 'an uppercase bucket',
    change: { bucket: 'Acme' },
    issue: 'bucket must consist of lowercase letters, digits, dots and hyphens, got: "Acme"',
  },
  {
    name: 'an unknown encryption method',
    change: { encryption: { method: 'SSE' } },
    issue: 'encryption.method must be AES-256 or AWS-KMS, got: {"method":"SSE"}',
  },
  {
    name: 'a key id in place of an ARN',
    change: { encryption: { method: 'AWS-KMS', key: 'alias/acme' } },
    issue:
      'encryption.key must be the full ARN of a KMS key (arn:aws:kms:<region>:<account>:key/<id>), not an id or an alias, got: "alias/acme"',
  },
  {
    name: 'a host that is not supported yet',
    change: { host: { kind: 'fax' } },
    issue: 'host.kind must be of the kind ec2, on-premises or existing-role, got: {"kind":"fax"}',
  },
  {
    name: 'a key of another kind of host',
    change: { host: { kind: 'ec2', role: ROLE } },
    issue: 'host.role is not a known key; look at its spelling',
  },
  ...[
    {
      name: 'a trust anchor of another account',
      trustAnchor: { arn: ANCHOR.replace('111122223333', '444455556666') },
      issue: 'host.trustAnchor.arn must be of the account 111122223333, got: 444455556666',
    },
    {
      name: 'a trust anchor of another region',
      trustAnchor: { arn: ANCHOR.replace('us-east-2', 'eu-west-1') },
      issue: 'host.trustAnchor.arn must be in the region us-east-2, where the profile is, got: eu-west-1',
    },
    {
      name: 'a Private CA of another partition',
      trustAnchor: { privateCa: PRIVATE_CA.replace('aws:', 'aws-cn:') },
      issue: 'host.trustAnchor.privateCa must be in the partition aws, where us-east-2 is, got: aws-cn',
    },
    {
      name: 'two sources of a trust anchor',
      trustAnchor: { arn: ANCHOR, privateCa: PRIVATE_CA },
      issue: `host.trustAnchor must be exactly one of arn, certificates and privateCa, got: ${JSON.stringify({ arn: ANCHOR, privateCa: PRIVATE_CA })}`,
    },
    {
      name: 'a path in place of a file next to this one',
      trustAnchor: { certificates: '../ca.pem' },
      issue: 'host.trustAnchor.certificates must be the name of a PEM file beside this one, got: "../ca.pem"',
    },
    {
      name: 'a wildcard in the name of a host',
      certificate: { subject: { CN: ['vault-*'] } },
      issue:
        'host.certificate.subject.CN.0 must be 2 to 64 letters, digits and _ + = , . @ -, without wildcards, got: "vault-*"',
    },
    {
      name: 'a wildcard in the name of the issuer',
      certificate: { subject: { CN: ['v1'] }, issuer: { CN: '*' } },
      issue: 'host.certificate.issuer.CN must be the common name of an authority, without wildcards, got: "*"',
    },
    {
      name: 'sessions of more than an hour',
      sessionSeconds: 7200,
      issue: 'host.sessionSeconds must be at most 3600, got: 7200',
    },
    {
      name: 'short-lived certificates of a month',
      revocation: 'short-lived',
      certificate: { subject: { CN: ['v1'] }, maximumDays: 30 },
      issue: 'host.certificate.maximumDays must be at most 7 where certificates are short-lived, got: 30',
    },
    {
      name: 'short-lived certificates of any length',
      revocation: 'short-lived',
      issue: 'host.certificate.maximumDays must be at most 7 where certificates are short-lived, got: nothing',
    },
  ].map(({ name, issue, ...host }) => ({ name, issue, change: { host: { ...ON_PREMISES, ...host } } })),
  {
    name: 'the name of a role in place of its ARN',
    change: { host: { kind: 'existing-role', role: 'vault-instance' } },
    issue:
      'host.role must be the full ARN of an IAM role (arn:aws:iam::<account>:role/<path>/<name>), its path included, got: "vault-instance"',
  },
  ...[
    {
      name: 'AES-256 for a role of another account',
      encryption: { method: 'AES-256' },
      issue:
        'encryption.method must be AWS-KMS for a role of another account (444455556666), so that the key lets it in as well as the bucket, got: AES-256',
    },
    {
      name: 'policies that the stack attaches to a role of another account',
      host: { ...FOREIGN, attach: true },
      issue:
        'host.attach must be left out for a role of another account: the owner of 444455556666 attaches the policies that emit writes to host/, got: true',
    },
    {
      name: 'a path for a role of another account',
      rolePath: '/vault/',
      issue: 'rolePath must be left out for a role of another account, whose path is part of host.role, got: /vault/',
    },
    {
      name: 'a list of buckets for a role of another account',
      capabilities: ['backup', 'list-buckets'],
      issue:
        'capabilities must not include list-buckets for a role of another account: it would list the buckets of 444455556666, which its owner decides',
    },
    {
      name: 'policies that are taken over for a role of another account',
      adopt: ['policies'],
      issue: 'adopt must not name policies for a role of another account: the stack makes none for it',
    },
  ].map(({ name, issue, ...change }) => ({
    name,
    issue,
    change: { host: FOREIGN, encryption: { method: 'AWS-KMS' }, ...change },
  })),
  {
    name: 'an existing role of another partition',
    change: { host: { kind: 'existing-role', role: ROLE.replace('aws', 'aws-cn') } },
    issue: 'host.role must be in the partition aws, where us-east-2 is, got: aws-cn',
  },
  {
    name: 'a permissions boundary of an existing role',
    change: {
      host: { kind: 'existing-role', role: ROLE },
      permissionsBoundary: 'arn:aws:iam::111122223333:policy/limits',
    },
    issue:
      'permissionsBoundary must be left out for a role that exists already, which keeps its own, got: arn:aws:iam::111122223333:policy/limits',
  },
  {
    name: 'an unknown capability',
    change: { capabilities: ['backup', 'search'] },
    issue:
      'capabilities.1 must be one of backup, versioning, manage-versioning, read-versions, purge-versions, list-buckets, got: "search"',
  },
  {
    name: 'no days at all',
    change: { incompleteUploadDays: 0 },
    issue: 'incompleteUploadDays must be at least 1, got: 0',
  },
  {
    name: 'an unknown key',
    change: { acount: '1' },
    issue: "acount is not a known key; did you mean 'account'?",
  },
  {
    name: 'a key that resembles no known one',
    change: { colour: 'red' },
    issue: 'colour is not a known key; look at its spelling',
  },
  {
    name: 'a misspelt key within another',
    change: { objectLock: { mode: 'GOVERNANCE', retentionDays: 7, retensionDays: 7 } },
    issue: "objectLock.retensionDays is not a known key; did you mean 'retentionDays'?",
  },
  {
    name: 'a value in place of keys',
    change: { objectLock: true },
    issue: 'objectLock must be an object with keys of mode, retentionDays, ended, got: true',
  },
  {
    name: 'a key in another region',
    change: { encryption: { method: 'AWS-KMS', key: KEY.replace('us-east-2', 'us-east-1') } },
    issue: "encryption.key must be a key in the bucket's region us-east-2, got: us-east-1",
  },
  {
    name: 'a key of another account',
    change: { encryption: { method: 'AWS-KMS', key: KEY.replace('111122223333', '444455556666') } },
    issue: 'encryption.key must be a key of the account 111122223333, got: 444455556666',
  },
  {
    name: 'a key of another partition',
    change: { encryption: { method: 'AWS-KMS', key: KEY.replace('arn:aws:', 'arn:aws-cn:') } },
    issue: 'encryption.key must be in the partition aws, where us-east-2 is, got: aws-cn',
  },
  {
    name: 'a former key in another region',
    change: { encryption: { method: 'AES-256', former: ['created', KEY.replace('us-east-2', 'us-west-2')] } },
    issue: "encryption.former must be a key in the bucket's region us-east-2, got: us-west-2",
  },
  {
    name: 'a former key that is not an ARN',
    change: { encryption: { method: 'AES-256', former: ['alias/old'] } },
    issue: 'encryption.former.0 must be created, or the full ARN of a KMS key, got: "alias/old"',
  },
  {
    name: 'the key in use as a former one',
    change: { encryption: { method: 'AWS-KMS', key: KEY, former: [KEY] } },
    issue: `encryption.former must be other keys than the one in use, got: ${KEY}`,
  },
  {
    name: 'the created key in use as a former one',
    change: { encryption: { method: 'AWS-KMS', former: ['created'] } },
    issue: 'encryption.former must be other keys than the one in use, got: created',
  },
  {
    name: 'a former key twice',
    change: { encryption: { method: 'AES-256', former: ['created', 'created'] } },
    issue: 'encryption.former must list each key once, got twice: created',
  },
  {
    name: 'a key given up that is in use',
    change: { encryption: { method: 'AWS-KMS', givenUp: ['created'] } },
    issue: 'encryption.givenUp must not name a key that is in use or a former one, got: created',
  },
  {
    name: 'a key given up that is a former one',
    change: { encryption: { method: 'AES-256', former: ['created'], givenUp: ['created'] } },
    issue: 'encryption.givenUp must not name a key that is in use or a former one, got: created',
  },
  {
    name: 'settings taken over for a bucket that is created',
    change: { adopt: ['lifecycle'] },
    issue: 'adopt must not name lifecycle, which needs bucket beside it',
  },
  {
    name: 'an access log taken over that the file does not keep',
    change: { adopt: ['bucket', 'access-log'] },
    issue: 'adopt must not name access-log, which needs accessLog',
  },
  {
    name: 'a lock taken over that the file does not keep',
    change: { adopt: ['bucket', 'object-lock'] },
    issue: 'adopt must not name object-lock, which needs objectLock',
  },
  {
    name: 'a key taken over that has no name',
    change: { adopt: ['key'], encryption: { method: 'AWS-KMS' } },
    issue: "adopt must not name key, which needs the key's ARN in encryption.key",
  },
  {
    name: 'a key taken over besides one that was created',
    change: { adopt: ['key'], encryption: { method: 'AWS-KMS', key: KEY, former: ['created'] } },
    issue:
      'adopt must not name key, which needs that the environment created no key before it (encryption.former, encryption.givenUp)',
  },
  {
    name: 'an alias taken over for a key that is not',
    change: { adopt: ['alias'], encryption: { method: 'AWS-KMS', key: KEY } },
    issue: 'adopt must not name alias, which needs key beside it',
  },
  {
    name: 'a role taken over that belongs to someone else',
    change: { adopt: ['role'], host: { kind: 'existing-role', role: ROLE } },
    issue: 'adopt must not name role, which needs a kind of host whose role the stack makes',
  },
  {
    name: 'an instance profile of a role that is made',
    change: { adopt: ['instance-profile'] },
    issue: 'adopt must not name instance-profile, which needs role beside it',
  },
  {
    name: 'an instance profile on premises',
    change: { adopt: ['role', 'instance-profile'], host: ON_PREMISES },
    issue: 'adopt must not name instance-profile, which needs host.kind: ec2',
  },
  {
    name: 'attachments of policies that are made',
    change: { adopt: ['role', 'attachments'] },
    issue: 'adopt must not name attachments, which needs policies beside it',
  },
  {
    name: 'attachments that the stack does not make',
    change: { adopt: ['policies', 'attachments'], host: { kind: 'existing-role', role: ROLE } },
    issue: 'adopt must not name attachments, which needs host.attach: true',
  },
  {
    name: 'a thing taken over twice',
    change: { adopt: ['bucket', 'bucket'] },
    issue: 'adopt must list each thing once, got twice: bucket',
  },
  {
    name: 'a thing that cannot be taken over',
    change: { adopt: ['buckets'] },
    issue:
      'adopt.0 must be one of bucket, versioning, encryption, public-access-block, ownership, bucket-policy, lifecycle, access-log, object-lock, key, alias, role, instance-profile, policies, attachments, got: "buckets"',
  },
  {
    name: 'a second name of a role that exists',
    change: { roleName: 'vault', host: { kind: 'existing-role', role: ROLE } },
    issue: 'roleName must be left out where host.role names the role, got: vault',
  },
  {
    name: 'a boundary of another account',
    change: { permissionsBoundary: 'arn:aws:iam::444455556666:policy/limits' },
    issue: 'permissionsBoundary must be a policy of the account 111122223333, got: 444455556666',
  },
  {
    name: 'a boundary of another partition',
    change: { permissionsBoundary: 'arn:aws-cn:iam::111122223333:policy/limits' },
    issue: 'permissionsBoundary must be in the partition aws, where us-east-2 is, got: aws-cn',
  },
  {
    name: 'capabilities without backup',
    change: { capabilities: ['versioning'] },
    issue: 'capabilities must include backup, got: [versioning]',
  },
  {
    name: 'a capability twice',
    change: { capabilities: ['backup', 'backup'] },
    issue: 'capabilities must list each capability once, got twice: backup',
  },
  {
    name: 'managed versioning that cannot read versioning',
    change: { capabilities: ['backup', 'manage-versioning'] },
    issue: 'capabilities must include versioning when they include manage-versioning',
  },
  {
    name: 'its own bucket as the other one',
    change: { otherBucket: 'acme-vault' },
    issue: "otherBucket must be another bucket than 'acme-vault', which the role may reach",
  },
  {
    name: 'its own bucket as the log',
    change: { accessLog: { bucket: 'acme-vault' } },
    issue: "accessLog.bucket must be another bucket than 'acme-vault', which would log its own logs",
  },
  {
    name: 'the name of an account base',
    change: { name: 'account-base-111122223333-us-east-2' },
    issue: 'name must not be that of an account base, got: account-base-111122223333-us-east-2',
  },
  {
    name: 'the bucket of an account base as its own',
    change: { bucket: 'vault-access-logs-111122223333-us-east-2' },
    issue: "bucket must be another bucket than 'vault-access-logs-111122223333-us-east-2', which takes the access logs",
  },
  {
    name: 'a state nowhere',
    change: { state: {} },
    issue: 'state must be one of s3 and cloud, got: {}',
  },
  {
    name: 'a state in two places',
    change: { state: { s3: { bucket: 'state' }, cloud: { organization: 'acme' } } },
    issue: 'state must be one of s3 and cloud, got: {"s3":{"bucket":"state"},"cloud":{"organization":"acme"}}',
  },
  {
    name: 'a state of two keys',
    change: { state: { s3: { bucket: 'state', key: 'a', prefix: 'b/' } } },
    issue: 'state.s3 must have a key or a prefix, not both, got: {"bucket":"state","prefix":"b/","key":"a"}',
  },
  {
    name: 'a prefix that would run into the name',
    change: { state: { s3: { bucket: 'state', prefix: 'vault' } } },
    issue:
      "state.s3.prefix must be names that each end with '/', of letters, digits and ! _ . * ' ( ) -, got: \"vault\"",
  },
  {
    name: 'a Terraform expression in the key of the state',
    change: { state: { s3: { bucket: 'state', key: `${'$'}{path.root}` } } },
    issue: `state.s3.key must be names with '/' between, of letters, digits and ! _ . * ' ( ) -, got: "${'$'}{path.root}"`,
  },
  {
    name: 'an access key for the state',
    change: { state: { s3: { bucket: 'state', access_key: 'x' } } },
    issue: 'state.s3.access_key is not a known key; look at its spelling',
  },
  {
    name: 'a token for the state',
    change: { state: { cloud: { organization: 'acme', token: 'x' } } },
    issue: 'state.cloud.token is not a known key; look at its spelling',
  },
  {
    name: 'the state among the backups',
    change: { state: { s3: { bucket: 'acme-vault' } } },
    issue: "state.s3.bucket must be another bucket than 'acme-vault', which Vault writes to",
  },
  {
    name: 'a state in another partition',
    change: { state: { s3: { bucket: 'state', region: 'cn-north-1' } } },
    issue: 'state.s3.region must be in the partition aws, where us-east-2 is, got: aws-cn',
  },
  {
    name: 'a key for the state in another region',
    change: { state: { s3: { bucket: 'state', region: 'eu-west-1', kmsKey: STATE_KEY } } },
    issue: "state.s3.kmsKey must be a key in the state bucket's region eu-west-1, got: us-east-2",
  },
  {
    rule: 'a key of the state has an id that Terraform takes',
    change: { state: { s3: { bucket: 'state', kmsKey: KEY } } },
    issue: `state.s3.kmsKey must end with a UUID or a multi-Region id (mrk-...), which Terraform's backend asks for, got: "${KEY}"`,
  },
])('rejects $name', ({ change, issue }) => {
  expect(issuesOf({ ...MINIMAL, ...change })).toEqual([issue]);
});

test.each<{ name: string; change: object }>([
  { name: 'short-lived certificates of a week', change: { host: shortLived(7) } },
  { name: 'the alias of a key that is created', change: { adopt: ['alias'], encryption: { method: 'AWS-KMS' } } },
  {
    name: 'the alias of a key that was created before',
    change: { adopt: ['alias'], encryption: { method: 'AES-256', former: ['created'] } },
  },
  { name: 'attachments to a role that is made', change: { adopt: ['role', 'policies', 'attachments'] } },
  {
    name: 'attachments to a role that exists',
    change: { adopt: ['policies', 'attachments'], host: { kind: 'existing-role', role: ROLE, attach: true } },
  },
])('takes $name', ({ change }) => {
  expect(issuesOf({ ...MINIMAL, ...change })).toEqual([]);
});

test('checks the rules whose keys are right even if other keys are wrong', () => {
  const issues = issuesOf({ ...MINIMAL, label: 7, capabilities: ['versioning'] });
  expect(issues).toEqual(['label must be a string, got: 7', 'capabilities must include backup, got: [versioning]']);
});

test.each([
  ['Acme', 'uppercase'],
  ['acme_vault', 'an underscore'],
  ['a'.repeat(41), '41 characters'],
])('rejects the environment name %s: %s', (name) => {
  expect(parseEnvironment(JSON.stringify(MINIMAL), name, `${name}.yaml`)).toMatchObject({
    issues: [{ path: '', message: expect.stringContaining('must be named with lowercase letters') }],
  });
});

test.each([
  [
    'label: [',
    'must be valid YAML, got: Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 9\nIndent with spaces',
  ],
  ['label: a\n---\nlabel: b', 'must hold one YAML document, got: several\nPut each into a file of its own'],
  [
    `a: &a [x, x]\nb: &b [${'*a, '.repeat(20)}]\nc: [${'*b, '.repeat(20)}]`,
    'must be YAML with fewer aliases, got: Excessive alias count',
  ],
  [
    'shared: &shared\n  label: a\n<<: *shared',
    'must be YAML without merge keys, got: <<\nWrite the keys out, or put what environments share into defaults.yaml',
  ],
  ['encryption:\n  << : {method: AES-256}', 'must be YAML without merge keys, got: <<'],
  ['', 'must hold keys and their values, got: null'],
  ['just text', 'must hold keys and their values, got: "just text"'],
])('rejects the text %j', (text, message) => {
  expect(parseEnvironment(text, 'acme', 'acme.yaml')).toMatchObject({
    issues: [{ file: 'acme.yaml', path: '', message: expect.stringContaining(message) }],
  });
});
