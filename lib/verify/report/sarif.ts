import { sarifText } from '../../audit/reports/sarif-text';
import { visibleJson } from '../../visible';
import type { CheckResult, Result, Verification } from '../result/verification';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const CONFIG = 'backup-environment.json';
/** Rules for what keeps a verdict from being a pass and is no check. */
const DOUBT = 'verdict-in-doubt';
const LEFTOVER = 'left-in-bucket';

/** `open`: what was answered is not enough to decide. */
const KINDS: Readonly<Record<Result, string>> = { pass: 'pass', fail: 'fail', inconclusive: 'open' };

/**
 * The verification as one run of SARIF 2.1.0: each check that was asked, each doubt about the verdict, and what was
 * left. As in the audit's, only a failure has a level.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(verification: Verification): string {
  return visibleJson({ $schema: SCHEMA, version: '2.1.0', runs: [runOf(verification)] });
}

function runOf(verification: Verification) {
  const { environment, half, checks, doubts = [], leftovers, bucket } = verification;
  const place = placeOf(bucket);
  return {
    tool: { driver: { name: 'vault-env verify', rules: [...checks.map(ruleOf), ...OTHER_RULES] } },
    automationDetails: { id: `vault-env verify/${environment}/${half}` },
    invocations: [{ executionSuccessful: true, startTimeUtc: verification.startedAt }],
    columnKind: 'utf16CodeUnits',
    artifacts: [{ location: { uri: CONFIG }, roles: ['analysisTarget'] }],
    results: [
      ...checks.map((check) => ({ ...resultOf(check), ...place, partialFingerprints: { 'checkId/v1': check.id } })),
      ...doubts.map((doubt) => ({ ruleId: DOUBT, kind: 'open', level: 'none', message: sarifText(doubt), ...place })),
      ...leftovers.map(({ kind, key, reason }) => ({
        ruleId: LEFTOVER,
        kind: 'review',
        level: 'none',
        message: sarifText(`${kind} ${key}: ${reason}`),
        ...place,
      })),
    ],
    properties: groundsOf(verification),
  };
}

function groundsOf(verification: Verification) {
  const { verdict, account, bucket, role, simulated, answeredBy, credentials, evidence } = verification;
  const { notAsked, leftOut, notAssessed, notExercised } = verification;
  const grounds = { verdict, account, bucket, role, simulated, answeredBy, credentials, evidence };
  return { ...grounds, notAsked, leftOut, notAssessed, notExercised };
}

function placeOf(bucket: string) {
  const physicalLocation = { artifactLocation: { uri: CONFIG, index: 0 } };
  const logicalLocations = [{ fullyQualifiedName: bucket, kind: 'resource' }];
  return { locations: [{ physicalLocation, logicalLocations }] };
}

function ruleOf({ id, title, expected, controls = [] }: CheckResult) {
  return {
    id,
    shortDescription: sarifText(title),
    fullDescription: sarifText(expected),
    defaultConfiguration: { level: 'error' },
    properties: { controls },
  };
}

const OTHER_RULES = [
  { id: DOUBT, shortDescription: { text: 'The grounds of a verdict can be trusted' } },
  { id: LEFTOVER, shortDescription: { text: 'A verification leaves nothing behind' } },
];

function resultOf({ id, result, detail, observed, diagnoses = [], expected }: CheckResult) {
  const causes = diagnoses.map(({ cause, fix }) => ` Cause: ${cause} Fix: ${fix}`).join('');
  return {
    ruleId: id,
    kind: KINDS[result],
    level: result === 'fail' ? 'error' : 'none',
    message: sarifText(`${detail}${causes}`),
    properties: { result, expected, observed },
  };
}
