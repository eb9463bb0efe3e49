import type { Element, Statement } from '../types';
import {
  type JsonObject,
  readEitherElement,
  readObject,
  readString,
  readStrings,
  requireKnownElements,
} from './json-shape';
import { parseConditions } from './parse-condition';
import { completeArn, requireActionPattern, requireResourcePattern } from './parse-element';
import { parsePrincipals } from './parse-principal';
import type { PolicyKind } from './policy-kind';
import { badPolicy, childOf, type PolicyLocation } from './policy-location';

export interface StatementScope {
  readonly hasVariables: boolean;
  readonly kind: PolicyKind | undefined;
}

const ELEMENTS: readonly string[] = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** Reads one statement. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html */
export function parseStatement(
  value: unknown,
  scope: StatementScope & { readonly fallbackId: string },
  at: PolicyLocation,
): Statement {
  const statement = readObject(value, at);
  requireKnownElements(statement, ELEMENTS, at);
  const effect = readEffect(statement.Effect, childOf(at, 'Effect'));
  const principals = readPrincipals(statement, { effect, kind: scope.kind }, at);
  const resources = readResources(statement, scope, at);
  return {
    id: readSid(statement.Sid, childOf(at, 'Sid')) || scope.fallbackId,
    effect,
    ...(principals && { principals }),
    actions: readActions(statement, at),
    ...(resources && { resources }),
    conditions: parseConditions(statement.Condition, scope.hasVariables, childOf(at, 'Condition')),
  };
}

function readSid(value: unknown, at: PolicyLocation): string {
  return value === undefined ? '' : readString(value, at);
}

function readEffect(value: unknown, at: PolicyLocation): Statement['effect'] {
  if (value !== 'Allow' && value !== 'Deny') throw badPolicy(at, "must be 'Allow' or 'Deny'", value);
  return value;
}

function readActions(statement: JsonObject, at: PolicyLocation): Element {
  const element = readEitherElement(statement, ['Action', 'NotAction'], at);
  if (element === undefined) throw badPolicy(at, "must have 'Action' or 'NotAction'", Object.keys(statement));
  const entries = readStrings(element.value, element.at);
  for (const entry of entries) requireActionPattern(entry.text, entry.at);
  return { negated: element.negated, patterns: entries.map(({ text }) => text) };
}

function readResources(statement: JsonObject, scope: StatementScope, at: PolicyLocation): Element | undefined {
  const element = readEitherElement(statement, ['Resource', 'NotResource'], at);
  if (scope.kind === 'trust') {
    if (element !== undefined)
      throw badPolicy(element.at, 'a trust policy has no resource: it is the role itself', element.value);
    return undefined;
  }
  if (element === undefined) throw badPolicy(at, "must have 'Resource' or 'NotResource'", Object.keys(statement));
  const entries = readStrings(element.value, element.at);
  const patterns = entries.map(({ text, at: entryAt }) => {
    const pattern = scope.kind === 'identity' ? completeArn(text) : text;
    requireResourcePattern(pattern, scope.hasVariables, entryAt);
    return pattern;
  });
  return { negated: element.negated, patterns };
}

function readPrincipals(
  statement: JsonObject,
  { effect, kind }: { readonly effect: Statement['effect']; readonly kind: PolicyKind | undefined },
  at: PolicyLocation,
): Statement['principals'] {
  const element = readEitherElement(statement, ['Principal', 'NotPrincipal'], at);
  if (element === undefined) {
    if (kind === 'resource' || kind === 'trust') throw badPolicy(at, "must have 'Principal'", Object.keys(statement));
    return undefined;
  }
  if (kind === 'identity' || kind === 'session')
    throw badPolicy(element.at, 'a policy of an identity names no principal', element.value);
  if (element.negated && (effect === 'Allow' || kind === 'trust')) {
    throw badPolicy(
      element.at,
      "'NotPrincipal' works only with 'Effect: Deny', and never in a trust policy",
      element.value,
    );
  }
  return { negated: element.negated, ...parsePrincipals(element.value, element.at) };
}
