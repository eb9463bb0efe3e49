import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provePermissions } from '../../lib/audit/permission-proof/prove';
import { readManifest, stacksOf } from '../../lib/synthesis/output-folder';
import { type SynthesizeOptions, synthesize } from '../../lib/synthesis/synthesize';
import { main } from '../../scripts/main';
import { recordingIo } from '../support/recording-io';

jest.mock('../../lib/audit/permission-proof/prove', () => {
  const original = jest.requireActual('../../lib/audit/permission-proof/prove');
  return { provePermissions: jest.fn(original.provePermissions) };
});

jest.mock('../../lib/synthesis/synthesize', () => ({ synthesize: jest.fn() }));

const ROOT = join(__dirname, '../..');
const SYSTEM_TMPDIR = process.env.TMPDIR;
const synthesized = mkdtempSync(join(tmpdir(), 'audit-verbs-synthesized-'));
let temporary: string;

beforeAll(() => jest.mocked(synthesize).mockImplementation(synthesizeOnce));

afterAll(() => rmSync(synthesized, { recursive: true }));

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'audit-verbs-'));
  process.env.TMPDIR = temporary;
});

afterEach(() => {
  if (SYSTEM_TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = SYSTEM_TMPDIR;
  rmSync(temporary, { recursive: true });
});

/** Synthesizes each environment once, and copies what came of it from then on. */
async function synthesizeOnce(options: SynthesizeOptions) {
  const copy = join(synthesized, options.names.join(' '));
  if (existsSync(copy)) {
    cpSync(copy, options.outFolder, { recursive: true });
    return { stacks: stacksOf(readManifest(copy), options.outFolder), broken: [] };
  }
  const synthesis = await jest.requireActual('../../lib/synthesis/synthesize').synthesize(options);
  cpSync(options.outFolder, copy, { recursive: true });
  return synthesis;
}

async function vaultEnv(...argv: readonly string[]) {
  const io = recordingIo({ columns: 110 });
  const exitCode = await main(argv, io, { env: process.env, folder: ROOT, signal: new AbortController().signal });
  return { exitCode, result: io.results(), notes: io.notes() };
}

describe('prove', () => {
  test('prints one document, and leaves nothing behind', async () => {
    const { exitCode, result, notes } = await vaultEnv('prove', 'aes-256', '--format', 'json');
    expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: '' });
    expect(JSON.parse(result)).toMatchObject({
      version: 1,
      verdict: 'pass',
      environment: 'aes-256',
      counts: { fail: 0 },
    });
    expect(readdirSync(temporary).filter((name) => name.startsWith('vault-env-audit-'))).toEqual([]);
  });

  test('ends with 1 when the proof fails', async () => {
    const { provePermissions: proveReally } = jest.requireActual('../../lib/audit/permission-proof/prove');
    jest.mocked(provePermissions).mockImplementationOnce((input) => {
      const declared = { ...input.policies.declared, capabilities: ['backup'] };
      return proveReally({ ...input, policies: { ...input.policies, declared } });
    });
    const { exitCode, result } = await vaultEnv('prove', 'aes-256');
    expect(exitCode).toBe(1);
    expect(result).toContain("look at 'ReadVersioning' of 'aws_iam_policy.s3'\n");
  });

  test('ends with 2 for an environment that does not exist, and leaves nothing behind', async () => {
    const { exitCode, result, notes } = await vaultEnv('prove', 'zenith');
    expect({ exitCode, result }).toEqual({ exitCode: 2, result: '' });
    expect(notes).toMatch(/^error \(UnknownEnvironment\): 'zenith' /);
    expect(readdirSync(temporary).filter((name) => name.startsWith('vault-env-audit-'))).toEqual([]);
  });
});

describe('explain', () => {
  const getObject = ['explain', 'aes-256', '--action', 's3:GetObject', '--resource', 'bucket/a.csv'];

  test('ends with 1 and one document when the answer is no', async () => {
    const context = ['--context', 'aws:UserAgent=a=b', '--context', 's3:TlsVersion=1.1'];
    const { exitCode, result, notes } = await vaultEnv(...getObject, ...context, '--format', 'json');
    expect({ exitCode, notes }).toEqual({ exitCode: 1, notes: '' });
    const { version, decision, context: used } = JSON.parse(result);
    expect({ version, result: decision.result }).toEqual({ version: 1, result: 'explicitly-denied' });
    expect(used.slice(-2)).toEqual([
      { key: 'aws:UserAgent', value: 'a=b', isDefault: false },
      { key: 's3:TlsVersion', value: '1.1', isDefault: false },
    ]);
  });

  test('ends with 2 for an action that does not exist', async () => {
    const argv = ['explain', 'aes-256', '--action', 's3:HeadBucket', '--resource', 'bucket'];
    const { exitCode, result, notes } = await vaultEnv(...argv);
    expect({ exitCode, result }).toEqual({ exitCode: 2, result: '' });
    expect(notes).toMatch(/^error \(UnknownAction\): '--action': /);
  });

  test('asks both sides about a role of another account, and says which was not given', async () => {
    const file = join(temporary, 'role-policy.json');
    const Statement = [
      { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::example-vault-foreign-role/*' },
    ];
    writeFileSync(file, JSON.stringify({ Version: '2012-10-17', Statement }));
    const foreign = ['explain', 'foreign-role', '--environments', 'test/fixtures/environments', '--format', 'json'];
    const decided = async (action: string, ...more: readonly string[]) => {
      const argv = [...foreign, '--action', action, '--resource', 'bucket/a.csv', ...more];
      const { exitCode, result } = await vaultEnv(...argv);
      const { decision, notAssessed } = JSON.parse(result);
      const isKnown = !notAssessed.some((one: string) => one.includes('--role-policy gives them'));
      return { exitCode, result: decision.result, isKnown };
    };
    const given = ['--role-policy', file];
    expect(await decided('s3:GetObject')).toEqual({ exitCode: 1, result: 'implicitly-denied', isKnown: false });
    expect(await decided('s3:GetObject', ...given)).toEqual({ exitCode: 0, result: 'allowed', isKnown: true });
    expect(await decided('s3:PutObject', ...given)).toEqual({
      exitCode: 1,
      result: 'implicitly-denied',
      isKnown: true,
    });
  });

  test('refuses policies of a role that the stack makes', async () => {
    const file = join(temporary, 'role-policy.json');
    const Statement = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }];
    writeFileSync(file, JSON.stringify({ Version: '2012-10-17', Statement }));
    const { exitCode, notes } = await vaultEnv(...getObject, '--role-policy', file);
    expect(exitCode).toBe(2);
    expect(notes).toMatch(/^error \(NoForeignRole\): /);
  });

  test.each([
    { argv: [...getObject, '--context', 'TlsVersion=1'], reason: "'--context' must be <key>=<value>" },
    { argv: [...getObject, '--context', 's3:TlsVersion'], reason: 'got: s3:TlsVersion' },
  ])('rejects $argv', async ({ argv, reason }) => {
    const { exitCode, result, notes } = await vaultEnv(...argv);
    expect({ exitCode, result }).toEqual({ exitCode: 2, result: '' });
    expect(notes).toMatch(/^error \(BadArguments\): /);
    expect(notes).toContain(reason);
  });
});

describe('the examples in the help', () => {
  test.each([
    { line: 'prove aws-kms', exitCode: 0 },
    { line: 'prove aes-256 --format json', exitCode: 0 },
    { line: 'explain aws-kms --action s3:PutObject --resource bucket/a.csv', exitCode: 0 },
    { line: 'explain aws-kms --action kms:Decrypt --resource key --format json', exitCode: 1 },
  ])('vault-env $line ends with $exitCode', async ({ line, exitCode }) => {
    const argv = line.split(' ');
    const help = await vaultEnv(argv[0] ?? '', '--help');
    // A narrow column breaks the line of an example between its words.
    expect(help.result.match(/\S+/g)).toEqual(expect.arrayContaining(['vault-env', ...argv]));
    expect(await vaultEnv(...argv)).toMatchObject({ exitCode, notes: '' });
  });
});
