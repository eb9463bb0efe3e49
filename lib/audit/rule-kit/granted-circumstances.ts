import type { Condition, Policy } from '../../iam';
import { indexContext } from '../../iam/request-context';
import { type PreparedCondition, preparedConditions } from '../permission-proof/condition-tests';
import { OTHER_VALUE, valuesAround } from '../permission-proof/derived-facets';
import type { Circumstances } from './bucket-questions';

/** Keys about the caller, whose values AWS sets; no caller can bring a value along. */
const ABOUT_THE_CALLER =
  /^(aws:principal(account|arn|isawsservice|servicename.*|type|tag\/.*)|aws:(userid|username|source(arn|account))|kms:calleraccount)$/i;

/**
 * The circumstances in which each statement of the policy allows something.
 *
 * A caller is not taken for kept out because a request came without the key that a condition asks for, such as an
 * address, an organization or a day.
 *
 * @throws {ToolkitError} `UnsupportedPolicy`
 */
export function grantedCircumstances(policy: Policy): readonly Circumstances[] {
  const granted = known.get(policy) ?? findGranted(policy);
  known.set(policy, granted);
  return granted;
}

const known = new WeakMap<Policy, readonly Circumstances[]>();

function findGranted(policy: Policy): readonly Circumstances[] {
  const conditionsOf = preparedConditions([policy]);
  return policy.statements
    .filter(({ effect, conditions }) => effect === 'Allow' && conditions.length > 0)
    .map((statement) => {
      const tests = conditionsOf(statement);
      return Object.fromEntries(statement.conditions.flatMap((condition, at) => fitting(condition, tests[at])));
    });
}

/** The key with a value for which the condition holds; nothing where it holds for none, or where no caller can choose. */
function fitting(condition: Condition, test?: PreparedCondition): readonly (readonly [string, string])[] {
  const { key } = condition;
  if (ABOUT_THE_CALLER.test(key)) return [];
  const candidates = [...valuesAround(condition), OTHER_VALUE];
  const value = candidates.find((some) => test?.holds(indexContext({ context: { [key]: some } })));
  return value === undefined ? [] : [[key, value]];
}
