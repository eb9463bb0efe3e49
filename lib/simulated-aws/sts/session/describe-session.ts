import { describeTime } from '../../iam/entities/descriptions';
import type { AccountState } from '../../state/account-state';
import type { Role } from '../../state/services/iam-state';
import type { XmlContent } from '../../wire/xml/xml';
import type { TemporaryCredentials } from './temporary-credentials';

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html */
export function describeCredentials(credentials: TemporaryCredentials): XmlContent {
  return {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: describeTime(credentials.expiresAt),
  };
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumedRoleUser.html */
export function describeAssumedRole(
  { partition, accountId }: Pick<AccountState, 'partition' | 'accountId'>,
  { id, name }: Role,
  sessionName: string,
): XmlContent {
  return {
    AssumedRoleId: `${id}:${sessionName}`,
    Arn: `arn:${partition}:sts::${accountId}:assumed-role/${name}/${sessionName}`,
  };
}
