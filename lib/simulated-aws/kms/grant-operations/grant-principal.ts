import { ToolkitError } from '../../../errors';
import { parsePolicy } from '../../../iam';
import type { AccountState } from '../../state/account-state';
import { pinPrincipals } from '../../state/pinned-principals';
import type { GrantPrincipal } from '../../state/services/grant';
import type { AwsError } from '../../wire/http/aws-error';
import { kmsError } from '../request/key-errors';

/**
 * The principal that a grant names: an account's root, a user, a role, or a session.
 *
 * @throws {AwsError} `InvalidArnException`, also for a user or role of this account that is not there
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
 */
export function readGrantPrincipal(account: AccountState, arn: string): GrantPrincipal {
  const policy = { text: arn, parsed: policyNaming(arn) };
  const element = pinPrincipals(policy, account, invalidArn).parsed.statements[0]?.principals;
  if (element === undefined) throw invalidArn(arn);
  return { arn, element };
}

function policyNaming(arn: string) {
  if (!arn.startsWith('arn:')) throw invalidArn(arn);
  const statement = { Effect: 'Allow', Principal: { AWS: arn }, Action: 'kms:*', Resource: '*' };
  try {
    return parsePolicy({ Version: '2012-10-17', Statement: [statement] }, 'grant', { kind: 'resource' });
  } catch (error) {
    throw error instanceof ToolkitError ? invalidArn(arn) : error;
  }
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html */
function invalidArn(arn: string): AwsError {
  return kmsError('InvalidArnException', `ARN does not refer to a valid principal: ${arn}`);
}
