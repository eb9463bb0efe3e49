import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { refuseLoss } from '../../stacks/refuse-loss';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'refuse-loss-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(files: readonly string[]): void {
  for (const name of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), '');
  }
}

test.each([
  { found: 'no folder yet', files: [] },
  { found: 'stacks that are made again', files: ['stacks/acme/cdk.tf.json', 'stacks/acme/backend_override.tf.json'] },
  {
    found: 'other stacks with files that are made again',
    files: ['stacks/old/cdk.tf.json', 'stacks/old/versions.tf', 'stacks/old/versions.tofu', 'stacks/old/.terraform/x'],
  },
  { found: 'a file between the stacks', files: ['stacks/notes.txt'] },
])('lets a synthesis of one environment go on next to $found', ({ files }) => {
  write(files);
  expect(() => refuseLoss(folder, ['acme'])).not.toThrow();
});

test.each(['backend_override.tf.json', '.terraform.lock.hcl', 'notes/today.txt'])(
  'refuses a synthesis after which the CDKTF command line would remove %s',
  (name) => {
    write(['stacks/acme/cdk.tf.json', `stacks/old/${name}`]);
    expect(() => refuseLoss(folder, ['acme'])).toThrow(
      expect.objectContaining({
        code: 'FilesWouldBeLost',
        message: expect.stringContaining(`got: ${join(folder, 'stacks/old', name.split('/')[0] ?? '')}\n`),
      }),
    );
  },
);
