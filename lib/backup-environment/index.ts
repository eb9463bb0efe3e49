export { type OutputFile, tryToWrite, writeFiles } from './atomic-write';
export { createBackupEnvironment } from './create';
export { parseBackupEnvironment } from './parse';
export { type OutputsSource, readOutputs } from './read-outputs';
export type { BackupEnvironment, Forbidden, StackOutput } from './schema';
export { settingsSheet } from './settings-sheet';
export { renderSettingsSheetText } from './settings-sheet-text';
