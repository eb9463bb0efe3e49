import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sumOfConfig } from '../../lib/backup-environment/sum';
import { fitLines } from '../../lib/fit-text';
import type { SummaryMember } from '../../lib/summary/summary';
import { VERSIONS_TEXT } from '../../lib/versions-files';
import { main } from '../../scripts/main';
import { AES_256_CONFIG, AES_256_OUTPUT } from '../backup-environment/example';
import { recordingIo } from '../support/recording-io';

const TERRAFORM = process.env.TERRAFORM_BINARY_NAME ?? 'terraform';
const ROOT = join(__dirname, '../..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-env-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

async function vaultEnv(argv: readonly string[], signal = new AbortController().signal) {
  const io = recordingIo({ columns: 100 });
  const exitCode = await main(argv, io, { env: process.env, folder, signal });
  return { exitCode, result: io.results(), notes: io.notes() };
}

function write(name: string, content: unknown): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
}

function tree(): readonly string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

const ACME = `
label: Acme
account: "111122223333"
region: us-east-2
bucket: acme-vault
encryption: { method: AES-256 }
host: { kind: ec2 }
`;

describe('the command line', () => {
  test.each([
    { argv: ['--help'], expected: 'vault-env <verb>' },
    { argv: ['--help'], expected: 'vault-env rehearse  ' },
    { argv: ['synth', '--help'], expected: 'vault-env synth aes-256' },
    { argv: ['emit', '--help'], expected: 'vault-env emit aes-256 --from outputs.json' },
    { argv: ['diff', '--help'], expected: 'vault-env diff acme --out acme.plan' },
    { argv: ['verify', '--help'], expected: 'vault-env verify backup-environment.json' },
    { argv: ['rehearse', '--help'], expected: 'vault-env rehearse aes-256 --format json' },
    { argv: ['--version'], expected: '0.1.0' },
    { argv: [], expected: 'vault-env <verb>' },
    { argv: ['-h'], expected: 'vault-env <verb>' },
    { argv: ['help'], expected: 'vault-env <verb>' },
    { argv: ['help', 'synth'], expected: 'vault-env synth aes-256' },
    { argv: ['-V'], expected: '0.1.0' },
    { argv: ['-v'], expected: '0.1.0' },
    { argv: ['version'], expected: '0.1.0' },
    { argv: ['completion'], expected: 'complete' },
    { argv: ['--get-yargs-completions', 'vault-env', 'synth', '--f'], expected: '--format' },
  ])('answers $argv with a result', async ({ argv, expected }) => {
    const { exitCode, result, notes } = await vaultEnv(argv);
    expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: '' });
    expect(result).toContain(expected);
  });

  test.each([
    {
      argv: ['deploy'],
      reason:
        "'deploy' must be a verb, got: deploy\nChoose one of: init, list, synth, audit, diff, adopt, prove, explain, emit, verify, doctor, verifier, rehearse, simulate",
    },
    {
      argv: ['syth'],
      reason: "'syth' must be a verb, got: syth\nDid you mean synth? Choose one of: init, list, synth, ",
    },
    {
      argv: ['emit'],
      reason: "'emit' must be followed by <environment..>, got: emit\nSee vault-env emit --help\n",
    },
    { argv: ['verify', 'x.json', '--format', 'xml'], reason: "'--format' must be one of text, json, " },
    {
      argv: ['verify', 'x.json', '--settle', '-1'],
      reason: "'--settle' must be a number of seconds from 0, got: -1",
    },
    {
      argv: ['verify', 'x.json', '--concurrency', '0'],
      reason: "'--concurrency' must be a whole number from 1, got: 0",
    },
  ])('rejects $argv with exit code 2 and no result', async ({ argv, reason }) => {
    const { exitCode, result, notes } = await vaultEnv(argv);
    expect({ exitCode, result }).toEqual({ exitCode: 2, result: '' });
    expect(notes).toContain(reason);
    expect(notes).toMatch(/^error \(BadArguments\): /);
  });
});

describe('list', () => {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...args], { cwd: folder, stdio: 'ignore' });

  test('shows every environment, and what is wrong with a broken file', async () => {
    write('environments/acme.yaml', ACME);
    write('environments/zenith.yaml', ACME.replace('acme-vault', 'Acme'));
    write('cdktf.out/stacks/acme/cdk.tf.json', {});
    const { exitCode, result } = await vaultEnv(['list', '--format', 'json']);
    const acme = {
      account: '111122223333',
      region: 'us-east-2',
      bucket: 'acme-vault',
      encryption: 'AES-256',
      host: 'ec2',
    };
    expect({ exitCode, list: JSON.parse(result) }).toEqual({
      exitCode: 1,
      list: {
        version: 1,
        environments: [
          { name: 'acme', ...acme, isSynthesized: true, isEmitted: false },
          {
            name: 'zenith',
            problem: expect.stringMatching(/^bucket must /),
            isSynthesized: false,
            isEmitted: false,
          },
        ],
      },
    });
  });

  test.each([
    { files: {}, state: '-' },
    { files: { 'cdktf.out/stacks/acme/cdk.tf.json': {} }, state: 'synthesized' },
    { files: { 'handed-over/acme/backup-environment.json': {} }, state: 'emitted' },
    { files: { 'evidence/acme/verification.json': { verdict: 'fail' } }, state: 'verify: fail' },
    {
      files: { 'evidence/acme/verification.json': { verdict: 'pass', simulated: true } },
      state: 'verify: pass, simulated',
    },
    { files: { 'evidence/acme/verification.json': 'broken' }, state: 'verify: none' },
    { files: { 'evidence/acme/verification-operator.json': { verdict: 'pass' } }, state: '-' },
  ])('shows the state of an environment that left $files as $state', async ({ files, state }) => {
    write('environments/acme.yaml', ACME);
    for (const [file, content] of Object.entries(files)) write(file, content);
    const { result } = await vaultEnv(['list']);
    expect(/^acme .* ec2 +(.*)$/m.exec(result)?.[1]).toBe(state);
  });

  test.each([
    ['a file that changed', 'environments/acme.yaml', 'acme\n'],
    ['a new file', 'environments/new.yaml', 'new\n'],
    ['a shared file beside them', 'environments/ca.pem', 'acme\nzenith\n'],
    ['a file elsewhere', 'README.md', ''],
  ])('names the environments that %s affects since a revision', async (_, file, names) => {
    write('environments/acme.yaml', ACME);
    write('environments/zenith.yaml', ACME.replace('acme-vault', 'zenith-vault'));
    git('init');
    git('add', '-A');
    git('commit', '-m', 'first');
    write(file, `${ACME.replace('acme-vault', file.includes('new') ? 'new-vault' : 'acme-vault')}# changed\n`);
    const { exitCode, result } = await vaultEnv(['list', '--changed-since', 'HEAD', '--format', 'names']);
    expect({ exitCode, result }).toEqual({ exitCode: 0, result: names });
  });

  test('names all where a pipeline says that there is nothing before: a branch is new', async () => {
    write('environments/acme.yaml', ACME);
    const argv = ['list', '--changed-since', '0'.repeat(40), '--format', 'names'];
    expect(await vaultEnv(argv)).toEqual({ exitCode: 0, result: 'acme\n', notes: '' });
  });

  test.each([
    [['--shard', '3/2'], 'BadArguments'],
    [['--changed-since', 'HEAD'], 'NotARevision'],
  ])('refuses %s', async (argv, code) => {
    write('environments/acme.yaml', ACME);
    const { exitCode, notes } = await vaultEnv(['list', ...argv]);
    expect({ exitCode, notes }).toEqual({ exitCode: 2, notes: expect.stringContaining(`error (${code})`) });
  });
});

describe('a run through npm', () => {
  const ROOT = join(__dirname, '..', '..');
  const signal = new AbortController().signal;

  test('works in the folder that npm --prefix <checkout> run was typed in', async () => {
    write('environments/acme.yaml', ACME);
    const io = recordingIo();
    const env = { INIT_CWD: folder, npm_package_json: join(ROOT, 'package.json') };
    await main(['synth', 'acne'], io, { env, folder: ROOT, signal });
    expect(io.notes()).toContain('Did you mean acme? Choose one of: acme\n');
  });

  test('hints at the command as npm runs it', async () => {
    const io = recordingIo();
    await main(['synth', '--zzz'], io, { env: { npm_lifecycle_event: 'vault-env' }, folder, signal });
    expect(io.notes()).toContain('See npm run -s vault-env -- synth --help\n');
  });
});

describe('synth', () => {
  test('synthesizes the named environment, touches no other, and names a broken one', async () => {
    write('environments/acme.yaml', ACME);
    write('environments/zenith.yaml', 'broken: [');
    write('cdktf.out/manifest.json', { stacks: {} });
    write('cdktf.out/stacks/old/cdk.tf.json', {});
    write('cdktf.out/stacks/acme/versions.tf', 'terraform {}');
    expect(await vaultEnv(['synth', 'acme', '--format', 'json'])).toEqual({
      exitCode: 0,
      notes: expect.stringMatching(
        /^skipped environments\/zenith\.yaml: it is compared with no other environment: it must be valid YAML.*\n$/,
      ),
      result: `${JSON.stringify({ version: 1, stacks: [{ name: 'acme', folder: join(folder, 'cdktf.out/stacks/acme') }], broken: [] }, null, 2)}\n`,
    });
    expect(readdirSync(join(folder, 'cdktf.out/stacks'))).toEqual(['acme', 'old']);
    expect(readFileSync(join(folder, 'cdktf.out/stacks/acme/cdk.tf.json'), 'utf8')).toContain('acme-vault');
    expect(readFileSync(join(folder, 'cdktf.out/stacks/acme/versions.tf'), 'utf8')).toBe(VERSIONS_TEXT);
  });

  test.each([
    {
      name: 'no folder of environments',
      code: 'NoEnvironmentsFolder',
      message: "environments' must be a folder",
      files: {},
      argv: [],
    },
    {
      name: 'an unknown environment',
      code: 'UnknownEnvironment',
      message: "'zenith' must be an environment",
      files: { 'environments/acme.yaml': ACME },
      argv: ['zenith'],
    },
    {
      name: 'an uppercase bucket and an unknown key',
      code: 'BadEnvironment',
      message: "'bucket' ",
      files: { 'environments/acme.yaml': `${ACME.replace('acme-vault', 'Acme')}\ncolour: red` },
      argv: [],
    },
    {
      name: 'an output folder of somebody else',
      code: 'NotAnOutputFolder',
      message: 'or hold an earlier synthesis (manifest.json), got: manifest.json, precious.txt',
      files: { 'environments/acme.yaml': ACME, 'mine/precious.txt': 'x', 'mine/manifest.json': '{"name":"web app"}' },
      argv: ['--out', 'mine'],
    },
    {
      name: 'a file as the output folder',
      code: 'NotAnOutputFolder',
      message: 'got: a file',
      files: { 'environments/acme.yaml': ACME },
      argv: ['--out', 'environments/acme.yaml'],
    },
  ])('rejects $name and leaves nothing behind', async ({ code, message, files, argv }) => {
    for (const [name, content] of Object.entries(files)) write(name, content);
    const before = tree();
    const { exitCode, result, notes } = await vaultEnv(['synth', ...argv]);
    expect({ exitCode, result, after: tree() }).toEqual({ exitCode: 2, result: '', after: before });
    expect(notes).toMatch(new RegExp(`^error \\(${code}\\): `));
    expect(notes).toContain(message);
  });

  test('reports on standard error what it left from deleted environments', async () => {
    write('environments/acme.yaml', ACME);
    write('cdktf.out/manifest.json', { stacks: {} });
    write('cdktf.out/stacks/old/backend_override.tf.json', {});
    const { exitCode, result, notes } = await vaultEnv(['synth']);
    expect({ exitCode, result, notes }).toEqual({
      exitCode: 0,
      result: 'acme  cdktf.out/stacks/acme\n',
      notes: 'left cdktf.out/stacks/old: no environment has its name; in it: backend_override.tf.json\n',
    });
  });

  test('leaves nothing behind when it is stopped, and says so', async () => {
    write('environments/acme.yaml', ACME);
    const before = tree();
    const notes = 'interrupted before the end: no file was written\n';
    expect(await vaultEnv(['synth'], AbortSignal.timeout(150))).toEqual({ exitCode: 2, result: '', notes });
    expect(tree()).toEqual(before);
  });
});

describe('emit', () => {
  const stack = JSON.stringify({ output: { backup_environment: { value: AES_256_OUTPUT } } });
  const outputs = { acme: { backup_environment: AES_256_OUTPUT } };

  test('writes the config and the sheet, prints the sheet and says what was written', async () => {
    write('cdktf.out/stacks/acme/cdk.tf.json', stack);
    write('outputs.json', outputs);
    const { exitCode, result, notes } = await vaultEnv(['emit', 'acme', '--from', 'outputs.json', '--out', 'handover']);
    const sheet = readFileSync(join(folder, 'handover/backup-environment.txt'), 'utf8');
    expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: '' });
    expect(result).toBe(
      `${fitLines(sheet, 100)}\nWritten\n  handover/backup-environment.md\n  handover/backup-environment.txt\n  handover/backup-environment.json\n`,
    );
    expect(readdirSync(join(folder, 'handover'))).toHaveLength(3);
  });

  test('prints one document with --format json', async () => {
    write('stack/cdk.tf.json', stack);
    write('outputs.json', outputs);
    const { result } = await vaultEnv([
      'emit',
      'acme',
      '--stack',
      'stack',
      '--from',
      'outputs.json',
      '--format',
      'json',
    ]);
    const stackSha256 = createHash('sha256').update(stack).digest('hex');
    const configSha256 = sumOfConfig({ ...AES_256_OUTPUT, evidence: { stackSha256 } });
    expect(JSON.parse(result)).toEqual({
      version: 1,
      files: ['md', 'txt', 'json'].map((ending) => join(folder, `backup-environment.${ending}`)),
      backupEnvironment: { ...AES_256_OUTPUT, evidence: { stackSha256, configSha256 } },
    });
  });

  test('writes each of several into a folder of its own, and one without outputs stops no other', async () => {
    for (const name of ['acme', 'zenith']) write(`cdktf.out/stacks/${name}/cdk.tf.json`, stack);
    const { exitCode, result } = await vaultEnv(['emit', 'cdktf.out', '--out', 'handed-over', '--format', 'json']);
    const members = JSON.parse(result).members.map(({ name, outcome }: SummaryMember) => `${name} ${outcome}`);
    expect({ exitCode, members }).toEqual({ exitCode: 2, members: ['acme error', 'zenith error'] });
    const refused = await vaultEnv(['emit', 'acme', 'zenith', '--from', 'outputs.json']);
    expect(refused.notes).toContain("'--from' must be for one, got: 2 of them\nEmit each by itself");
  });

  test.each([
    {
      name: 'an environment without a stack',
      argv: ['zenith'],
      code: 'StackNotFound',
      message: 'got: stacks acme\nRun vault-env synth zenith first',
    },
    {
      name: 'no such outputs',
      argv: ['acme', '--from', 'none.json'],
      code: 'OutputsNotFound',
      message: 'terraform output -json',
    },
    {
      name: 'broken outputs',
      argv: ['acme', '--from', 'broken.json'],
      code: 'BrokenJson',
      message: 'must be a JSON document',
    },
    {
      name: 'outputs of another stack',
      argv: ['acme', '--from', 'other.json'],
      code: 'OutputsOfAnotherStack',
      message: 'got: zenith',
    },
    {
      name: 'outputs of an earlier synthesis',
      argv: ['acme', '--from', 'earlier.json'],
      code: 'OutputsOfAnotherSynthesis',
      message: "got: another value at 'backup_environment.form.label'",
    },
    {
      name: 'outputs before the first apply',
      argv: ['acme', '--from', 'empty.json'],
      code: 'OutputMissing',
      message: 'Apply the stack first',
    },
    {
      name: 'a folder that cannot be written',
      argv: ['acme', '--from', 'outputs.json', '--out', 'outputs.json'],
      code: 'CannotWrite',
      message: '--out',
    },
  ])('rejects $name and leaves nothing behind', async ({ argv, code, message }) => {
    write('cdktf.out/stacks/acme/cdk.tf.json', stack);
    write('outputs.json', outputs);
    write('broken.json', '{');
    write('empty.json', {});
    const earlier = { ...AES_256_OUTPUT, form: { ...AES_256_OUTPUT.form, label: 'Earlier' } };
    write('earlier.json', { acme: { backup_environment: earlier } });
    write('other.json', { zenith: { backup_environment: { ...AES_256_OUTPUT, environment: 'zenith' } } });
    const before = tree();
    const { exitCode, result, notes } = await vaultEnv(['emit', ...argv]);
    expect({ exitCode, result, after: tree() }).toEqual({ exitCode: 2, result: '', after: before });
    expect(notes).toMatch(new RegExp(`^error \\(${code}\\): `));
    expect(notes).toContain(message);
  });
});

describe('emit from the folder of the stack', () => {
  const terraform = spawnSync(TERRAFORM, ['version'], { env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
  const needsTerraform = terraform.status === 0 ? test : test.skip;

  let deployed: string;

  beforeAll(() => {
    deployed = mkdtempSync(join(tmpdir(), 'vault-env-deployed-'));
    const cwd = join(deployed, 'cdktf.out/stacks/acme');
    mkdirSync(cwd, { recursive: true });
    const stack = {
      terraform: { backend: { local: { path: '../../../terraform.acme.tfstate' } } },
      output: { backup_environment: { value: { ...AES_256_OUTPUT, environment: 'acme' } } },
    };
    writeFileSync(join(cwd, 'cdk.tf.json'), JSON.stringify(stack));
    const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
    for (const args of [['init'], ['apply', '-auto-approve']]) spawnSync(TERRAFORM, args, { cwd, env });
  });

  afterAll(() => rmSync(deployed, { recursive: true }));

  beforeEach(() => cpSync(deployed, folder, { recursive: true }));

  needsTerraform('asks Terraform for the outputs', async () => {
    const { exitCode, result } = await vaultEnv(['emit', 'acme', '--format', 'json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(result).backupEnvironment).toMatchObject(AES_256_OUTPUT);
  });

  needsTerraform('says what to do where Terraform has never worked, in two lines', async () => {
    write('cdktf.out/stacks/new/cdk.tf.json', { terraform: { backend: { local: { path: '../../new.tfstate' } } } });
    const { exitCode, notes } = await vaultEnv(['emit', 'new']);
    expect({ exitCode, notes }).toEqual({
      exitCode: 2,
      notes:
        "error (StackNotDeployed): 'cdktf.out/stacks/new' must be the folder in which the stack was deployed, got: terraform init was never run there\n" +
        'Run terraform init and terraform apply in it, or name a file of the outputs with --from\n',
    });
  });

  needsTerraform('passes on what Terraform says where the backend was changed', async () => {
    write('cdktf.out/stacks/acme/cdk.tf.json', { terraform: { backend: { local: { path: '../../other.tfstate' } } } });
    const { exitCode, notes } = await vaultEnv(['emit', 'acme']);
    expect(exitCode).toBe(2);
    expect(notes).toContain('Backend configuration block has changed');
  });

  test('rejects a machine without Terraform', async () => {
    write('cdktf.out/stacks/acme/cdk.tf.json', '{}');
    const io = recordingIo();
    const signal = new AbortController().signal;
    expect(await main(['emit', 'acme'], io, { env: { PATH: folder }, folder, signal })).toBe(2);
    expect(io.notes()).toMatch(/^error \(TerraformNotFound\): /);
  });
});

describe('verify', () => {
  test.each([
    {
      name: 'a folder',
      file: '.',
      code: 'ConfigNotFound',
      message: "'.' must be a file that can be read, got: a folder",
    },
    {
      name: 'a missing file',
      file: 'none.json',
      code: 'ConfigNotFound',
      message: "'none.json' must be a file that can be read, got: no such file",
    },
    { name: 'broken JSON', file: 'broken.json', code: 'BrokenJson', message: "'broken.json' must be a JSON document" },
    {
      name: 'a config of another version',
      file: 'next.json',
      code: 'UnsupportedVersion',
      message: 'must be 1 or 2, got: 3',
    },
    {
      name: 'a config with an unknown key',
      file: 'extra.json',
      code: 'BadBackupEnvironment',
      message: "'extra' is not a known key",
    },
  ])('rejects $name', async ({ file, code, message }) => {
    write('broken.json', '{');
    write('next.json', { ...AES_256_CONFIG, version: 3 });
    write('extra.json', { ...AES_256_CONFIG, extra: 1 });
    const { exitCode, result, notes } = await vaultEnv(['verify', file]);
    expect({ exitCode, result }).toEqual({ exitCode: 2, result: '' });
    expect(notes).toMatch(new RegExp(`^error \\(${code}\\): `));
    expect(notes).toContain(message);
  });
});

describe('the bin', () => {
  const node = promisify(execFile);

  test('runs from another folder, with the result on standard output alone', async () => {
    const { stdout, stderr } = await node(process.execPath, [join(ROOT, 'scripts/vault-env.cjs'), '--version'], {
      cwd: folder,
    });
    expect({ stdout, stderr }).toEqual({ stdout: '0.1.0\n', stderr: '' });
  });

  test.each([
    { name: 'no credentials', credentials: {}, code: 'NoCredentials' },
    {
      name: 'long-term keys',
      credentials: { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' },
      code: 'LongTermCredentials',
    },
  ])('refuses to verify with $name', async ({ credentials, code }) => {
    write('backup-environment.json', AES_256_CONFIG);
    const env = { PATH: process.env.PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', ...credentials };
    const argv = [join(ROOT, 'scripts/vault-env.cjs'), 'verify', 'backup-environment.json'];
    const failure = await node(process.execPath, argv, { cwd: folder, env }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(`^error \\(${code}\\): `) });
  });

  test('ends with exit code 2 and a one-screen error', async () => {
    const failure = await node(process.execPath, [join(ROOT, 'scripts/vault-env.cjs'), 'emit', 'acme'], {
      cwd: folder,
    }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^error \(StackNotFound\): .*\n.*\n$/),
    });
  });
});
