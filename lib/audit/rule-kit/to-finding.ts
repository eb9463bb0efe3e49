import type { Finding } from '../report/audit-report';
import type { Outcome, Rule } from './rule';

/** The finding that a report holds of an outcome. */
export function toFinding(
  { id, title, rationale, remedy, controls, equivalents }: Omit<Rule, 'check' | 'reads'>,
  { resource, about, result, detail, evidence }: Outcome,
): Finding {
  const at = about === undefined ? resource : `${resource}/${about}`;
  const rule = { rule: id, title, rationale, remedy, controls, ...(equivalents !== undefined && { equivalents }) };
  return { id: `${id}/${at}`, ...rule, resource, result, detail, evidence };
}
