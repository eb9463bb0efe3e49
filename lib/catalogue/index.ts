export type * from './catalogue';
export { loadConditionKeyTypes, loadGlobalConditionKeyTypes } from './condition-key-table';
export { loadCatalogue, loadConditionKeys, loadServices } from './load-catalogue';
export { POLICY_RULES, type PolicyProblem, type PolicyRule } from './policy-problem';
export { type ValidatePolicyOptions, validatePolicy } from './validate-policy';
