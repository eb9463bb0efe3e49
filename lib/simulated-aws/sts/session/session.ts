import { describeTime } from '../../iam/entities/descriptions';
import { newSecretAccessKey, newUniqueId } from '../../iam/entities/unique-id';
import type { Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import type { Role } from '../../state/services/iam-state';
import { AwsError } from '../../wire/http/aws-error';
import type { XmlContent } from '../../wire/xml/xml';

/** Temporary credentials as they are handed out. */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** New credentials that nobody has yet. */
export function newTemporaryCredentials(
  { now, randomBytes }: Pick<AccountState, 'now' | 'randomBytes'>,
  durationSeconds: number,
): TemporaryCredentials {
  const issuedAt = now();
  return {
    accessKeyId: newUniqueId('temporary-access-key', randomBytes),
    secretAccessKey: newSecretAccessKey(randomBytes),
    sessionToken: Buffer.concat([Buffer.from('simulated'), randomBytes(240)]).toString('base64'),
    issuedAt,
    expiresAt: new Date(issuedAt.getTime() + durationSeconds * 1000),
  };
}

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
