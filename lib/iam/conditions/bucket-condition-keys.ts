import { isOfListedService, tryFindConditionKeyType } from '../condition-keys/known-condition-keys';
import type { Statement } from '../types';

/**
 * Why S3 would refuse the condition keys of a statement of a bucket's policy: it takes any key with the prefix of the global
 * ones, and of the others those that there are.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys
 */
export function bucketConditionProblem({ conditions }: Statement): string | undefined {
  return conditions.some(({ key }) => isInvalid(key)) ? 'Policy has an invalid condition key' : undefined;
}

function isInvalid(key: string): boolean {
  return tryFindConditionKeyType(key) === undefined && isOfListedService(key) && !/^aws:/i.test(key);
}
