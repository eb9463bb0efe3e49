import type { SettingsSheet, SettingsStep } from './settings-sheet';

/** The settings sheet as plain text. Pure. */
export function renderSettingsSheetText(sheet: SettingsSheet): string {
  const nameWidth = Math.max(...sheet.facts.map(({ name }) => name.length));
  const lines = [
    sheet.title,
    '',
    ...sheet.facts.map(({ name, value }) => `  ${name.padEnd(nameWidth)}  ${value}`),
    '',
    'Before you save',
    ...sheet.beforeSaving.map((sentence, index) => `  ${index + 1}. ${sentence}`),
    '',
    'On the screen',
    ...sheet.steps.flatMap(renderStep),
    '',
    sheet.reminder,
  ];
  return `${lines.join('\n')}\n`;
}

function renderStep({ field, action, value, note }: SettingsStep, index: number): readonly string[] {
  const number = `${index + 1}.`.padStart(4);
  const indent = ' '.repeat(number.length + 1);
  const lines = [`${number} ${field}`, `${indent}${value === undefined ? action : `${action}: ${value}`}`];
  return note === undefined ? lines : [...lines, `${indent}(${note})`];
}
