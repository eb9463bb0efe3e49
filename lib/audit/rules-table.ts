import { BASELINE_KEEPS_DATA, BASELINE_SOUND, NO_NEW_ACCESS, STATE_STAYS_SHARED } from './baseline/baseline-rules';
import type { ControlIds } from './report/audit-report';
import type { Rule } from './rule-kit/rule';
import { RULES } from './rules';
import { WAIVER_RULES } from './waivers/waiver-findings';

const CATALOGUES: readonly (readonly [keyof ControlIds, string])[] = [
  ['fsbp', ''],
  ['cisV3', 'CIS 3.0: '],
  ['cisV5', 'CIS 5.0: '],
  ['nist80053r5', 'NIST: '],
  ['pciDss401', 'PCI: '],
];

/** Every rule of the audit as a page of Markdown. */
export function rulesPage(): string {
  const ofBaselines = [BASELINE_SOUND, NO_NEW_ACCESS, BASELINE_KEEPS_DATA, STATE_STAYS_SHARED];
  const rules: readonly Omit<Rule, 'check'>[] = [...RULES, ...ofBaselines, ...Object.values(WAIVER_RULES)];
  const rows = rules.map(({ id, title, reads, remedy, controls }) =>
    [`\`${id}\``, title, reads, remedy, controlText(controls)].map(escapePipes).join(' | '),
  );
  return [
    '# Rules of the audit',
    '',
    'Written by `npm run rules` from [`lib/audit/rules`](../lib/audit/rules); a waiver names a rule by its id. Control ids without a name are those of AWS Foundational Security Best Practices.',
    '',
    '| rule | what holds | what is read | remedy | controls |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n');
}

function controlText(controls: ControlIds): string {
  return CATALOGUES.flatMap(([name, prefix]) => {
    const ids = controls[name] ?? [];
    return ids.length === 0 ? [] : [`${prefix}${ids.join(', ')}`];
  }).join('; ');
}

function escapePipes(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('*', '\\*');
}
