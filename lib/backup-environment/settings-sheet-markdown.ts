import type { SettingsSheet, SettingsStep } from './settings-sheet';

/** The settings sheet as Markdown. Pure. */
export function renderSettingsSheetMarkdown(sheet: SettingsSheet): string {
  const lines = [
    `# ${escapeMarkdown(sheet.title)}`,
    '',
    '| fact | value |',
    '| --- | --- |',
    ...sheet.facts.map(({ name, value }) => `| ${name} | ${code(value)} |`),
    '',
    '## Before you save',
    '',
    ...sheet.beforeSaving.map((sentence, index) => `${index + 1}. ${escapeMarkdown(sentence)}`),
    '',
    '## On the screen',
    '',
    '| step | field | do | value | note |',
    '| --- | --- | --- | --- | --- |',
    ...sheet.steps.map(renderStep),
    '',
    sheet.reminder,
  ];
  return `${lines.join('\n')}\n`;
}

function renderStep({ field, action, value, note = '' }: SettingsStep, index: number): string {
  const shown = value === undefined ? '' : code(value);
  return `| ${index + 1} | **${field}** | ${action} | ${shown} | ${note} |`;
}

/** A code span that a table cell can hold: its fence is longer than any run of backticks inside. */
function code(value: string): string {
  const longestRun = Math.max(0, ...(value.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const padding = longestRun > 0 ? ' ' : '';
  return `${fence}${padding}${value.replaceAll('|', '\\|')}${padding}${fence}`;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&');
}
