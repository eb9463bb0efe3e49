import { resolve } from 'node:path';
import type { BackupEnvironment } from '../lib/backup-environment';
import { readTextFile } from '../lib/cli/text-file';

/**
 * The config of an environment.
 *
 * @param name - as it was typed
 * @throws {ToolkitError} `ConfigNotFound`; what is wrong with the document
 */
export function readConfig(name: string, folder: string): BackupEnvironment {
  const { parseBackupEnvironment } = require('../lib/backup-environment') as typeof import('../lib/backup-environment');
  const fix = 'Write it with vault-env emit <environment>';
  const text = readTextFile({ path: resolve(folder, name), name, code: 'ConfigNotFound', fix });
  return parseBackupEnvironment(text, name);
}
