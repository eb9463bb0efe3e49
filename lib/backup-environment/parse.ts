import { parseJsonDocument } from './json-document';
import type { BackupEnvironment } from './schema';
import { validateBackupEnvironment } from './validate';

/**
 * Reads the text of a `backup-environment.json`. Pure.
 *
 * @param file - how to call the document in a message
 * @throws {ToolkitError} `BrokenJson`, `UnsupportedVersion`, `ConfigChanged`
 * @throws {ConfigError} `BadBackupEnvironment` with every problem
 */
export function parseBackupEnvironment(text: string, file: string): BackupEnvironment {
  return validateBackupEnvironment(parseJsonDocument(text, file), file);
}
