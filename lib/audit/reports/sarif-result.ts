import type { AppliedWaiver, Finding, FindingResult, ReadInput } from '../audit-report';
import { fileUri } from './file-uri';
import type { SarifRule } from './sarif-rules';
import { sarifText } from './sarif-text';

interface ResultContext {
  readonly rules: readonly SarifRule[];
  readonly inputs: readonly ReadInput[];
  /** Index of the input that the resources stand in; -1 when there is none. */
  readonly place: number;
}

/** `open`: what was read is not enough to decide. `review`: a person decides, because the account answers for it. */
const KINDS: Readonly<Record<FindingResult, string>> = {
  pass: 'pass',
  fail: 'fail',
  unknown: 'open',
  'not-applicable': 'notApplicable',
  inherited: 'review',
};

export function sarifResult(finding: Finding, { rules, inputs, place }: ResultContext) {
  const { id, rule, detail, result, evidence, waiver } = finding;
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex((one) => one.id === rule),
    kind: KINDS[result],
    level: result === 'fail' ? 'error' : 'none',
    message: sarifText(detail),
    locations: [locationOf(finding, inputs[place], place)],
    partialFingerprints: { 'findingId/v1': id },
    ...(waiver !== undefined && { suppressions: [suppressionOf(waiver)] }),
    properties: { result, evidence },
  };
}

function locationOf({ resource }: Finding, input: ReadInput | undefined, index: number) {
  return {
    ...(input !== undefined && { physicalLocation: { artifactLocation: { uri: fileUri(input.name), index } } }),
    logicalLocations: [{ fullyQualifiedName: resource, kind: 'resource' }],
  };
}

function suppressionOf({ reason, owner, expires, source }: AppliedWaiver) {
  return { kind: 'external', status: 'accepted', justification: reason, properties: { owner, expires, source } };
}
