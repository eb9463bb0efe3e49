import { hostFiles } from '../host-files';
import { type OutputFile, writeFiles } from './atomic-write';
import { renderBackupEnvironment } from './create';
import { type EarlierFiles, readEarlierFiles, removeEarlierFiles, withSums } from './earlier-host-files';
import type { BackupEnvironment } from './schema';
import { settingsSheet } from './settings-sheet';
import { renderSettingsSheetMarkdown } from './settings-sheet-markdown';
import { renderSettingsSheetText } from './settings-sheet-text';

/** The files handed over for a config, in the order to write: the config comes last and means that the others are there. */
export function backupEnvironmentFiles(
  config: BackupEnvironment,
  verifierSha256?: string,
): readonly OutputFile<string>[] {
  const sheet = settingsSheet(config, verifierSha256);
  return [
    { name: 'backup-environment.md', text: renderSettingsSheetMarkdown(sheet) },
    { name: 'backup-environment.txt', text: renderSettingsSheetText(sheet) },
    ...withSums(hostFiles(config)),
    { name: 'backup-environment.json', text: renderBackupEnvironment(config) },
  ];
}

/**
 * Writes the config, its settings sheet and what its host needs into the folder, and removes what an earlier emit wrote for
 * a host and this one does not.
 *
 * @returns paths
 * @throws {ToolkitError} `SecretInOutput`, before anything is written; `CannotWrite`
 */
export async function writeBackupEnvironment(
  folder: string,
  config: BackupEnvironment,
  verifierSha256?: string,
): Promise<EarlierFiles & { readonly written: readonly string[] }> {
  const earlier = await readEarlierFiles(folder);
  const files = backupEnvironmentFiles(config, verifierSha256);
  const written = await writeFiles(folder, files);
  return { written, ...(await removeEarlierFiles(folder, earlier, files)) };
}
