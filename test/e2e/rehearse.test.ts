import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rehearsalSchema } from '../../lib/rehearsal/schema';
import { describeWithProvider } from './describe-with-provider';
import { expectRehearsed, REHEARSED_FIRST } from './rehearsed-examples';
import { type CommandResult, runVaultEnv } from './run-vault-env';
import { leftIn, temporaryFolder } from './temporary-folder';

const MINUTE_MS = 60_000;

let temporary: string;

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'rehearse-test-'));
});

afterAll(() => {
  rmSync(temporary, { recursive: true });
});

describeWithProvider('rehearsal', () => {
  let examples: CommandResult;

  beforeAll(async () => {
    examples = await runVaultEnv(['rehearse', ...REHEARSED_FIRST, '--format', 'json'], {
      env: { TMPDIR: temporaryFolder(temporary, 'examples') },
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
    expect(leftIn(temporary, 'examples')).toEqual([]);
  });
});
