export { evaluate, explain } from './evaluate';
export type { PolicyKind } from './parse/policy-kind';
export { type ParsePolicyOptions, parsePolicy } from './parse-policy';
export { type PolicyDocument, printPolicy } from './print-policy';
export { isPublicPolicy } from './public-policy';
export type * from './types';
