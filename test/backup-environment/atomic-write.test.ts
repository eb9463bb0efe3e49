import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryToWrite, writeFiles } from '../../lib/backup-environment';
import { writeBackupEnvironment } from '../../lib/backup-environment/write-files';
import { AES_256_CONFIG, AWS_KMS_CONFIG } from './example';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-files-'));
});

afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true });
});

const FILES = [
  { name: 'a.md', text: 'sheet\n' },
  { name: 'a.json', text: '{}\n' },
];

function contents(): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

test('writes every file and nothing else, readable by all and writable by its owner', async () => {
  writeFileSync(join(folder, 'a.json'), 'old');
  expect(await writeFiles(folder, FILES)).toEqual([join(folder, 'a.md'), join(folder, 'a.json')]);
  expect(contents()).toEqual({ 'a.md': 'sheet\n', 'a.json': '{}\n' });
  expect(FILES.map(({ name }) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o644, 0o644]);
});

test('makes the folder', async () => {
  await writeFiles(join(folder, 'new/deep'), FILES);
  expect(readdirSync(join(folder, 'new/deep')).sort()).toEqual(['a.json', 'a.md']);
});

test('leaves everything as it was when one file cannot be written', async () => {
  writeFileSync(join(folder, 'a.md'), 'old');
  mkdirSync(join(folder, 'a.json'));
  await expect(writeFiles(folder, FILES)).rejects.toMatchObject({
    code: 'CannotWrite',
    message: expect.stringContaining(
      `'${join(folder, 'a.json')}' must be a file that can be written, got: a folder\nName another one with --out`,
    ),
  });
  expect(readdirSync(folder).sort()).toEqual(['a.json', 'a.md']);
  expect(readFileSync(join(folder, 'a.md'), 'utf8')).toBe('old');
});

test('leaves no folder that it made for files which cannot be written', async () => {
  const files = [...FILES, { name: 'inputs/b.json', text: '{}' }, { name: `${'x'.repeat(300)}.json`, text: '{}' }];
  await expect(writeFiles(join(folder, 'new/deep'), files, '--evidence')).rejects.toMatchObject({
    code: 'CannotWrite',
    message: `'${join(folder, 'new/deep')}' must be a place that can be written to, got: a name that is too long\nName another one with --evidence`,
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('tries a folder without leaving anything in it, or the folder itself', async () => {
  writeFileSync(join(folder, 'a.md'), 'old');
  await tryToWrite(folder, 'a.md');
  await tryToWrite(join(folder, 'new/deep'), 'a.md');
  expect(contents()).toEqual({ 'a.md': 'old' });
});

test('tries a folder that cannot be written, and names the option that named it', async () => {
  writeFileSync(join(folder, 'plain'), 'old');
  await expect(tryToWrite(join(folder, 'plain'), 'a.md', '--evidence')).rejects.toMatchObject({
    code: 'CannotWrite',
    message: expect.stringContaining('Name another one with --evidence'),
  });
  expect(contents()).toEqual({ plain: 'old' });
});

test('rejects a folder that is a file', async () => {
  writeFileSync(join(folder, 'plain'), 'old');
  await expect(writeFiles(join(folder, 'plain'), FILES)).rejects.toMatchObject({ code: 'CannotWrite' });
  expect(contents()).toEqual({ plain: 'old' });
});

// Put together here, so that no file of the project holds the form itself.
const SECRETS = [
  { kind: 'an AWS access key id', secret: `AKIA${'IOSFODNN7EXAMPLE'}` },
  { kind: 'an AWS access key id', secret: `ASIA${'IOSFODNN7EXAMPLE'}` },
  { kind: 'an AWS secret access key', secret: `wJalrXUtnFEMI/K7MDENG/bPxRfiCY${'EXAMPLEKEY'}` },
  { kind: 'an AWS session token', secret: `IQoJb3JpZ2luX2VjE${'Ab1'.repeat(40)}` },
  { kind: 'a private key', secret: ['-----BEGIN', 'RSA PRIVATE KEY-----'].join(' ') },
];

test.each(SECRETS)('writes nothing when a file holds $kind, and does not repeat it', async ({ kind, secret }) => {
  const label = `Acme ${secret}`;
  const config = { ...AES_256_CONFIG, form: { ...AES_256_CONFIG.form, label } };
  const failure = await writeBackupEnvironment(folder, config).catch((error: Error) => error);
  expect(failure).toMatchObject({
    code: 'SecretInOutput',
    message: expect.stringContaining(`what looks like ${kind}`),
  });
  expect(String(failure)).not.toContain(secret);
  expect(contents()).toEqual({});
});

test.each([
  { name: 'a config', config: AWS_KMS_CONFIG },
  {
    name: 'a role whose path and name fill 40 characters',
    config: {
      ...AES_256_CONFIG,
      aws: { ...AES_256_CONFIG.aws, roleArn: `arn:aws:iam::111122223333:role/Vault/Backup2/AcmeProductionBackup1` },
    },
  },
])('sees no secret in $name', async ({ config }) => {
  await writeBackupEnvironment(folder, config);
  expect(readdirSync(folder).sort()).toEqual([
    'backup-environment.json',
    'backup-environment.md',
    'backup-environment.txt',
  ]);
});
