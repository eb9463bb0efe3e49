import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NewEnvironment, newEnvironmentText } from '../../lib/config/new-file';
import { parseEnvironment } from '../../lib/config/parse';
import { main } from '../../scripts/main';
import { recordingIo } from '../support/recording-io';

const ROLE = 'arn:aws:iam::111122223333:role/service/vault-instance';
const ANCHOR = 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/0f5c1a2b-3c4d-4e5f-8a6b-7c8d9e0f1a2b';
const PLACE = ['--account', '011122223333', '--region', 'us-east-2', '--bucket', 'acme-vault'];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'init-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

async function vaultEnv(...argv: readonly string[]) {
  const io = recordingIo();
  const exitCode = await main(argv, io, { env: {}, folder, signal: new AbortController().signal });
  return { exitCode, result: io.results(), notes: io.notes() };
}

test('writes an environment that the other verbs take, and says what to do next', async () => {
  expect(await vaultEnv('init', 'acme', ...PLACE)).toEqual({
    exitCode: 0,
    result: 'environments/acme.yaml\n',
    notes: 'Read it, then try it: vault-env prove acme, vault-env rehearse acme\n',
  });
  const { exitCode, result } = await vaultEnv('list', '--format', 'json');
  expect({ exitCode, environments: JSON.parse(result).environments }).toEqual({
    exitCode: 0,
    environments: [
      {
        name: 'acme',
        account: '011122223333',
        region: 'us-east-2',
        bucket: 'acme-vault',
        encryption: 'AWS-KMS',
        host: 'ec2',
        isSynthesized: false,
        isEmitted: false,
      },
    ],
  });
});

test('logs to the bucket of the account base, unless another one is named', async () => {
  const logBucket = async (...flags: readonly string[]) => {
    await vaultEnv('init', `acme${flags.length}`, ...PLACE, ...flags);
    return /^ {2}bucket: (.*)$/m.exec(readFileSync(join(folder, `environments/acme${flags.length}.yaml`), 'utf8'))?.[1];
  };
  expect([await logBucket(), await logBucket('--access-log', 'logs-bucket')]).toEqual([
    'vault-access-logs-011122223333-us-east-2',
    'logs-bucket',
  ]);
});

test.each([
  { argv: ['acme'], notes: "'init' must be given --account, --region, --bucket, got: none of them" },
  { argv: ['acme', '--host', 'existing-role', ...PLACE], notes: "'init' must be given --role, got: none of them" },
  {
    argv: ['acme', '--host', 'on-premises', ...PLACE],
    notes: "'init' must be given --trust-anchor, --common-name, got: none of them",
  },
  { argv: ['defaults', ...PLACE], notes: "'defaults' must be another name" },
  { argv: ['Acme', ...PLACE], notes: 'Acme.yaml: must be named with lowercase letters' },
  {
    argv: ['acme', '--account', '1', '--region', 'nowhere', '--bucket', 'acme-vault'],
    notes: "acme.yaml: 'region' must be",
  },
  { argv: [], notes: "'init' must be followed by <name>" },
])('writes nothing for $argv', async ({ argv, notes }) => {
  const ran = await vaultEnv('init', ...argv);
  expect({ exitCode: ran.exitCode, result: ran.result }).toEqual({ exitCode: 2, result: '' });
  expect(ran.notes).toContain(notes);
});

test('never overwrites an environment', async () => {
  await vaultEnv('init', 'acme', ...PLACE);
  writeFileSync(join(folder, 'environments/acme.yaml'), 'mine');
  const { exitCode, notes } = await vaultEnv('init', 'acme', ...PLACE);
  expect({ exitCode, text: readFileSync(join(folder, 'environments/acme.yaml'), 'utf8') }).toEqual({
    exitCode: 2,
    text: 'mine',
  });
  expect(notes).toContain('error (EnvironmentExists)');
});

const FACTS: NewEnvironment = {
  label: 'Acme: "production" # 1',
  account: '111122223333',
  region: 'us-east-2',
  bucket: 'acme-vault',
  method: 'AES-256',
  host: { kind: 'ec2' },
};

test.each<{ name: string; facts: NewEnvironment; host: object }>([
  { name: 'an EC2 host', facts: FACTS, host: { kind: 'ec2' } },
  {
    name: 'a host that has a role',
    facts: {
      ...FACTS,
      host: { kind: 'existing-role', answers: { role: ROLE } },
      otherBucket: 'other-bucket',
      accessLog: 'logs-bucket',
    },
    host: { kind: 'existing-role', role: ROLE },
  },
  {
    name: 'a host on premises',
    facts: {
      ...FACTS,
      host: { kind: 'on-premises', answers: { 'trust-anchor': ANCHOR, 'common-name': 'vault-1.acme.example' } },
    },
    host: { trustAnchor: { arn: ANCHOR }, certificate: { subject: { CN: ['vault-1.acme.example'] } } },
  },
])('writes valid text for $name, even with every commented key in use', ({ facts, host }) => {
  const text = newEnvironmentText(facts, 'schema.json');
  const uncommented = text.replaceAll(/^# (?=( *)[a-zA-Z0-9]+:( \S+)?$)/gm, '');
  for (const one of [text, uncommented]) {
    const parsed = parseEnvironment(one, 'acme', 'acme.yaml');
    expect(parsed).toMatchObject({ environment: { name: 'acme', label: facts.label, host } });
  }
  expect(uncommented).toContain('\nstate:\n  s3:\n');
});
