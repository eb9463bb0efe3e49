import type { Finding } from '../report/audit-report';
import type { Outcome, Rule } from './rule';

/** The finding that a report holds of an outcome. */
export function toFinding(
  { id, title, rationale, remedy, controls }: Omit<Rule, 'check' | 'reads'>,
  { resource, about, result, detail, evidence }: Outcome,
): Finding {
  const at = about === undefined ? resource : `${resource}/${about}`;
  return { id: `${id}/${at}`, rule: id, title, rationale, remedy, controls, resource, result, detail, evidence };
}
