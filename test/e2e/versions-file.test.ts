import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rehearse } from '../../lib/rehearsal/rehearse';
import { synthesize } from '../../lib/synthesis/synthesize';
import { VERSIONS_FILE, VERSIONS_TEXT } from '../../lib/versions-file';
import { EXAMPLES } from '../support/examples';
import { describeWithProvider } from './describe-with-provider';
import { ROOT } from './run-vault-env';

const FOLDER = mkdtempSync(join(tmpdir(), 'versions-file-'));

afterAll(() => rmSync(FOLDER, { recursive: true }));

describeWithProvider('versions.tf', () => {
  test('goes with the rehearsed stack, and keeps out a Terraform that is too old', async () => {
    const { signal } = new AbortController();
    const base = { root: ROOT, environmentsFolder: EXAMPLES, names: ['aes-256'], env: process.env, signal };
    const {
      stacks: [stack],
    } = await synthesize({ ...base, outFolder: FOLDER });
    writeFileSync(join(stack?.folder ?? '', VERSIONS_FILE), VERSIONS_TEXT.replace(/\d+\.\d+\.\d+/, '99.0.0'));
    const rehearsal = rehearse({ ...base, stacksFolder: FOLDER, keep: false, onStep: () => undefined });
    await expect(rehearsal).rejects.toThrow(/Unsupported (Terraform|OpenTofu) Core version[\s\S]*>= 99\.0\.0/);
  });
});
