import { visible } from '../../visible';
import type { AuditReport, Finding } from '../report/audit-report';

/** The first line of every file of settings that this project wrote; a file without it is somebody else's. */
export const CHECKOV_SETTINGS_HEAD = '# Written by vault-env synth --scanner checkov; every synthesis writes it anew.';

/**
 * Settings with which checkov is silent about what the audit of one stack waives, inherits or finds not applicable: each
 * check with the reason, and with its last day where it is a waiver. A check that the stack fails is never skipped.
 *
 * @see https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html
 */
export function checkovSettings({ environment, findings, resources }: AuditReport): string {
  const known = new Set(resources.map(({ address }) => address));
  const skipped = findings.filter((finding) => known.has(finding.resource) && isAnswered(finding));
  const failing = new Set(findings.filter(isOpen).flatMap(checksOf));
  const lines = skipped.flatMap((finding) => {
    const checks = checksOf(finding).filter((check) => !failing.has(check));
    return checks.length === 0 ? [] : [`  # ${reasonOf(finding)}`, ...checks.map((check) => `  - ${check}`)];
  });
  return [
    CHECKOV_SETTINGS_HEAD,
    `# For the environment ${environment} alone: it says what the audit of this stack answers.`,
    'framework:',
    '  - terraform_json',
    ...(lines.length === 0 ? [] : ['skip-check:', ...lines]),
    '',
  ].join('\n');
}

function isAnswered({ result, waiver }: Finding): boolean {
  return waiver !== undefined || result === 'inherited' || result === 'not-applicable';
}

function isOpen({ result, waiver }: Finding): boolean {
  return waiver === undefined && (result === 'fail' || result === 'unknown');
}

function checksOf({ equivalents }: Finding): readonly string[] {
  return equivalents?.checkov ?? [];
}

function reasonOf({ rule, result, detail, waiver }: Finding): string {
  if (waiver === undefined) return visible(`${rule}, ${result}: ${detail}`);
  const end = waiver.source === 'file' ? ` until ${waiver.expires}` : '';
  return visible(`${rule}, waived${end} by ${waiver.owner}: ${waiver.reason}`);
}
