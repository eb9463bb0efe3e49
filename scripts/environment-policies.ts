import type { EnvironmentPolicies } from '../lib/audit/policies/environment-policies';
import type { RolePolicyText } from '../lib/audit/policies/role-policies';
import { type EnvironmentChoice, synthesizedText } from './synthesized-text';
import type { Context } from './verb';

/**
 * The policies of one environment as its stack will have them.
 *
 * @throws {ToolkitError} whatever keeps the stack from being synthesized or read
 */
export async function loadEnvironmentPolicies(
  choice: EnvironmentChoice,
  context: Context,
  rolePolicies: readonly RolePolicyText[] = [],
): Promise<EnvironmentPolicies> {
  const { readStackPolicies } =
    require('../lib/audit/policies/stack-policies') as typeof import('../lib/audit/policies/stack-policies');
  return readStackPolicies(await synthesizedText(choice, context), choice.environment, rolePolicies);
}
