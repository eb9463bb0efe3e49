import type { Call } from '../../service/service';
import { AwsError } from '../../wire/http/aws-error';

/**
 * Credentials of `GetSessionToken` can call `AssumeRole` and `GetCallerIdentity`, and nothing else of STS.
 *
 * @throws {AwsError} `AccessDenied`
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export function refuseUserSession({ account, caller }: Call, operation: string): void {
  if (account.iam.accessKeys.get(caller.accessKeyId ?? '')?.kind === 'user-session') {
    throw new AwsError(403, 'AccessDenied', `Cannot call ${operation} with session credentials`);
  }
}
