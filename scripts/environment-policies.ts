import type { EnvironmentPolicies } from '../lib/audit/policies/environment-policies';
import type { RolePolicyText } from '../lib/audit/policies/role-policies';
import { type EnvironmentChoice, synthesizedText } from './synthesized-text';
import type { Context } from './verb';

/**
 * The policies of one environment as its stack will have them.
 *
 * @param stackText - its stack, where it was synthesized already
 * @throws {ToolkitError} whatever keeps the stack from being synthesized or read
 */
export async function loadEnvironmentPolicies(
  choice: EnvironmentChoice,
  context: Context,
  rolePolicies: readonly RolePolicyText[] = [],
  stackText?: string,
): Promise<EnvironmentPolicies> {
  const { readStackPolicies } =
    require('../lib/audit/policies/stack-policies') as typeof import('../lib/audit/policies/stack-policies');
  const text = stackText ?? (await synthesizedText(choice, context));
  return readStackPolicies(text, choice.environment, rolePolicies);
}
