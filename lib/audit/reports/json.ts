import { visibleJson } from '../../visible';
import type { AuditReport } from '../report/audit-report';

export function renderJson(report: AuditReport): string {
  return visibleJson(report);
}
