import { ToolkitError } from '../../errors';
import {
  type ConditionScope,
  type ConditionTest,
  compileCondition,
  requireKnownVariables,
} from '../conditions/compile-condition';
import { type Admission, admissionOf } from '../match/principals';
import type { RequestContext } from '../request-context';
import type { AccessRequest, Condition, Mismatch, Policy, PrincipalElement, Statement } from '../types';
import { compileActions, compileResources, type ElementTest } from './elements';

/** A question, prepared for all the statements that it is put to. */
export interface Question {
  readonly request: AccessRequest;
  /** The action in lower case: actions are compared in any case. */
  readonly action: string;
  readonly context: RequestContext;
  /** Whether the caller has a permissions boundary: a denial by `NotPrincipal` then always applies. */
  readonly hasBoundary: boolean;
}

/** A statement that applies; `admission` says how a resource-based policy named the caller. */
export interface Match {
  readonly matched: true;
  readonly admission: Admission;
}

/** A statement made ready to be asked many times. */
export interface CompiledStatement {
  readonly statement: Statement;
  readonly test: (question: Question) => Match | Mismatch;
}

interface NamedCondition {
  readonly condition: Condition;
  readonly holds: ConditionTest;
}

const MATCHES: Readonly<Record<Admission, Match>> = {
  caller: { matched: true, admission: 'caller' },
  role: { matched: true, admission: 'role' },
  account: { matched: true, admission: 'account' },
};

const MISMATCHES: Readonly<Record<'action' | 'resource' | 'principal', Mismatch>> = {
  action: { matched: false, reason: 'action' },
  resource: { matched: false, reason: 'resource' },
  principal: { matched: false, reason: 'principal' },
};

/**
 * Prepares a statement of a policy.
 *
 * @throws {ToolkitError} `UnsupportedPolicy`, when a condition or a variable is not known
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function compileStatement(statement: Statement, policy: Policy): CompiledStatement {
  const scope: ConditionScope = {
    subject: `'${policy.name}', statement '${statement.id}'`,
    hasVariables: policy.version === '2012-10-17',
    takesUnknownKeys: policy.takesUnknownKeys,
  };
  for (const pattern of statement.resources?.patterns ?? []) requireKnownVariables(pattern, scope);
  const parts: Parts = {
    statement,
    actions: compileActions(statement.actions),
    resources: statement.resources ? compileResources(statement.resources, scope.hasVariables) : () => true,
    conditions: statement.conditions.map((condition) => ({ condition, holds: compileCondition(condition, scope) })),
    subject: scope.subject,
  };
  return { statement, test: (question) => testStatement(parts, question) };
}

interface Parts {
  readonly statement: Statement;
  readonly actions: ElementTest;
  readonly resources: ElementTest;
  readonly conditions: readonly NamedCondition[];
  readonly subject: string;
}

function testStatement(parts: Parts, question: Question): Match | Mismatch {
  const { request, action, context } = question;
  if (!parts.actions(action, context.variable)) return MISMATCHES.action;
  if (!parts.resources(request.resource, context.variable)) return MISMATCHES.resource;
  const admission = admissionBy(parts, question);
  if (admission === undefined) return MISMATCHES.principal;
  const failed = parts.conditions.find(({ holds }) => !holds(context));
  return failed ? toMismatch(failed.condition, context) : MATCHES[admission];
}

function toMismatch(condition: Condition, context: RequestContext): Mismatch {
  const received = context.valuesOf(condition.key.toLowerCase()) ?? 'absent';
  return { matched: false, reason: 'condition', condition, received };
}

function admissionBy({ statement, subject }: Parts, { request, hasBoundary }: Question): Admission | undefined {
  const { principals } = statement;
  if (principals !== undefined) requireCanonicalUserKnown(principals, request, subject);
  return admissionOf(principals, request, hasBoundary);
}

function requireCanonicalUserKnown({ byType }: PrincipalElement, request: AccessRequest, subject: string): void {
  if (byType.CanonicalUser === undefined || request.canonicalUserId !== undefined || !hasAccount(request)) return;
  throw new ToolkitError(
    'UnsupportedPolicy',
    `${subject}: 'CanonicalUser' can be compared only when the request has 'canonicalUserId', got: nothing`,
  );
}

function hasAccount({ principal }: AccessRequest): boolean {
  return 'account' in principal;
}
