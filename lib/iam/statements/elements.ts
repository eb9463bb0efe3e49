import { toSegmentWildcards } from '../match/arn-pattern';
import { parseTemplate, resolveTemplate, type VariableValues } from '../match/policy-variables';
import { compilePattern, hasWildcards, matchesPattern, parseWildcards } from '../match/wildcard';
import type { Element } from '../types';

/** Whether an action, or a resource, is one that the element means. */
export type ElementTest = (name: string, variables: VariableValues) => boolean;

/**
 * `Action` and `NotAction`, in any case: the test takes the action in lower case.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function compileActions({ patterns, negated }: Element): ElementTest {
  const lower = patterns.map((pattern) => pattern.toLowerCase());
  const names = new Set(lower);
  const wildcards = lower.filter(hasWildcards).map((pattern) => compilePattern(parseWildcards(pattern)));
  return (action) => (names.has(action) || wildcards.some((matches) => matches(action))) !== negated;
}

/**
 * `Resource` and `NotResource`; case matters. A pattern whose variable has no value matches no resource.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
export function compileResources({ patterns, negated }: Element, hasVariables: boolean): ElementTest {
  const tests = patterns.map((pattern) => compileResource(pattern, hasVariables));
  return (resource, variables) => tests.some((test) => test(resource, variables)) !== negated;
}

function compileResource(pattern: string, hasVariables: boolean): ElementTest {
  if (pattern === '*') return () => true;
  if (!hasWildcards(pattern) && !pattern.includes('${')) return (resource) => resource === pattern;
  const template = toSegmentWildcards(parseTemplate(pattern, { hasVariables, hasWildcards: true }));
  const fixed = template.every((part) => part.kind === 'codes')
    ? resolveTemplate(template, () => undefined)
    : undefined;
  if (fixed !== undefined) return compilePattern(fixed);
  return (resource, variables) => {
    const codes = resolveTemplate(template, variables);
    return codes !== undefined && matchesPattern(codes, resource);
  };
}
