import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rehearsalSchema } from '../../lib/rehearsal/schema';
import { describeWithProvider, wholeProvider } from './describe-with-provider';
import { expectRehearsed, REHEARSED_FIRST } from './rehearsed-examples';
import { type CommandResult, runVaultEnv } from './run-vault-env';

const MINUTE_MS = 60_000;
/** Named as tsx names it. */
const TSX_CACHE = `tsx-${process.geteuid?.()}`;

let temporary: string;

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'rehearse-test-'));
});

afterAll(() => {
  rmSync(temporary, { recursive: true });
});

/** A temporary folder for one run of the command, so that what it leaves is seen. The cache of tsx is everybody's. */
function temporaryFolder(name: string): string {
  const folder = join(temporary, name);
  mkdirSync(folder);
  mkdirSync(join(tmpdir(), TSX_CACHE), { recursive: true });
  symlinkSync(join(tmpdir(), TSX_CACHE), join(folder, TSX_CACHE));
  return folder;
}

const leftIn = (name: string) => readdirSync(join(temporary, name)).filter((entry) => entry !== TSX_CACHE);

describeWithProvider('rehearsal', () => {
  let examples: CommandResult;

  beforeAll(async () => {
    examples = await runVaultEnv(['rehearse', ...REHEARSED_FIRST, '--format', 'json'], {
      env: { TMPDIR: temporaryFolder('examples') },
    });
  }, 15 * MINUTE_MS);

  test('deploys, emits and verifies examples', () => {
    expectRehearsed(examples.stdout, REHEARSED_FIRST);
    expect(examples.exitCode).toBe(0);
    rehearsalSchema.parse(JSON.parse(examples.stdout));
  });

  test('reports its progress on standard error, and shows no key anywhere', () => {
    expect(examples.stderr).toMatch(/^aws-kms: terraform apply$/m);
    expect(examples.stderr).toMatch(/^aws-kms: terraform apply: pass, [\d.]+ s/m);
    expect(examples.stdout + examples.stderr).not.toMatch(/(AKIA|ASIA)[A-Z0-9]{12}/);
  });

  test('leaves nothing behind', () => {
    expect(leftIn('examples')).toEqual([]);
  });

  test(
    'ends on Ctrl-C with nothing left behind',
    async () => {
      const { exitCode } = await runVaultEnv(['rehearse', 'aes-256'], {
        env: { TMPDIR: temporaryFolder('interrupted'), ...wholeProvider() },
        interruptAt: /terraform apply/,
      });
      expect(exitCode).toBe(130);
      expect(leftIn('interrupted')).toEqual([]);
    },
    MINUTE_MS,
  );
});
