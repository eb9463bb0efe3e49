export { evaluate, explain } from './evaluate';
export { type ParsePolicyOptions, type PolicyKind, parsePolicy } from './parse/parse-policy';
export type * from './types';
