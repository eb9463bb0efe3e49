import { Agent } from 'node:https';
import { type SimulatedAccount, type SimulatedAccountOptions, startSimulatedAccount } from '../../lib/simulated-aws';

export const accountId = '111122223333';
export const region = 'eu-west-1';

/** A clock that stands at this machine's time until it is moved. */
export class Clock {
  private aheadMs = 0;

  readonly now = (): Date => new Date(Date.now() + this.aheadMs);

  advance(milliseconds: number): void {
    this.aheadMs += milliseconds;
  }

  reset(): void {
    this.aheadMs = 0;
  }
}

export async function startAccount(
  clock = new Clock(),
  options: Partial<SimulatedAccountOptions> = {},
): Promise<SimulatedAccount> {
  return await startSimulatedAccount({ accountId, region, now: clock.now, ...options });
}

/** Settings with which every client of the SDK reaches the account, as its administrator unless told otherwise. */
export function clientConfig(account: SimulatedAccount) {
  return {
    endpoint: account.endpoint,
    region,
    credentials: account.administrator,
    maxAttempts: 1,
    requestHandler: { httpsAgent: new Agent({ ca: account.caCertificatePem, keepAlive: true }) },
  };
}

export interface ClientFailure {
  readonly code: string;
  readonly status: number | undefined;
  readonly message: string;
}

/** A client's error for an answer that is not a success. @throws {Error} when it is one */
export async function failure(answer: Promise<unknown>): Promise<ClientFailure> {
  try {
    await answer;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
    return { code: name, status: $metadata?.httpStatusCode, message };
  }
  throw new Error('the request succeeded');
}

export function policyDocument(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

export function trustPolicy(principal: object, ...more: readonly object[]): string {
  return policyDocument({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }, ...more);
}
