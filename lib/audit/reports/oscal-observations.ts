import type { Proof } from '../permission-proof/proof';
import type { AuditReport, Finding } from '../report/audit-report';
import { CONTROL_CATALOGUES } from './control-catalogues';
import { markdownCode, markdownText as text } from './markdown-text';
import { type OscalParts, oscalProperty } from './oscal-parts';

const SCANNERS = ['checkov', 'prowler'] as const;

/** The observations of each rule, and the result of the proof. */
export function oscalObservations({ findings, proof, resources }: AuditReport, parts: OscalParts) {
  const known = new Set(resources.map(({ address }) => address));
  const seen = findings.map((finding) => observationOf(finding, known, parts));
  return proof === undefined ? seen : [...seen, proofObservation(proof, parts)];
}

function observationOf(finding: Finding, known: ReadonlySet<string>, { uuid, time }: OscalParts) {
  const { id, title, detail, resource, evidence } = finding;
  const subject = { 'subject-uuid': uuid('resource', resource), type: 'inventory-item', title: markdownCode(resource) };
  return {
    uuid: uuid('observation', id),
    title: text(title),
    description: text(detail),
    props: propertiesOf(finding),
    methods: ['EXAMINE'],
    types: ['control-objective'],
    ...(known.has(resource) && { subjects: [subject] }),
    ...(evidence.length > 0 && {
      'relevant-evidence': evidence.map(({ at, value }) => ({
        description: `${markdownCode(at)} is ${markdownCode(value)}`,
      })),
    }),
    collected: time,
  };
}

/** Controls of other catalogues too, each with the key of its catalogue, and the checks of other scanners. */
function propertiesOf({ rule, resource, result, controls, equivalents }: Finding) {
  return [
    oscalProperty('rule', rule),
    oscalProperty('resource', resource),
    oscalProperty('result', result),
    ...CONTROL_CATALOGUES.flatMap(({ key }) => (controls[key] ?? []).map((id) => oscalProperty(key, id))),
    ...SCANNERS.flatMap((scanner) => (equivalents?.[scanner] ?? []).map((id) => oscalProperty(scanner, id))),
  ];
}

function proofObservation({ environment, counts, verdict }: Proof, { uuid, time }: OscalParts) {
  const asked = `${counts.decisions} requests were evaluated against the policies of ${environment}`;
  const known = `of ${counts.knownActions} actions that AWS knows, the role can use ${counts.usableActions}`;
  return {
    uuid: uuid('observation', 'permission-proof'),
    title: 'Permission proof',
    description: text(`${asked}: ${known}. ${counts.pass} of ${counts.total} claims hold.`),
    props: [oscalProperty('result', verdict)],
    methods: ['TEST'],
    types: ['control-objective'],
    collected: time,
  };
}
