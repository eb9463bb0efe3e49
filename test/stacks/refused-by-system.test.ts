import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

test('tells in words what the system refuses to take, and writes nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'refused-by-system-'));
  try {
    writeFileSync(join(folder, 'plain'), '');
    const out = join(folder, 'plain/out');
    const env = { ...process.env, CDKTF_OUTDIR: out, VAULT_ENV_ONLY: 'aes-256' };
    const { status, stdout, stderr } = spawnSync(process.execPath, ['stacks/main.cjs'], {
      cwd: ROOT,
      env,
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: `CannotWrite\n'${out}' must be a place that can be written to, got: a file, where a folder is needed\nMake room there, or set TMPDIR to another folder\n`,
    });
    expect(readdirSync(folder)).toEqual(['plain']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
