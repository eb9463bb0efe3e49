export { evaluate, explain } from './evaluate';
export { type ParsePolicyOptions, type PolicyKind, parsePolicy } from './parse-policy';
export { type PolicyDocument, printPolicy } from './print-policy';
export { isPublicPolicy } from './public-policy';
export type * from './types';
