import { ToolkitError } from '../../../errors';
import { MOST_OF_POLICY, parsePolicy, requireUnderstood, sizeOfPolicy } from '../../../iam';
import type { Policy } from '../../../iam/types';
import type { Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import { pinPrincipals } from '../../state/pinned-principals';
import type { KmsKey } from '../../state/services/kms-state';
import type { PinnedPolicy } from '../../state/services/pinned-policy';
import type { AwsError } from '../../wire/http/aws-error';
import { keyContext } from '../access/key-access';
import { kmsError } from '../request/key-errors';

/**
 * A key policy document as the account keeps it.
 *
 * @throws {AwsError} `MalformedPolicyDocumentException`, `LimitExceededException` over 32 KiB
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 */
export function parseKeyPolicy(text: string, account: AccountState): PinnedPolicy {
  if (sizeOfPolicy(text, 'key') > MOST_OF_POLICY.key.most) {
    throw kmsError('LimitExceededException', `The key policy is larger than ${MOST_OF_POLICY.key.most} bytes.`);
  }
  const parsed = parseDocument(text);
  requireUnderstood(parsed);
  return pinPrincipals({ text, parsed }, account, invalidPrincipal);
}

/**
 * The lock-out check: whoever puts a key policy must be able to put the next one.
 *
 * @param key the key with its new policy
 * @throws {AwsError} `MalformedPolicyDocumentException`
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 */
export function requireNoLockout(call: Call, key: KmsKey): void {
  const decision = call.decide({
    action: 'kms:PutKeyPolicy',
    resource: key.arn,
    resourceAccount: call.account.accountId,
    keyPolicy: key.policy.parsed,
    context: { ...keyContext(call, key), 'kms:BypassPolicyLockoutSafetyCheck': 'false' },
  });
  if (decision.result !== 'allowed') {
    throw kmsError(
      'MalformedPolicyDocumentException',
      'The new key policy will not allow you to update the key policy in the future.',
    );
  }
}

function parseDocument(text: string): Policy {
  try {
    return parsePolicy(text, 'key policy', { kind: 'resource' });
  } catch (error) {
    throw error instanceof ToolkitError ? kmsError('MalformedPolicyDocumentException', error.message) : error;
  }
}

function invalidPrincipal(): AwsError {
  return kmsError(
    'MalformedPolicyDocumentException',
    'Policy contains a statement with one or more invalid principals.',
  );
}
