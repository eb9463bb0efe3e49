import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithProvider, wholeProvider } from '../e2e/describe-with-provider';
import { runVaultEnv } from '../e2e/run-vault-env';
import { leftIn, temporaryFolder } from '../e2e/temporary-folder';
import { HALF_AN_HOUR_MS } from './provider-run';

let temporary: string;

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'interrupted-test-'));
});

afterAll(() => rmSync(temporary, { recursive: true }));

describeWithProvider('rehearsal', () => {
  test(
    'ends on Ctrl-C with nothing left behind',
    async () => {
      const { exitCode } = await runVaultEnv(['rehearse', 'aes-256'], {
        env: { TMPDIR: temporaryFolder(temporary, 'interrupted'), ...wholeProvider() },
        interruptAt: /terraform apply/,
      });
      expect(exitCode).toBe(130);
      expect(leftIn(temporary, 'interrupted')).toEqual([]);
    },
    HALF_AN_HOUR_MS,
  );
});
