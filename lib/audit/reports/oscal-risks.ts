import type { Finding } from '../report/audit-report';
import { markdownText as text } from './markdown-text';
import { type OscalParts, oscalProperty } from './oscal-parts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A risk for each failure and each doubt; one that is waived is a deviation that somebody approved. */
export function oscalRisks(findings: readonly Finding[], parts: OscalParts) {
  return findings.filter(({ result }) => result === 'fail' || result === 'unknown').map((one) => riskOf(one, parts));
}

function riskOf({ id, title, detail, rationale, remedy, waiver }: Finding, { uuid }: OscalParts) {
  return {
    uuid: uuid('risk', id),
    title: text(title),
    description: text(detail),
    statement: text(rationale),
    status: waiver === undefined ? 'open' : 'deviation-approved',
    ...(waiver !== undefined && waiverOf(waiver, uuid('waiver', id))),
    remediations: [
      { uuid: uuid('remedy', id), lifecycle: 'recommendation', title: 'Remedy', description: text(remedy) },
    ],
    'related-observations': [{ 'observation-uuid': uuid('observation', id) }],
  };
}

/** A waiver that the environment itself forces has no end, so it has no deadline. */
function waiverOf({ reason, owner, expires, source }: NonNullable<Finding['waiver']>, uuid: string) {
  return {
    props: [
      oscalProperty('waiver-owner', owner),
      oscalProperty('waiver-expires', expires),
      oscalProperty('waiver-source', source),
    ],
    'mitigating-factors': [{ uuid, description: text(reason) }],
    ...(source === 'file' && DAY.test(expires) && { deadline: `${expires}T23:59:59Z` }),
  };
}
