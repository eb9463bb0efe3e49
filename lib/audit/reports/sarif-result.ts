import type { AppliedWaiver, Finding, FindingResult, ReadInput } from '../report/audit-report';
import { fileUri } from './file-uri';
import type { SarifRule } from './sarif-rules';
import { sarifText } from './sarif-text';

export interface ResultContext {
  readonly rules: readonly SarifRule[];
  readonly inputs: readonly ReadInput[];
  /** Index of the input that the resources stand in; -1 when there is none. */
  readonly place: number;
  /** Line of an address in that input, from 1. */
  readonly lineOf: (address: string) => number | undefined;
}

/** `open`: what was read is not enough to decide. `review`: a person decides, because the account answers for it. */
const KINDS: Readonly<Record<FindingResult, string>> = {
  pass: 'pass',
  fail: 'fail',
  unknown: 'open',
  'not-applicable': 'notApplicable',
  inherited: 'review',
};

export function sarifResult(finding: Finding, context: ResultContext) {
  const { id, rule, detail, result, evidence, waiver } = finding;
  return {
    ruleId: rule,
    ruleIndex: context.rules.findIndex((one) => one.id === rule),
    kind: KINDS[result],
    level: result === 'fail' ? 'error' : 'none',
    message: sarifText(detail),
    locations: [locationOf(finding, context)],
    partialFingerprints: { 'findingId/v1': id },
    ...(waiver !== undefined && { suppressions: [suppressionOf(waiver)] }),
    properties: { result, evidence },
  };
}

function locationOf({ resource }: Finding, { inputs, place, lineOf }: ResultContext) {
  const logicalLocations = [{ fullyQualifiedName: resource, kind: 'resource' }];
  const input = inputs[place];
  if (input === undefined) return { logicalLocations };
  const startLine = lineOf(resource);
  const physicalLocation = {
    artifactLocation: { uri: fileUri(input.name), index: place },
    ...(startLine !== undefined && { region: { startLine } }),
  };
  return { physicalLocation, logicalLocations };
}

function suppressionOf({ reason, owner, expires, source }: AppliedWaiver) {
  return { kind: 'external', status: 'accepted', justification: reason, properties: { owner, expires, source } };
}
