import type { PolicyKind } from '../iam';
import { findShapeProblem } from '../json-shape';
import type { Catalogue } from './catalogue';
import { findConditionKeyProblems } from './condition-key-rule';
import { findShapeProblems } from './document-shape';
import { findKnownActions } from './known-actions';
import type { PolicyProblem } from './policy-problem';
import { findResourceProblems } from './resource-rule';
import {
  isJsonObject,
  type JsonObject,
  locateStatements,
  readStatementFacts,
  type StatementFacts,
} from './statement-facts';

export interface ValidatePolicyOptions {
  readonly kind: PolicyKind;
  /** Must hold every service that the document names, and all of them where it names a service by wildcard. */
  readonly catalogue: Catalogue;
}

/**
 * Every problem of a policy document at once: what AWS would refuse, and what it would take but could never use.
 *
 * @param document - JSON text or the parsed document
 * @throws {ToolkitError} `ServiceNotLoaded`, when the answer depends on a service that the catalogue left out
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function validatePolicy(
  document: unknown,
  { kind, catalogue }: ValidatePolicyOptions,
): readonly PolicyProblem[] {
  const read = typeof document === 'string' ? tryReadJson(document) : document;
  const ofShape = findShapeProblems(read, kind);
  if (!isJsonObject(read)) return ofShape;
  const statements = readStatements(read, ofShape);
  return [
    ...ofShape,
    ...findDuplicateSids(statements),
    ...findInertVariables(read.Version, statements),
    ...statements.flatMap((statement) => findCatalogueProblems(statement, catalogue)),
  ];
}

/** Text that is no JSON, or that can be read in two ways, stays text, which the parser then refuses. */
function tryReadJson(text: string): unknown {
  try {
    const document: unknown = JSON.parse(text);
    return findShapeProblem(text) === undefined ? document : text;
  } catch {
    return text;
  }
}

function readStatements(document: JsonObject, problems: readonly PolicyProblem[]): readonly StatementFacts[] {
  const unsound = new Set(problems.map(({ pointer }) => pointer));
  return locateStatements(document).flatMap(({ value, pointer }) =>
    isJsonObject(value) ? [readStatementFacts(value, pointer, (at) => !unsound.has(at))] : [],
  );
}

function findCatalogueProblems(statement: StatementFacts, catalogue: Catalogue): readonly PolicyProblem[] {
  const { entries, problems } = findKnownActions(statement, catalogue);
  return [
    ...problems,
    ...findResourceProblems(statement, entries),
    ...findConditionKeyProblems(statement, entries, catalogue),
  ];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html */
function findDuplicateSids(statements: readonly StatementFacts[]): readonly PolicyProblem[] {
  const seen = new Set<string>();
  return statements
    .flatMap(({ sid }) => (sid === undefined || sid.text === '' ? [] : [sid]))
    .filter(({ text }) => seen.size === seen.add(text).size)
    .map(({ text, pointer }) => ({ pointer, rule: 'duplicate-sid', message: "'Sid' must be unique", got: text }));
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
function findInertVariables(version: unknown, statements: readonly StatementFacts[]): readonly PolicyProblem[] {
  if (version === '2012-10-17') return [];
  const texts = statements.flatMap(({ resources, conditions }) => [
    ...resources,
    ...conditions.flatMap(({ values }) => values),
  ]);
  return texts
    .filter(({ text }) => text.includes('${') && text.includes('}', text.indexOf('${')))
    .map(({ text, pointer }) => ({
      pointer,
      rule: 'variable-in-old-version',
      message: 'a policy variable is ordinary text before version 2012-10-17',
      got: text,
      fix: "write 'Version': '2012-10-17'",
    }));
}
