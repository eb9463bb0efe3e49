import type { EnvironmentPolicies } from '../policies/environment-policies';

/** Works something out once for the policies of each environment, which are asked about again and again. */
export function oncePerEnvironment<Value extends object>(
  work: (policies: EnvironmentPolicies) => Value,
): (policies: EnvironmentPolicies) => Value {
  const made = new WeakMap<EnvironmentPolicies, Value>();
  return (policies) => {
    const value = made.get(policies) ?? work(policies);
    made.set(policies, value);
    return value;
  };
}
