import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rehearse } from '../../lib/rehearsal/rehearse';
import { synthesize } from '../../lib/synthesis/synthesize';
import { VERSIONS_FILES } from '../../lib/versions-files';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { ROOT } from '../e2e/run-vault-env';
import { EXAMPLES } from '../support/examples';

const FOLDER = mkdtempSync(join(tmpdir(), 'versions-file-'));

afterAll(() => rmSync(FOLDER, { recursive: true }));

describeWithProvider('versions.tf and versions.tofu', () => {
  test('go with the rehearsed stack, and keep out a Terraform or OpenTofu that is too old', async () => {
    const { signal } = new AbortController();
    const base = { root: ROOT, environmentsFolder: EXAMPLES, names: ['aes-256'], env: process.env, signal };
    const {
      stacks: [stack],
    } = await synthesize({ ...base, outFolder: FOLDER });
    for (const [name, [text = '']] of VERSIONS_FILES)
      writeFileSync(join(stack?.folder ?? '', name), text.replace(/\d+\.\d+\.\d+/, '99.0.0'));
    const rehearsal = rehearse({ ...base, stacksFolder: FOLDER, keep: false, onStep: () => undefined });
    await expect(rehearsal).rejects.toThrow(/Unsupported Terraform Core version|not compatible with OpenTofu/);
  });
});
