import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateInstanceProfileCommand, CreatePolicyCommand, CreateRoleCommand } from '@aws-sdk/client-iam';
import { PutBucketTaggingCommand } from '@aws-sdk/client-s3';
import { type ControlPlane, connectControlPlane } from '../../lib/aws/control-plane';
import { askWhetherThere, type Existence } from '../../lib/aws/what-exists';
import { administratorEnvironment } from '../../lib/rehearsal/simulated-environments';
import type { SimulatedAccount } from '../../lib/simulated-aws';
import { importAlias, importBucket, importKey, startSimulatedAccount } from '../../lib/simulated-aws';
import { administratorOf } from '../support/deploy-stack';

const ACCOUNT = '111122223333';
const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const TAGS = [{ Key: 'vault-backup-environment', Value: 'acme' }];
const TAGGED = { 'vault-backup-environment': 'acme' };
const POLICY = `arn:aws:iam::${ACCOUNT}:policy/teams/vault-backup-acme-s3`;
const nobody = JSON.stringify({ Version: '2012-10-17', Statement: [] });
const saved = process.env;

let folder: string;
let account: SimulatedAccount;
let controlPlane: ControlPlane;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'what-exists-'));
  account = await startSimulatedAccount({ accountId: ACCOUNT, region: 'us-east-2' });
  const { state } = account;
  for (const name of ['acme-tagged', 'acme-untagged']) importBucket(state, name);
  importKey(state, { keyId: KEY_ID });
  importAlias(state, 'alias/vault-backup-acme', KEY_ID);
  const { iam, s3 } = administratorOf(account);
  await s3.send(new PutBucketTaggingCommand({ Bucket: 'acme-tagged', Tagging: { TagSet: TAGS } }));
  const statement = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new CreateRoleCommand({ RoleName: 'vault-backup-acme', AssumeRolePolicyDocument, Tags: TAGS }));
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'vault-backup-acme', Tags: TAGS }));
  const PolicyDocument = nobody.replace('[]', '[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]');
  await iam.send(
    new CreatePolicyCommand({ PolicyName: 'vault-backup-acme-s3', Path: '/teams/', PolicyDocument, Tags: TAGS }),
  );
  controlPlane = connectHere();
});

afterAll(async () => {
  process.env = saved;
  controlPlane.close();
  await account.stop();
  rmSync(folder, { recursive: true });
});

function connectHere(): ControlPlane {
  const [certificateFile, emptyFile] = [join(folder, 'ca.pem'), join(folder, 'empty')];
  writeFileSync(certificateFile, account.caCertificatePem);
  writeFileSync(emptyFile, '');
  const endpoint = { endpoint: account.endpoint, certificateFile, emptyFile, region: 'us-east-2' };
  process.env = { ...administratorEnvironment(saved, endpoint, account.administrator) };
  return connectControlPlane({ region: 'us-east-2', env: process.env, caCertificatesPem: account.caCertificatePem });
}

const there = (tags: Readonly<Record<string, string>>): Existence => ({ state: 'there', tags });
const ABSENT: Existence = { state: 'absent' };

test.each<readonly [type: string, name: string, existence: Existence]>([
  ['aws_s3_bucket', 'acme-tagged', there(TAGGED)],
  ['aws_s3_bucket', 'acme-untagged', there({})],
  ['aws_s3_bucket', 'acme-nowhere', ABSENT],
  ['aws_iam_role', 'vault-backup-acme', there(TAGGED)],
  ['aws_iam_role', 'vault-backup-other', ABSENT],
  ['aws_iam_instance_profile', 'vault-backup-acme', there(TAGGED)],
  ['aws_iam_instance_profile', 'vault-backup-other', ABSENT],
  ['aws_iam_policy', POLICY, there(TAGGED)],
  ['aws_iam_policy', POLICY.replace('-s3', '-kms'), ABSENT],
  ['aws_kms_alias', 'alias/vault-backup-acme', there({})],
  ['aws_kms_alias', 'alias/vault-backup-other', ABSENT],
  ['aws_sns_topic', 'acme', { state: 'unknown', because: 'nothing here reads aws_sns_topic' }],
])('%s %s is found as it is', async (type, name, existence) => {
  expect(await askWhetherThere(controlPlane, { type, name })).toEqual(existence);
});

const refusing = (code: string) => {
  const answer = { ok: false, code, message: 'no', status: 403, requestId: 'R1' };
  return { ...controlPlane, s3: { ...controlPlane.s3, getBucketTagging: async () => answer as never } };
};

test('a bucket that S3 does not show is not known', async () => {
  expect(await askWhetherThere(refusing('AccessDenied'), { type: 'aws_s3_bucket', name: 'acme' })).toEqual({
    state: 'unknown',
    because: 'AccessDenied: no',
  });
});

test('a bucket of another region is there', async () => {
  expect(await askWhetherThere(refusing('PermanentRedirect'), { type: 'aws_s3_bucket', name: 'acme' })).toEqual(
    there({}),
  );
});
