import type { ControlIds, Finding } from '../report/audit-report';

export interface ControlCatalogue {
  readonly key: keyof ControlIds;
  readonly name: string;
  /** As it stands before an id. */
  readonly shortName: string;
  readonly version: string;
  readonly organization: string;
}

/** The catalogues that rules name controls of, in the order of the reports. */
export const CONTROL_CATALOGUES: readonly ControlCatalogue[] = [
  {
    key: 'fsbp',
    name: 'AWS Foundational Security Best Practices',
    shortName: 'FSBP',
    version: '1.0.0',
    organization: 'AWS',
  },
  {
    key: 'cisV3',
    name: 'CIS AWS Foundations Benchmark 3.0',
    shortName: 'CIS 3.0',
    version: '3.0.0',
    organization: 'CIS',
  },
  {
    key: 'cisV5',
    name: 'CIS AWS Foundations Benchmark 5.0',
    shortName: 'CIS 5.0',
    version: '5.0.0',
    organization: 'CIS',
  },
  { key: 'nist80053r5', name: 'NIST SP 800-53', shortName: 'NIST', version: 'Revision 5', organization: 'NIST' },
  { key: 'pciDss401', name: 'PCI DSS', shortName: 'PCI DSS', version: '4.0.1', organization: 'PCI SSC' },
];

/** Ids that the findings name of one catalogue, each once, numbers in their own order. */
export function controlIdsOf(findings: readonly Finding[], { key }: ControlCatalogue): readonly string[] {
  const ids = new Set(findings.flatMap(({ controls }) => controls[key] ?? []));
  return [...ids].sort(new Intl.Collator('en', { numeric: true }).compare);
}

/** Each service of AWS FSBP has one page, with an anchor for each control. */
const FSBP_ID = /^([A-Z][A-Za-z0-9]*)\.(\d+)$/;

/**
 * Where AWS describes a control of its Foundational Security Best Practices.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html
 */
export function fsbpPage(id: string): string | undefined {
  const [, service, number] = FSBP_ID.exec(id) ?? [];
  if (service === undefined || number === undefined) return undefined;
  const name = service.toLowerCase();
  return `https://docs.aws.amazon.com/securityhub/latest/userguide/${name}-controls.html#${name}-${number}`;
}
