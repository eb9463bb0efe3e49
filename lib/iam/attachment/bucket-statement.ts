import type { Statement } from '../types';

/** Actions on objects whose names do not say so, in lower case: the names of actions are the same in any case. */
const OBJECT_ACTIONS: readonly string[] = [
  's3:abortmultipartupload',
  's3:bypassgovernanceretention',
  's3:initiatereplication',
  's3:listmultipartuploadparts',
  's3:replicatedelete',
  's3:replicatetags',
];

/**
 * Why S3 would refuse a statement of a bucket's policy beyond the policy language: it takes its own actions, on this bucket and nothing else.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-bucket-policies.html
 */
export function bucketStatementProblem(statement: Statement, bucketArn: string): string | undefined {
  if (!statement.principals) return 'Missing required field Principal';
  if (!statement.actions.patterns.every((pattern) => /^(\*|s3:.+)$/i.test(pattern))) return 'Policy has invalid action';
  const resources = statement.resources?.patterns ?? [];
  if (!resources.every((pattern) => isOfBucket(pattern, bucketArn))) return 'Policy has invalid resource';
  if (statement.actions.negated || statement.resources?.negated) return undefined;
  return statement.actions.patterns.every(appliesTo(resources, bucketArn))
    ? undefined
    : 'Action does not apply to any resource(s) in statement';
}

function isOfBucket(pattern: string, bucketArn: string): boolean {
  return pattern === bucketArn || pattern.startsWith(`${bucketArn}/`) || pattern.startsWith(`${bucketArn}*`);
}

/** Whether an action applies to one of the resources, which are looked through once for all actions. */
function appliesTo(resources: readonly string[], bucketArn: string): (action: string) => boolean {
  const isForBoth = resources.some((resource) => resource.startsWith(`${bucketArn}*`));
  const isForBucket = resources.includes(bucketArn);
  const isForObjects = resources.some((resource) => resource !== bucketArn);
  return (action) => isForBoth || /[*?]/.test(action) || (isObjectAction(action) ? isForObjects : isForBucket);
}

function isObjectAction(action: string): boolean {
  if (OBJECT_ACTIONS.includes(action.toLowerCase())) return true;
  return /object/i.test(action) && !/^s3:(get|put)bucketobjectlockconfiguration$/i.test(action);
}
