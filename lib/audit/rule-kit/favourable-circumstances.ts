import type { Condition, Policy, Statement } from '../../iam';
import { indexContext } from '../../iam/request-context';
import { type PreparedCondition, preparedConditions } from '../permission-proof/condition-tests';
import { OTHER_VALUE, valuesAround } from '../permission-proof/derived-facets';
import type { Circumstances } from './bucket-questions';

/**
 * The values of some condition keys under which the policies are kindest: their grants apply, and their denials do not.
 *
 * For keys whose value whoever wrote the policies knows, and no input says, as the organization of the account.
 *
 * @throws {ToolkitError} `UnsupportedPolicy`
 */
export function favourable(policies: readonly Policy[], isKey: (lowerCase: string) => boolean): Circumstances {
  const testsOf = preparedConditions(policies);
  const statements = policies.flatMap((policy) => policy.statements);
  const ofEffect = (wanted: Statement['effect']) => statements.filter(({ effect }) => effect === wanted);
  // A later value wins: that of a grant, rather than one that a denial spares.
  const values = [...ofEffect('Deny'), ...ofEffect('Allow')].flatMap((statement) =>
    statement.conditions.flatMap((condition, at) =>
      isKey(condition.key.toLowerCase())
        ? fitting(condition, statement.effect === 'Allow', testsOf(statement)[at])
        : [],
    ),
  );
  return Object.fromEntries(values);
}

function fitting(
  condition: Condition,
  holds: boolean,
  test?: PreparedCondition,
): readonly (readonly [string, string])[] {
  const { key } = condition;
  const candidates = [...valuesAround(condition), OTHER_VALUE];
  const value = candidates.find((some) => test?.holds(indexContext({ context: { [key]: some } })) === holds);
  return value === undefined ? [] : [[key, value]];
}
