import { findShapeProblem } from '../../json-shape';
import type { Policy } from '../types';
import { unnamedStatement } from '../unnamed-statement';
import { readObject, readString, requireKnownElements } from './json-shape';
import { parseStatement, type StatementScope } from './parse-statement';
import { readOnce } from './parsed-policies';
import type { PolicyKind } from './policy-kind';
import { badPolicy, childOf, type PolicyLocation } from './policy-location';

export interface ParsePolicyOptions {
  /** @default - `Resource` is required and `Principal` is optional */
  readonly kind?: PolicyKind;
}

const VERSIONS: readonly Policy['version'][] = ['2012-10-17', '2008-10-17'];
const WITHOUT_VERSION: Policy['version'] = '2008-10-17';

/**
 * Reads a policy document strictly: what AWS would refuse, or what is not known here, is an error and is never skipped.
 *
 * The policy is frozen: the same document under the same name may be answered with the same object.
 *
 * @param document - JSON text or the parsed document
 * @param name - what decisions and errors call the policy
 * @throws {ToolkitError} `BadPolicy`, with the JSON pointer, the rule and what was got
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(document: unknown, name: string, options: ParsePolicyOptions = {}): Policy {
  return parseOnce(document, name, options.kind);
}

const parseOnce = readOnce(parseAnew);

/** As {@link parsePolicy}, for a document that is made to be read once. */
export function parseAnew(document: unknown, name: string, kind: PolicyKind | undefined): Policy {
  const at: PolicyLocation = { policy: name, pointer: '' };
  const policy = readObject(typeof document === 'string' ? parseJson(document, at) : document, at);
  requireKnownElements(policy, ['Version', 'Id', 'Statement'], at);
  if (policy.Id !== undefined) readString(policy.Id, childOf(at, 'Id'));
  const version = readVersion(policy.Version, childOf(at, 'Version'));
  const scope: StatementScope = { hasVariables: version === '2012-10-17', kind };
  return { name, version, statements: readStatements(policy.Statement, scope, childOf(at, 'Statement')) };
}

function parseJson(text: string, at: PolicyLocation): unknown {
  const document = parseText(text, at);
  const problem = findShapeProblem(text);
  if (problem !== undefined) throw badPolicy(at, problem.rule, problem.got);
  return document;
}

function parseText(text: string, at: PolicyLocation): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badPolicy(at, `must be JSON (${(cause as SyntaxError).message})`, text);
  }
}

function readVersion(value: unknown, at: PolicyLocation): Policy['version'] {
  if (value === undefined) return WITHOUT_VERSION;
  const version = VERSIONS.find((known) => known === value);
  if (version === undefined) throw badPolicy(at, `must be one of ${VERSIONS.join(', ')}`, value);
  return version;
}

function readStatements(value: unknown, scope: StatementScope, at: PolicyLocation): Policy['statements'] {
  const isList = Array.isArray(value);
  const list: readonly unknown[] = isList ? value : [value];
  if (list.length === 0) throw badPolicy(at, 'must have at least one statement', value);
  const statements = list.map((entry, index) =>
    parseStatement(entry, { ...scope, fallbackId: unnamedStatement(index) }, isList ? childOf(at, index) : at),
  );
  requireUniqueSids(list, at);
  return statements;
}

/** Only what was written counts: the index that stands for a missing Sid is no Sid, and AWS takes an empty one for none. */
function requireUniqueSids(entries: readonly unknown[], at: PolicyLocation): void {
  const seen = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const { Sid: sid } = entry as { readonly Sid?: string };
    if (sid === undefined || sid === '') continue;
    if (seen.has(sid)) throw badPolicy(childOf(childOf(at, index), 'Sid'), 'must be unique', sid);
    seen.add(sid);
  }
}
