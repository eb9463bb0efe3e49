import type { AuditReport } from '../report/audit-report';
import { CONTROL_CATALOGUES, controlIdsOf } from './control-catalogues';

export type Taxonomy = ReturnType<typeof taxonomiesOf>[number];

/** The control catalogues as SARIF has them: those of which a rule names a control, with the controls named. */
export function taxonomiesOf({ findings }: AuditReport) {
  return CONTROL_CATALOGUES.map((catalogue) => ({
    name: catalogue.name,
    version: catalogue.version,
    organization: catalogue.organization,
    taxa: controlIdsOf(findings, catalogue).map((id) => ({ id })),
  })).filter(({ taxa }) => taxa.length > 0);
}
