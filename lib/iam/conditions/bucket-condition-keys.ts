import { isOfListedService, tryFindConditionKeyType } from '../condition-keys/known-condition-keys';
import { S3_KEY_ACTIONS } from '../condition-keys/s3-key-actions';
import type { Statement } from '../types';

/**
 * Why S3 would refuse the condition keys of a statement of a bucket's policy: it takes any key with the prefix of the global
 * ones, and of the others those that there are, with an action that has it. Whether every action must have it is not
 * documented, nor how actions count that a wildcard names.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
 */
export function bucketConditionProblem({ actions, conditions }: Statement): string | undefined {
  if (conditions.some(({ key }) => isInvalid(key))) return 'Policy has an invalid condition key';
  if (actions.negated || actions.patterns.some((pattern) => /[*?]/.test(pattern))) return undefined;
  const isStray = ({ key }: Pick<Statement['conditions'][number], 'key'>) => {
    const having = actionsHaving(key.toLowerCase());
    return having !== undefined && !actions.patterns.some((name) => having.has(name.toLowerCase()));
  };
  return conditions.some(isStray)
    ? 'Conditions do not apply to combination of actions and resources in statement'
    : undefined;
}

function isInvalid(key: string): boolean {
  return tryFindConditionKeyType(key) === undefined && isOfListedService(key) && !/^aws:/i.test(key);
}

const HAVING: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(S3_KEY_ACTIONS).map(([key, names]) => [
    key.toLowerCase(),
    new Set(names.map((name) => `s3:${name.toLowerCase()}`)),
  ]),
);

/** The part after the slash is the author's own. */
function actionsHaving(key: string): ReadonlySet<string> | undefined {
  return HAVING.get(key) ?? HAVING.get(key.replace(/\/.+$/s, '/*'));
}
