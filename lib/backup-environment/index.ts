import { parseJsonDocument } from './json-document';
import type { BackupEnvironment } from './schema';
import { validateBackupEnvironment } from './validate';

export { type OutputFile, tryToWrite, writeFiles } from './atomic-write';
export { createBackupEnvironment } from './create';
export { tryNamedFile, writeNamedFile } from './named-file';
export { type OutputsSource, readOutputs } from './read-outputs';
export type { BackupEnvironment, Forbidden, StackOutput } from './schema';
export { settingsSheet } from './settings-sheet';
export { renderSettingsSheetText } from './settings-sheet-text';

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
