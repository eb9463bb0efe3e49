import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rehearsal } from '../../lib/rehearsal/rehearsal';
import { rehearse } from '../../lib/rehearsal/rehearse';
import { EXAMPLES } from '../support/synthesize';
import { ALTERATIONS, alterStackFile } from './alterations';
import { describeWithProvider } from './describe-with-provider';

const ROOT = join(__dirname, '..', '..');
const MINUTE_MS = 60_000;

const ALL_CHECKS = [
  'administer-iam',
  'administer-kms',
  'bucket-region',
  'change-bucket-policy',
  'customer-provided-key',
  'multipart-upload',
  'object-acl',
  'object-delete',
  'object-encryption',
  'object-get',
  'object-head',
  'object-list',
  'object-put',
  'other-bucket',
  'plain-http',
  'read-bucket-policy',
  'role-identity',
  'versioning-state',
  'wrong-encryption-header',
];
const KEY_CHECKS = ['direct-key-use', 'wrong-key'];

let temporary: string;

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'rehearse-test-'));
});

afterEach(() => {
  rmSync(temporary, { recursive: true });
});

/** Runs the command as a person would, with a temporary folder of its own, so that leftovers are seen. */
function runRehearse(args: readonly string[], onNote: (text: string, pid: number) => void = () => undefined) {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'vault-env.cjs'), 'rehearse', ...args], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
    onNote(output.stderr, child.pid ?? 0);
  });
  return new Promise<{ exitCode: number | null; stdout: string; stderr: string }>((resolve) =>
    child.once('close', (exitCode) => resolve({ exitCode, ...output })),
  );
}

describeWithProvider('rehearsal', () => {
  test(
    'deploys, emits and verifies both examples, and leaves nothing behind',
    async () => {
      const { exitCode, stdout, stderr } = await runRehearse(['--format', 'json']);
      const rehearsal: Rehearsal = JSON.parse(stdout);
      const summary = rehearsal.environments.map(({ name, verdict, steps, verification }) => ({
        name,
        verdict,
        steps: steps.map(({ id, result }) => `${id} ${result}`),
        checks: verification?.checks
          .filter(({ result }) => result === 'pass')
          .map(({ id }) => id)
          .sort(),
        verdictOfChecks: verification?.verdict,
        leftovers: verification?.leftovers,
      }));
      const passed = ['synthesize', 'start-account', 'init', 'apply', 'second-plan', 'emit', 'host', 'verify'];
      const expected = (name: string, checks: readonly string[]) => ({
        name,
        verdict: 'pass',
        steps: passed.map((id) => `${id} pass`),
        checks: [...checks].sort(),
        verdictOfChecks: 'pass',
        leftovers: [],
      });
      expect(summary).toEqual([expected('aes-256', ALL_CHECKS), expected('aws-kms', [...ALL_CHECKS, ...KEY_CHECKS])]);
      expect({ version: rehearsal.version, verdict: rehearsal.verdict, simulated: rehearsal.simulated }).toEqual({
        version: 1,
        verdict: 'pass',
        simulated: true,
      });
      expect(exitCode).toBe(0);
      expect(stderr).toMatch(/aws-kms: terraform apply/);
      expect(stdout + stderr).not.toMatch(/AKIA|ASIA/);
      expect(readdirSync(temporary)).toEqual([]);
    },
    3 * MINUTE_MS,
  );

  test(
    'ends at once on Ctrl-C, with nothing left behind',
    async () => {
      let isInterrupted = false;
      const { exitCode } = await runRehearse(['aes-256'], (notes, pid) => {
        if (isInterrupted || !notes.includes('terraform apply')) return;
        isInterrupted = true;
        process.kill(pid, 'SIGINT');
      });
      expect(exitCode).toBe(130);
      expect(readdirSync(temporary)).toEqual([]);
    },
    MINUTE_MS,
  );

  describe('of a broken stack', () => {
    let rehearsal: Rehearsal;

    beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'broken-stacks-'));
      mkdirSync(join(folder, 'environments'));
      for (const { environment, example } of ALTERATIONS) {
        const text = readFileSync(join(EXAMPLES, `${example}.yaml`), 'utf8');
        const own = text.replace(/^bucket: .*$/m, `bucket: example-${environment}`);
        writeFileSync(join(folder, 'environments', `${environment}.yaml`), own);
      }
      rehearsal = await rehearse({
        root: ROOT,
        environmentsFolder: join(folder, 'environments'),
        names: [],
        env: process.env,
        keep: false,
        signal: new AbortController().signal,
        onStep: () => undefined,
        alterStack: (name, file) => {
          const alteration = ALTERATIONS.find(({ environment }) => environment === name);
          if (alteration) alterStackFile(file, alteration.alter);
        },
      });
      rmSync(folder, { recursive: true });
    }, 3 * MINUTE_MS);

    test.each(ALTERATIONS)('fails when $defect', ({ environment, failing }) => {
      const result = rehearsal.environments.find(({ name }) => name === environment);
      const checks = result?.verification?.checks ?? [];
      expect({
        verdict: result?.verdict,
        failing: checks
          .filter((check) => check.result !== 'pass')
          .map(({ id, result: of }) => `${id} ${of}`)
          .sort(),
      }).toEqual({ verdict: 'fail', failing: failing.map((id) => `${id} fail`) });
    });

    test('is a failure as a whole', () => {
      expect(rehearsal.verdict).toBe('fail');
    });
  });
});
