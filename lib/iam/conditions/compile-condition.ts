import { ToolkitError } from '../../errors';
import type { ConditionKeyType } from '../condition-keys/condition-key-type';
import { isOfListedService, tryFindConditionKeyType } from '../condition-keys/known-condition-keys';
import { findVariableKeys } from '../match/policy-variables';
import type { RequestContext } from '../request-context';
import type { Condition } from '../types';
import type { ValueTest } from './condition-operator';
import { type OperatorName, tryParseOperatorName } from './operators';

/** Whether a condition holds for a request. */
export type ConditionTest = (context: RequestContext) => boolean;

/** Where a condition stands, for an error message, and whether its policy's version has variables. */
export interface ConditionScope {
  /** Policy and statement, as in `'bucket policy', statement 'DenyInsecure'`. */
  readonly subject: string;
  readonly hasVariables: boolean;
  readonly takesUnknownKeys?: boolean | undefined;
}

type Quantify = (values: readonly string[], holds: (value: string) => boolean) => boolean;
type Comparison = Extract<OperatorName, { kind: 'comparison' }>;
type Presence = Extract<OperatorName, { kind: 'presence' }>;

/**
 * Prepares a condition for evaluation.
 *
 * @throws {ToolkitError} `UnsupportedPolicy`, when the operator, the key, a value or a variable is not known
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function compileCondition(condition: Condition, scope: ConditionScope): ConditionTest {
  const type = requireKnownKey(condition.key, 'condition key', scope);
  const name = tryParseOperatorName(condition.operator);
  if (name === undefined) {
    throw unsupported(scope, `the condition operator must be one that AWS documents, got: '${condition.operator}'`);
  }
  requireFittingType(condition, type, scope);
  return name.kind === 'presence' ? compilePresence(condition, name, scope) : compileComparison(condition, name, scope);
}

/** Throws for a policy variable that reads an unknown key, or a key with many values, which AWS does not substitute. */
export function requireKnownVariables(text: string, scope: ConditionScope): void {
  for (const key of scope.hasVariables ? findVariableKeys(text) : []) {
    if (requireKnownKey(key, 'policy variable', scope)?.startsWith('ArrayOf')) {
      throw unsupported(scope, `a policy variable must read a single-valued key, got: '${key}'`);
    }
  }
}

/**
 * `Null`: true asks that the key is absent, false that it is there and not null.
 *
 * A multivalued key whose every value is empty is null, so that `Null` false guards `ForAllValues` as AWS advises; a
 * single empty value, as a listing's empty prefix, is a value.
 *
 * IAM also takes `ForAnyValue:Null` and `ForAllValues:Null`, and does not document them. They are read as `Null` but where
 * no value is there to ask about and evaluators disagree: there no answer is made up.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function compilePresence(
  { key, operator, values }: Condition,
  { quantifier }: Presence,
  scope: ConditionScope,
): ConditionTest {
  const ofNoValues = quantifier === 'one' ? undefined : String(quantifier === 'all');
  const name = key.toLowerCase();
  const isMultivalued = tryFindConditionKeyType(key)?.startsWith('ArrayOf') ?? false;
  return (context) => {
    const given = context.valuesOf(name);
    const isNull = given === undefined || (isMultivalued && given.every((value) => value === ''));
    const holds = values.includes(String(isNull));
    if (isNull && ofNoValues !== undefined && String(holds) !== ofNoValues)
      throw unsupported(scope, `'${operator}' has no documented result when '${key}' is absent`);
    return holds;
  };
}

function compileComparison(condition: Condition, name: Comparison, scope: ConditionScope): ConditionTest {
  const tests = condition.values.map((value) => compileValue(value, name, scope));
  const whenAbsent = answerWhenAbsent(condition, name, scope);
  const quantify = quantifierOf(condition, name, scope);
  const key = condition.key.toLowerCase();
  return (context) => {
    const values = context.valuesOf(key);
    if (values === undefined) return whenAbsent();
    return quantify(values, (value) => tests.some((test) => test(value, context.variable)) !== name.operator.negated);
  };
}

function compileValue(value: string, { operator }: Comparison, scope: ConditionScope): ValueTest {
  requireKnownVariables(value, scope);
  const test = operator.compile(value, scope.hasVariables);
  if (test === undefined)
    throw unsupported(scope, `the condition value must be ${operator.valueRule}, got: '${value}'`);
  return test;
}

/** AWS says nothing of `ForAnyValue:…IfExists` on an absent key, and evaluators disagree; so no answer is made up. */
function answerWhenAbsent(condition: Condition, name: Comparison, scope: ConditionScope): () => boolean {
  if (name.quantifier === 'any' && name.ifExists) {
    return () => {
      throw unsupported(scope, `'${condition.operator}' has no documented result when '${condition.key}' is absent`);
    };
  }
  const answer = name.ifExists || name.quantifier === 'all' || (name.quantifier === 'one' && name.operator.negated);
  return () => answer;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
function quantifierOf(condition: Condition, { quantifier }: Comparison, scope: ConditionScope): Quantify {
  if (quantifier === 'all') return (values, holds) => values.every((value) => value === '' || holds(value));
  if (quantifier === 'any') return (values, holds) => values.some((value) => value !== '' && holds(value));
  return ([value = '', ...more], holds) => {
    if (more.length === 0) return holds(value);
    throw unsupported(
      scope,
      `'${condition.key}' has ${more.length + 1} values, so the operator must be ForAllValues or ForAnyValue, got: '${condition.operator}'`,
    );
  };
}

/** The type of the key; `undefined` for one of a service or provider whose keys are not listed here. */
function requireKnownKey(key: string, role: string, scope: ConditionScope): ConditionKeyType | undefined {
  const type = tryFindConditionKeyType(key);
  if (type === undefined && isOfListedService(key) && !scope.takesUnknownKeys)
    throw unsupported(scope, `the ${role} must be one that AWS documents, got: '${key}'`);
  return type;
}

/**
 * Another operator on a number is a type mismatch, of which AWS warns without saying what comes of it: `1.1` is no day, yet
 * seconds since 1970, and as a text it may be written otherwise.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-type-mismatch
 */
function requireFittingType(
  { operator, key }: Condition,
  type: ConditionKeyType | undefined,
  scope: ConditionScope,
): void {
  if (type === 'Numeric' && !/^(?:\w+:)?(?:Numeric|Null)/.test(operator))
    throw unsupported(scope, `the operator on a number must be a numeric one, got: '${operator}' on '${key}'`);
}

function unsupported(scope: ConditionScope, rule: string): ToolkitError {
  return new ToolkitError('UnsupportedPolicy', `${scope.subject}: ${rule}`);
}
