import { readInteger } from '../../service/parameters';
import type { Call } from '../../service/service';
import { AwsError } from '../../wire/http/aws-error';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { describeCredentials, newTemporaryCredentials } from '../session/session';

const DURATION_LIMITS = { min: 900, max: 129_600, byDefault: 43_200 };

/**
 * Temporary credentials of a user, from a long-term access key. It needs no permission, and no policy can deny it.
 *
 * @throws {AwsError} `AccessDenied` for temporary credentials
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export function getSessionToken({ account, caller }: Call, form: Form): XmlContent {
  const accessKey = account.iam.accessKeys.get(caller.accessKeyId ?? '');
  if (accessKey?.kind !== 'user') {
    throw new AwsError(403, 'AccessDenied', 'Cannot call GetSessionToken with session credentials');
  }
  const credentials = newTemporaryCredentials(account, readInteger(form, 'DurationSeconds', DURATION_LIMITS));
  const { accessKeyId, ...secrets } = credentials;
  account.iam.accessKeys.set(accessKeyId, { kind: 'user-session', ...secrets, userName: accessKey.userName });
  return { Credentials: describeCredentials(credentials) };
}
