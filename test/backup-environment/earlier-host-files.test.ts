import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackupEnvironment } from '../../lib/backup-environment';
import { writeBackupEnvironment } from '../../lib/backup-environment/write-files';
import { SERVE_HOST } from '../host-files/host';
import { AES_256 } from '../verify/configs';

const SERVED: BackupEnvironment = { ...AES_256, host: SERVE_HOST.host };
const PROCESSED: BackupEnvironment = { ...AES_256, host: { ...SERVE_HOST.host, helper: 'process' } };
const UNIT = 'vault-roles-anywhere.service';

let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emit-'));
  await writeBackupEnvironment(folder, SERVED);
});

afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, 'host', name);

test('a file that this emit no longer writes is removed', async () => {
  expect(existsSync(at(UNIT))).toBe(true);
  const { removed, changed } = await writeBackupEnvironment(folder, PROCESSED);
  expect({ removed, changed }).toEqual({ removed: [at(UNIT)], changed: [] });
  expect(existsSync(at(UNIT))).toBe(false);
});

test('one that somebody changed stays, and is named', async () => {
  writeFileSync(at(UNIT), 'mine');
  const { removed, changed } = await writeBackupEnvironment(folder, PROCESSED);
  expect({ removed, changed }).toEqual({ removed: [], changed: [at(UNIT)] });
  expect(existsSync(at(UNIT))).toBe(true);
});

test('the folder goes with the last file, and stays for a file of a person', async () => {
  writeFileSync(at('inventory'), 'vault-1');
  await writeBackupEnvironment(folder, AES_256);
  expect(readdirSync(join(folder, 'host'))).toEqual(['inventory']);
  await writeBackupEnvironment(folder, SERVED);
  rmSync(at('inventory'));
  await writeBackupEnvironment(folder, AES_256);
  expect(existsSync(join(folder, 'host'))).toBe(false);
});

test('sums that lead elsewhere remove nothing', async () => {
  writeFileSync(at('SHA256SUMS'), `${'0'.repeat(64)}  ../backup-environment.md\n${'0'.repeat(64)}  ..\n`);
  const { removed, changed } = await writeBackupEnvironment(folder, PROCESSED);
  expect({ removed, changed }).toEqual({ removed: [], changed: [] });
  expect(existsSync(join(folder, 'backup-environment.md'))).toBe(true);
});
