export { bucketStatementProblem } from './attachment/bucket-statement';
export { iamStatementProblems } from './attachment/iam-statement';
export { type Attachment, MOST_OF_POLICY, sizeOfPolicy } from './attachment/policy-size';
export { isPublicPolicy } from './decision/public-policy';
export { evaluate, explain } from './evaluate';
export { type ParsePolicyOptions, parsePolicy } from './parse/parse-policy';
export type { PolicyKind } from './parse/policy-kind';
export { type PolicyDocument, printPolicy } from './parse/print-policy';
export type * from './types';
