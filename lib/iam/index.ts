export { evaluate, explain } from './evaluate';
export { type ParsePolicyOptions, type PolicyKind, parsePolicy } from './parse-policy';
export type * from './types';
