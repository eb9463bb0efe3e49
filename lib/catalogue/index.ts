export type * from './catalogue';
export { loadCatalogue, loadConditionKeys, loadServices } from './load-catalogue';
export { POLICY_RULES, type PolicyProblem, type PolicyRule } from './policy-problem';
export { type ValidatePolicyOptions, validatePolicy } from './validate-policy';
