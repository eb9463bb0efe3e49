import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAws } from '../../lib/aws/connect';
import { ToolkitError } from '../../lib/errors';
import type { Rehearsal } from '../../lib/rehearsal/rehearsal';
import { rehearse } from '../../lib/rehearsal/rehearse';
import { describeTool } from '../../lib/tool';
import type { Verification } from '../../lib/verify/result/verification';
import { verify } from '../../lib/verify/verify';
import { main } from '../../scripts/main';
import { toolOf } from '../../scripts/tool';
import { AES_256_CONFIG } from '../backup-environment/example';
import { recordingIo } from '../support/recording-io';

jest.mock('../../lib/aws/connect', () => ({ connectAws: jest.fn() }));
jest.mock('../../lib/verify/verify', () => ({ verify: jest.fn() }));
jest.mock('../../lib/rehearsal/rehearse', () => ({ rehearse: jest.fn() }));

const TOOL = toolOf(join(__dirname, '../..'));
const close = jest.fn();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verdicts-'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify(AES_256_CONFIG));
  jest.resetAllMocks();
  jest.mocked(connectAws).mockReturnValue({ close } as unknown as ReturnType<typeof connectAws>);
});

afterEach(() => rmSync(folder, { recursive: true }));

async function vaultEnv(...argv: string[]) {
  const io = recordingIo();
  const { signal } = new AbortController();
  const exitCode = await main(argv, io, { env: {}, folder, signal });
  return { exitCode, result: io.results(), notes: io.notes() };
}

const VERIFICATION: Verification = {
  version: 1,
  half: 'host',
  verdict: 'pass',
  environment: 'acme',
  account: '111122223333',
  bucket: 'acme-vault',
  runId: 'run-0001',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  counts: { total: 0, pass: 0, fail: 0, inconclusive: 0 },
  evidence: { stackSha256: 'a'.repeat(64) },
  checks: [],
  settledMs: 0,
  leftOut: [],
  notExercised: [],
  leftovers: [],
};

const VERDICTS = [
  { verdict: 'pass', exitCode: 0 },
  { verdict: 'fail', exitCode: 1 },
  { verdict: 'inconclusive', exitCode: 1 },
] as const;

describe('verify', () => {
  test.each(VERDICTS)('ends with $exitCode when the verdict is $verdict', async ({ verdict, exitCode }) => {
    jest.mocked(verify).mockResolvedValue({ ...VERIFICATION, verdict });
    expect(await vaultEnv('verify', 'config.json', '--format', 'json')).toEqual({
      exitCode,
      result: `${JSON.stringify({ ...VERIFICATION, verdict, tool: TOOL }, null, 2)}\n`,
      notes: '',
    });
    expect(close).toHaveBeenCalledTimes(1);
  });

  test('hands over the config, the flags and a line for each phase', async () => {
    jest.mocked(verify).mockImplementation(async ({ onProgress }) => {
      const counts = { pass: 0, fail: 0, inconclusive: 0 };
      for (const done of [0, 1]) onProgress?.({ phase: 'positive', done, total: 2, counts, running: [] });
      onProgress?.({ phase: 'cleanup', done: 2, total: 2, counts, running: [] });
      return VERIFICATION;
    });
    const { notes } = await vaultEnv(
      'verify',
      'config.json',
      '--other-bucket',
      'other',
      '--timeout',
      '1.5',
      '--settle',
      '0.5',
      '--concurrency',
      '3',
      '--without',
      'administer-iam',
      '--without',
      'other-region',
    );
    expect(notes).toBe('[0/2] what must work\n[2/2] removing probes\n');
    expect(jest.mocked(connectAws).mock.calls).toEqual([
      [
        {
          region: 'us-east-2',
          env: {},
          caCertificatesPem: undefined,
          hostWords: expect.objectContaining({
            giver: 'the instance profile',
            give: 'Attach the instance profile of the environment to this host, or run this on the host that has it',
          }),
        },
      ],
    ]);
    expect(jest.mocked(verify).mock.calls[0]?.[0]).toMatchObject({
      config: AES_256_CONFIG,
      otherBucket: 'other',
      timeoutMs: 1500,
      settleMs: 500,
      concurrency: 3,
      without: ['administer-iam', 'other-region'],
    });
  });

  test('prints a report for people, and keeps the document where --out says', async () => {
    jest.mocked(verify).mockResolvedValue(VERIFICATION);
    const { result } = await vaultEnv('verify', 'config.json', '--out', 'kept/verification.json');
    expect(result).toContain('acme-vault');
    expect(JSON.parse(readFileSync(join(folder, 'kept/verification.json'), 'utf8'))).toEqual({
      ...VERIFICATION,
      tool: TOOL,
    });
  });

  test.each([
    { option: '--out', place: 'config.json/x.json', message: 'must be a place that can be written to' },
    { option: '--out', place: './config.json', message: "'--out' must be another file than the config" },
    { option: '--evidence', place: '.', message: 'must be an evidence folder, empty or new' },
    { option: '--evidence', place: 'config.json', message: 'config.json' },
  ])('refuses $option $place before the run starts', async ({ option, place, message }) => {
    const { exitCode, result, notes } = await vaultEnv('verify', 'config.json', option, place);
    expect({ exitCode, result }).toEqual({ exitCode: 2, result: '' });
    expect(notes).toContain(message);
    expect(jest.mocked(verify)).not.toHaveBeenCalled();
    expect(readdirSync(folder)).toEqual(['config.json']);
  });

  test('prints the result although a file can no longer be written, and writes the other', async () => {
    jest.mocked(verify).mockImplementation(async () => {
      writeFileSync(join(folder, 'evidence'), 'in the way');
      return VERIFICATION;
    });
    const files = ['--evidence', 'evidence', '--out', 'verification.json'];
    const { exitCode, result, notes } = await vaultEnv('verify', 'config.json', ...files);
    expect(exitCode).toBe(2);
    expect(result).toContain('acme-vault');
    expect(notes).toContain('evidence');
    expect(readdirSync(folder)).toContain('verification.json');
  });

  test('joins an evidence folder, each half with a document and a page of its own, all of them in the list of sums', async () => {
    const halves = { host: 'verification.json', operator: 'verification-operator.json' } as const;
    for (const half of Object.keys(halves) as (keyof typeof halves)[]) {
      jest.mocked(verify).mockResolvedValue({ ...VERIFICATION, half });
      const { exitCode, notes } = await vaultEnv('verify', 'config.json', '--evidence', 'evidence');
      expect({ exitCode, notes }).toEqual({
        exitCode: 0,
        notes: expect.stringMatching(/^The manifest of evidence has the SHA-256 [0-9a-f]{64}\n$/),
      });
      expect(JSON.parse(readFileSync(join(folder, 'evidence', halves[half]), 'utf8')).half).toBe(half);
    }
    const read = (name: string) => readFileSync(join(folder, 'evidence', name), 'utf8');
    const { files } = JSON.parse(read('manifest.json')) as { files: readonly { name: string }[] };
    const pages = ['verification.html', 'verification-operator.html'];
    expect(files.map(({ name }) => name).sort()).toEqual(
      ['backup-environment.json', ...Object.values(halves), ...pages].sort(),
    );
    for (const page of pages) expect(read(page)).toContain('Verification of acme: pass');
    const { exitCode, result } = await vaultEnv('evidence', 'verify', 'evidence');
    expect(exitCode).toBe(0);
    expect(result).toContain('verification-operator.json: pass');
    expect(read('backup-environment.json')).toContain('"acme');
    writeFileSync(join(folder, 'evidence/verification.html'), '<p>pass</p>');
    expect((await vaultEnv('evidence', 'verify', 'evidence')).exitCode).toBe(1);
  });

  test.each([
    { argv: ['--operator-profile', 'audit', '--as', 'host'], reason: '--operator-profile must go with --as operator' },
    { argv: ['--stack', 'cdktf.out/stacks/acme'], reason: '--stack must go with --as operator, got: --as host' },
    { argv: ['--authority', 'ca.pem'], reason: '--authority must go with --as operator, got: --as host' },
    { argv: ['--as', 'operator', '--without', 'administer-iam'], reason: "'--without' must go with the host's half" },
    { argv: ['--clean', '--format', 'junit'], reason: "'--format' must be text or json with --clean, got: junit" },
  ])('refuses $argv', async ({ argv, reason }) => {
    const { exitCode, notes } = await vaultEnv('verify', 'config.json', ...argv);
    expect(exitCode).toBe(2);
    expect(notes).toContain(`error (BadArguments): ${reason}`);
  });

  test.each([
    { file: 'missing.pem', problem: 'ENOENT' },
    { file: 'config.json', problem: 'it holds no certificate in PEM form' },
  ])('as operator needs certificates in the file of an authority, not $file', async ({ file, problem }) => {
    const { exitCode, notes } = await vaultEnv('verify', 'config.json', '--as', 'operator', '--authority', file);
    expect(exitCode).toBe(2);
    expect(notes).toContain(`error (BadAuthority): '${file}' must hold certificates of authorities in PEM form, got: `);
    expect(notes).toContain(problem);
  });

  test('as operator needs the stack that was applied', async () => {
    const { exitCode, notes } = await vaultEnv('verify', 'config.json', '--as', 'operator');
    expect(exitCode).toBe(2);
    expect(notes).toContain('error (StackNotFound)');
  });

  test('closes its connections when verification cannot run', async () => {
    jest.mocked(verify).mockRejectedValue(new Error('unexpected'));
    const { exitCode, result, notes } = await vaultEnv('verify', 'config.json');
    expect({ exitCode, result }).toEqual({ exitCode: 2, result: '' });
    expect(notes).toMatch(/^Error: unexpected\n[\s\S]*This is a defect of vault-env/);
    expect(close).toHaveBeenCalledTimes(1);
  });
});

describe('verify for several', () => {
  beforeEach(() => {
    for (const place of ['fleet/acme', 'fleet/zenith']) {
      mkdirSync(join(folder, place), { recursive: true });
      writeFileSync(join(folder, place, 'backup-environment.json'), JSON.stringify(AES_256_CONFIG));
    }
    mkdirSync(join(folder, 'fleet/empty'));
  });

  test('keeps each with its own evidence, and one that cannot run stops no other', async () => {
    jest
      .mocked(verify)
      .mockResolvedValue(VERIFICATION)
      .mockRejectedValueOnce(new ToolkitError('NoCredentials', 'none'));
    const { exitCode, result } = await vaultEnv('verify', 'fleet', '--evidence', 'evidence', '--format', 'json');
    const { members } = JSON.parse(result);
    expect({ exitCode, members }).toEqual({
      exitCode: 2,
      members: [
        {
          name: 'fleet/acme/backup-environment.json',
          outcome: 'error',
          durationMs: expect.any(Number),
          error: { code: 'NoCredentials', message: 'none' },
        },
        {
          name: 'fleet/zenith/backup-environment.json',
          outcome: 'pass',
          durationMs: expect.any(Number),
          document: { ...VERIFICATION, tool: TOOL },
        },
      ],
    });
    expect(readdirSync(join(folder, 'evidence/zenith'))).toContain('verification.json');
    const evidence = await vaultEnv('evidence', 'verify', 'evidence', '--format', 'markdown');
    expect(evidence.exitCode).toBe(0);
    expect(evidence.result).toContain('| `evidence/zenith` | pass |  |');
  });

  test('gives a build server each check of each, with what to do about it', async () => {
    const check = {
      id: 'bucket-tags',
      title: 'The tags are the audited ones',
      kind: 'configuration',
      controls: [],
      result: 'fail',
      expected: '',
      observed: [],
      detail: 'A tag is gone.',
      diagnoses: [{ id: 'changed-since-audit', cause: 'It was changed.', fix: 'vault-env adopt acme keeps it.' }],
      attempts: 1,
      durationMs: 2,
    } as const;
    jest.mocked(verify).mockResolvedValue({ ...VERIFICATION, verdict: 'fail', checks: [check] });
    const { exitCode, result } = await vaultEnv('verify', 'fleet', '--format', 'junit');
    expect(exitCode).toBe(1);
    expect(result.match(/<testcase [^>]*name="bucket-tags: The tags are the audited ones"/g)).toHaveLength(2);
    expect(result).toContain('A tag is gone.');
    expect(result).toContain('vault-env adopt acme keeps it.');
  });

  test('fails when one fails, and has no page for several', async () => {
    jest
      .mocked(verify)
      .mockResolvedValue(VERIFICATION)
      .mockResolvedValueOnce({ ...VERIFICATION, verdict: 'fail' });
    expect(await vaultEnv('verify', 'fleet')).toMatchObject({
      exitCode: 1,
      result: expect.stringContaining('1 of 2 pass, 1 fail, 0 could not be judged\n'),
    });
    const { notes } = await vaultEnv('verify', 'fleet', '--format', 'html');
    expect(notes).toContain("'--format' must be one of text, json, markdown, junit for several, got: html");
  });
});

describe('rehearse', () => {
  const rehearsal: Rehearsal = { version: 1, verdict: 'pass', simulated: true, environments: [] };

  // Their names are looked up before anything is rehearsed.
  beforeEach(() => {
    for (const environments of ['environments', 'mine']) {
      mkdirSync(join(folder, environments));
      for (const name of ['acme', 'zenith']) writeFileSync(join(folder, environments, `${name}.yaml`), '');
    }
  });

  test.each(VERDICTS)('ends with $exitCode when the verdict is $verdict', async ({ verdict, exitCode }) => {
    jest.mocked(rehearse).mockResolvedValue({ ...rehearsal, verdict });
    expect(await vaultEnv('rehearse', '--format', 'json')).toEqual({
      exitCode,
      result: `${JSON.stringify({ ...rehearsal, verdict, tool: TOOL }, null, 2)}\n`,
      notes: '',
    });
  });

  test.each([
    { flags: [], takesOneOfEach: false },
    { flags: ['--one-of-each'], takesOneOfEach: true },
    { flags: ['--one-of-each', '--all'], takesOneOfEach: false },
  ])('takes one of each only when told to: $flags', async ({ flags, takesOneOfEach }) => {
    jest.mocked(rehearse).mockReset().mockResolvedValue(rehearsal);
    await vaultEnv('rehearse', ...flags);
    expect(jest.mocked(rehearse).mock.calls[0]?.[0]).toMatchObject({ takesOneOfEach });
  });

  test('has a JUnit case for each step and check', async () => {
    const step = {
      id: 'apply',
      title: 'terraform apply',
      result: 'fail',
      detail: 'No <space>',
      durationMs: 5,
    } as const;
    const environment = { name: 'acme', verdict: 'fail', steps: [step], assumed: [] } as const;
    jest.mocked(rehearse).mockResolvedValue({ ...rehearsal, verdict: 'fail', environments: [environment] });
    expect((await vaultEnv('rehearse', '--format', 'junit')).result).toContain(
      '<testcase classname="acme" name="terraform apply" time="0.005"><failure message="No &lt;space&gt;">',
    );
  });

  test('hands over the flags, tells each step and prints the report', async () => {
    jest.mocked(rehearse).mockImplementation(async ({ onStep }) => {
      onStep({ environment: 'acme', title: 'terraform apply' });
      onStep({ environment: 'acme', title: 'terraform apply', detail: 'Creation complete' });
      onStep({ environment: 'acme', title: 'terraform apply', detail: '' });
      onStep({ environment: 'zenith', title: 'terraform init' });
      onStep({ environment: 'acme', title: 'terraform apply', ended: { result: 'pass', durationMs: 61_149 } });
      return rehearsal;
    });
    expect(await vaultEnv('rehearse', 'acme', 'zenith', '--keep', '--environments', 'mine')).toEqual({
      exitCode: 0,
      result: `Rehearsal against a simulated AWS account, by ${describeTool(TOOL)}\n\nVerdict (simulated): pass  ()\n`,
      notes:
        'acme: terraform apply\nzenith: terraform init\n' +
        'acme: terraform apply: pass, 61.1 s; waiting for zenith (terraform init)\n',
    });
    expect(jest.mocked(rehearse).mock.calls[0]?.[0]).toMatchObject({
      names: ['acme', 'zenith'],
      takesOneOfEach: false,
      keep: true,
      environmentsFolder: join(folder, 'mine'),
      root: join(__dirname, '../..'),
    });
  });
});
