import { ToolkitError } from '../../errors';
import type { Condition, Policy } from '../../iam';
import { indexContext } from '../../iam/request-context';
import { preparedConditions } from '../permission-proof/condition-tests';
import { OTHER_VALUE, valuesAround } from '../permission-proof/derived-facets';
import type { Circumstances } from './bucket-questions';
import { denialsAbout } from './deciding-statements';

/**
 * Keys whose values say which caller it is, and keys that only services bring.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const GIVEN =
  /^(?:aws:(?:principal(?:account|arn|isawsservice|servicename.*)|source(?:account|arn|orgid|orgpaths))|kms:calleraccount)$/;

const MOST = 1000;
const VARIABLE = /\$\{([\w-]+:[^},]+)(?:,[^}]*)?\}/g;

interface Trial {
  readonly condition: Condition;
  readonly holds: (context: Circumstances) => boolean;
}

/**
 * What a caller brings along so that as few as possible of the other conditions hold of the denials about some keys: a tag, an
 * organization, a network, a program. Whoever has it is spared.
 *
 * @throws {ToolkitError} `UnsupportedPolicy`, also where there are more than a thousand ways
 */
export function sparingCircumstances(
  policy: Policy,
  keys: readonly string[],
  caller: Circumstances,
): readonly Circumstances[] {
  const trials = trialsOf(policy, keys);
  const context = { ...variablesOf(trials, caller), ...caller };
  const choices = [...new Set(trials.map(keyOf))].map((key) =>
    choicesFor(
      trials.filter((one) => keyOf(one) === key),
      context,
    ),
  );
  if (choices.reduce((count, { length }) => count * length, 1) > MOST)
    throw new ToolkitError('UnsupportedPolicy', `'${policy.name}': its denials spare callers in over ${MOST} ways`);
  const rows = choices.reduce<readonly Circumstances[]>(
    (all, ofKey) => all.flatMap((row) => ofKey.map((choice) => ({ ...row, ...choice }))),
    [{}],
  );
  return rows.filter((row) => Object.keys(row).length > 0).map((row) => ({ ...context, ...row }));
}

function keyOf({ condition }: Trial): string {
  return condition.key.toLowerCase();
}

function trialsOf(policy: Policy, keys: readonly string[]): readonly Trial[] {
  const testsOf = preparedConditions([policy]);
  return denialsAbout(policy, keys).flatMap((statement) =>
    testsOf(statement).flatMap(({ holds }, at) => {
      const condition = statement.conditions[at];
      const key = condition?.key.toLowerCase() ?? '';
      if (condition === undefined || keys.includes(key) || GIVEN.test(key)) return [];
      return [{ condition, holds: (context: Circumstances) => holds(indexContext({ context })) }];
    }),
  );
}

/** A value for each variable that the caller has none for. */
function variablesOf(trials: readonly Trial[], caller: Circumstances): Circumstances {
  const own = indexContext({ context: caller });
  const named = trials.flatMap(({ condition }) => condition.values.flatMap((value) => [...value.matchAll(VARIABLE)]));
  return Object.fromEntries(
    named.flatMap(([, key = '']) => (own.variable(key.toLowerCase()) === undefined ? [[key, 'x']] : [])),
  );
}

/** Of the values of a key, and of none, those for which no other lets further conditions fail. */
function choicesFor(trials: readonly Trial[], context: Circumstances): readonly Circumstances[] {
  const single = trials.flatMap(({ condition }) => candidatesFor(condition, context));
  const isMultivalued = trials.every(({ condition }) => condition.operator.includes(':'));
  const candidates = [{}, ...single, ...(isMultivalued ? [togetherOf(single)] : [])];
  const judged = candidates.map((given) => ({
    given,
    failing: trials.filter(({ holds }) => !holds({ ...context, ...given })),
  }));
  const isBelow = (one: readonly Trial[], other: readonly Trial[]) => one.every((trial) => other.includes(trial));
  return judged
    .filter(({ failing }, index) =>
      judged.every((other, at) => {
        if (!isBelow(failing, other.failing)) return true;
        return other.failing.length === failing.length && index <= at;
      }),
    )
    .map(({ given }) => given);
}

/** All values of a key at once. */
function togetherOf(candidates: readonly Circumstances[]): Circumstances {
  const [key = ''] = candidates.flatMap(Object.keys);
  return { [key]: candidates.flatMap((one) => Object.values(one).flat()) };
}

function candidatesFor(condition: Condition, context: Circumstances): readonly Circumstances[] {
  const { variable } = indexContext({ context });
  const resolved = condition.values.map((value) =>
    value.replaceAll(VARIABLE, (whole, key: string) => variable(key.toLowerCase()) ?? whole),
  );
  const isText = /String|Arn|Null/.test(condition.operator);
  const values = [...valuesAround({ ...condition, values: resolved }), ...(isText ? [OTHER_VALUE] : [])];
  return values.map((value) => ({ [condition.key]: value }));
}
