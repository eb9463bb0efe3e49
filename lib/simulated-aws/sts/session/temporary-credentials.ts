import { newSecretAccessKey, newUniqueId } from '../../iam/entities/unique-id';
import type { AccountState } from '../../state/account-state';

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
