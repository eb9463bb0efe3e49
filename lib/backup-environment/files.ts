import { renderBackupEnvironment } from './create';
import type { BackupEnvironment } from './schema';
import { settingsSheet } from './settings-sheet';
import { renderSettingsSheetMarkdown } from './settings-sheet-markdown';
import { renderSettingsSheetText } from './settings-sheet-text';
import type { OutputFile } from './write-files';

/** What is handed over for a config, in the order to write: the config comes last and means that the sheets are there. */
export function backupEnvironmentFiles(config: BackupEnvironment): readonly OutputFile[] {
  const sheet = settingsSheet(config);
  return [
    { name: 'backup-environment.md', text: renderSettingsSheetMarkdown(sheet) },
    { name: 'backup-environment.txt', text: renderSettingsSheetText(sheet) },
    { name: 'backup-environment.json', text: renderBackupEnvironment(config) },
  ];
}
