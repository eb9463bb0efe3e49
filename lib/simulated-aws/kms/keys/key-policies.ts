import { type Input, optionalBoolean, optionalString, requiredString } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import { shownText } from '../../state/pinned-principals';
import { requestedKey, saveKey } from '../access/requested-key';
import { notFound } from '../request/key-errors';
import { type Output, POLICY_RULE } from '../request/operation';
import { page } from '../request/pages';
import { parseKeyPolicy, requireNoLockout } from './key-policy';

/** A key has one policy, and this is its name. */
const POLICY_NAME = 'default';

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html */
export function getKeyPolicy(call: Call, input: Input): Output {
  const key = requestedKey(call, input, { action: 'kms:GetKeyPolicy' });
  requirePolicyName(input);
  return { Policy: shownText(key.policy, call.account.iam), PolicyName: POLICY_NAME };
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html */
export function putKeyPolicy(call: Call, input: Input): Output {
  const document = requiredString(input, 'Policy', POLICY_RULE);
  const bypassCheck = optionalBoolean(input, 'BypassPolicyLockoutSafetyCheck');
  const context = { 'kms:BypassPolicyLockoutSafetyCheck': String(bypassCheck) };
  const key = requestedKey(call, input, { action: 'kms:PutKeyPolicy', context });
  requirePolicyName(input);
  const changed = { ...key, policy: parseKeyPolicy(document, call.account) };
  if (!bypassCheck) {
    requireNoLockout(call, changed);
  }
  saveKey(call.account, changed);
  return undefined;
}

export function listKeyPolicies(call: Call, input: Input): Output {
  requestedKey(call, input, { action: 'kms:ListKeyPolicies' });
  return page(input, { name: 'PolicyNames', items: [POLICY_NAME] }, { default: 100, max: 1000 });
}

function requirePolicyName(input: Input): void {
  if ((optionalString(input, 'PolicyName', { maxLength: 128, pattern: /[\w]+/ }) ?? POLICY_NAME) !== POLICY_NAME) {
    throw notFound('No such policy exists');
  }
}
