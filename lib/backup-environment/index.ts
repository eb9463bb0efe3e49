export { createBackupEnvironment } from './create';
export { backupEnvironmentFiles } from './files';
export { parseBackupEnvironment } from './parse';
export { OUTPUT_NAME, type OutputsSource, readOutputs } from './read-outputs';
export type { BackupEnvironment, Forbidden, StackOutput } from './schema';
export { settingsSheet } from './settings-sheet';
export { renderSettingsSheetMarkdown } from './settings-sheet-markdown';
export { renderSettingsSheetText } from './settings-sheet-text';
export { writeFiles } from './write-files';
