import { findVariableKeys } from '../../../iam/policy-variables';
import type { Policy, Statement } from '../../../iam/types';

/**
 * The context keys that policies refer to, in conditions and in variables, each once and as first written.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html
 */
export function contextKeysOf(policies: readonly Policy[]): readonly string[] {
  const keys = policies.flatMap(({ statements }) => statements).flatMap(keysOfStatement);
  const byName = new Map(keys.toReversed().map((key) => [key.toLowerCase(), key]));
  return [...byName.values()].reverse();
}

function keysOfStatement({ conditions, resources }: Statement): readonly string[] {
  const texts = [...(resources?.patterns ?? []), ...conditions.flatMap(({ values }) => values)];
  return [...conditions.map(({ key }) => key), ...texts.flatMap(findVariableKeys)];
}
