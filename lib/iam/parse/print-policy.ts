import type { Condition, Element, Policy, PrincipalElement, Statement } from '../types';
import { unnamedStatement } from '../unnamed-statement';

/** A policy document as JSON holds it. */
export interface PolicyDocument {
  readonly Version: Policy['version'];
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

/**
 * The document of a parsed policy in one normal form: every list a list, every value a string, no `Id`.
 *
 * `parsePolicy` reads the same policy from it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function printPolicy({ version, statements }: Policy): PolicyDocument {
  return { Version: version, Statement: statements.map(printStatement) };
}

function printStatement(statement: Statement, index: number): Readonly<Record<string, unknown>> {
  const { id, effect, principals, actions, resources, conditions } = statement;
  return {
    ...(id === unnamedStatement(index) ? {} : { Sid: id }),
    Effect: effect,
    ...(principals && printPrincipals(principals)),
    ...printElement('Action', actions),
    ...(resources && printElement('Resource', resources)),
    ...(conditions.length > 0 && { Condition: printConditions(conditions) }),
  };
}

function printElement(name: string, { negated, patterns }: Element): Readonly<Record<string, readonly string[]>> {
  return { [negated ? `Not${name}` : name]: patterns };
}

function printPrincipals({ negated, byType }: PrincipalElement): Readonly<Record<string, unknown>> {
  return { [negated ? 'NotPrincipal' : 'Principal']: byType };
}

function printConditions(conditions: readonly Condition[]): Readonly<Record<string, unknown>> {
  const operators = [...new Set(conditions.map(({ operator }) => operator))];
  const keysOf = (name: string) =>
    conditions.filter(({ operator }) => operator === name).map(({ key, values }) => [key, values]);
  return Object.fromEntries(operators.map((operator) => [operator, Object.fromEntries(keysOf(operator))]));
}
