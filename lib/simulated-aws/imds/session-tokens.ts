import type { AccountState } from '../state/account-state';

const MAX_TTL_SECONDS = 21_600;

/** The tokens of IMDSv2 that one host has handed out. */
export class SessionTokens {
  private readonly expiryByToken = new Map<string, Date>();

  constructor(private readonly account: Pick<AccountState, 'now' | 'randomBytes'>) {}

  /**
   * A new token.
   *
   * @param ttlSeconds as the client sent it: 1 to 21,600
   * @returns `undefined`, when the time to live is missing or out of range
   */
  tryIssue(ttlSeconds: string | undefined): string | undefined {
    const seconds = Number(ttlSeconds);
    if (!/^\d{1,5}$/.test(ttlSeconds ?? '') || seconds < 1 || seconds > MAX_TTL_SECONDS) {
      return undefined;
    }
    const token = this.account.randomBytes(42).toString('base64url');
    this.expiryByToken.set(token, new Date(this.account.now().getTime() + seconds * 1000));
    return token;
  }

  /** Whether the token was handed out here and still holds. */
  isValid(token: string | undefined): boolean {
    const expiry = this.expiryByToken.get(token ?? '');
    return expiry !== undefined && expiry > this.account.now();
  }
}
