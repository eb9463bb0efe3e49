import { randomBytes } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { evaluate, parsePolicy } from '../../../lib/iam';
import { kmsService } from '../../../lib/simulated-aws/kms';
import type { AccessQuestion, Call, Caller } from '../../../lib/simulated-aws/service/service';
import type { AccountState } from '../../../lib/simulated-aws/state/account-state';
import { createAccounts, defaultAccount } from '../../../lib/simulated-aws/state/accounts';
import type { Role } from '../../../lib/simulated-aws/state/services/iam-state';
import { bodyPieces } from '../../../lib/simulated-aws/wire/connection/send-response';
import { AwsError } from '../../../lib/simulated-aws/wire/http/aws-error';
import type { WireRequest, WireResponse } from '../../../lib/simulated-aws/wire/http/message';

export const accountId = '111122223333';
export const region = 'us-east-2';
export const roleArn = `arn:aws:iam::${accountId}:role/vault`;
export const rootArn = `arn:aws:iam::${accountId}:root`;

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

export const allowAll: Statement = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };

/** One account with KMS alone, a clock that stands still, and what was asked of the evaluator. */
export class Account {
  #roleId = 'AROAEXAMPLE000000001';
  clock = new Date('2026-05-04T03:02:01Z');
  readonly questions: AccessQuestion[] = [];
  readonly state: AccountState = defaultAccount(
    createAccounts({
      accountIds: [accountId],
      regions: [region],
      partition: 'aws',
      now: () => this.clock,
      randomBytes,
    }),
  );

  /** The real SDK, signed in as a role with these statements, without a network between it and KMS. */
  client(...statements: readonly Statement[]): KMSClient {
    return new KMSClient({
      region,
      maxAttempts: 1,
      credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-checked-here' },
      requestHandler: {
        handle: async (request: { readonly headers: Record<string, string>; readonly body?: Uint8Array }) => {
          const body = Buffer.from(Uint8Array.from(request.body ?? []));
          const response = this.#answer(wireRequest(request.headers, body), roleSession(statements, this.#roleId));
          const bytes = new Uint8Array(Buffer.concat(bodyPieces(response)));
          return { response: { statusCode: response.status, headers: response.headers ?? {}, body: bytes } as never };
        },
      },
    });
  }

  /** A call as S3 has it in hand when it asks KMS. */
  call(caller: Caller): Call {
    return this.#call(wireRequest({}, Buffer.alloc(0)), caller);
  }

  /** Makes the role that {@link roleSession} is a session of, or makes it anew with another id. */
  createRole(id: string): void {
    this.state.iam.roles.set('vault', { name: 'vault', path: '/', id, arn: roleArn } as Role);
  }

  /** From now on, clients are sessions of the role with this id. */
  signInAs(roleId: string): void {
    this.#roleId = roleId;
  }

  advanceDays(days: number): void {
    this.clock = new Date(this.clock.getTime() + days * 24 * 60 * 60 * 1000);
  }

  #answer(request: WireRequest, caller: Caller): WireResponse {
    try {
      return kmsService.route(request).run(this.#call(request, caller));
    } catch (error) {
      if (error instanceof AwsError) {
        return kmsService.renderError(error, request);
      }
      throw error;
    }
  }

  #call(request: WireRequest, caller: Caller): Call {
    const decide = (question: AccessQuestion) => {
      this.questions.push(question);
      const context = { ...caller.context, ...question.context };
      const { keyPolicy, action, resource, resourceAccount } = question;
      const policies = { ...caller.policies, ...(keyPolicy === undefined ? {} : { key: keyPolicy }) };
      return evaluate({ principal: caller.principal, action, resource, resourceAccount, context }, policies);
    };
    return { request, caller, account: this.state, decide };
  }
}

/** The error that a client got, in the words that AWS uses for it. */
export async function failure(answer: Promise<unknown>): Promise<{ code: string; status: number; message: string }> {
  const error = await answer.then(
    () => ({ name: 'no error', message: '', $metadata: { httpStatusCode: 200 } }),
    (thrown) => thrown,
  );
  return { code: error.name, status: error.$metadata.httpStatusCode, message: error.message };
}

export async function failureCode(answer: Promise<unknown>): Promise<string> {
  return (await failure(answer)).code;
}

export function roleSession(statements: readonly Statement[], roleId = 'AROAEXAMPLE000000001'): Caller {
  return {
    principal: {
      kind: 'role-session',
      account: accountId,
      arn: `arn:aws:sts::${accountId}:assumed-role/vault/session`,
      roleArn,
      userId: `${roleId}:session`,
    },
    policies: { identity: statements.length === 0 ? [] : [parsePolicy(document(statements), 'role policy')] },
    context: { 'aws:PrincipalArn': roleArn, 'aws:PrincipalAccount': accountId },
  };
}

export function document(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

function wireRequest(headers: Readonly<Record<string, string>>, body: Buffer): WireRequest {
  return {
    method: 'POST',
    path: '/',
    query: new Map(),
    headers,
    body,
    trailers: {},
    isSecure: true,
    tlsVersion: '1.3',
    sourceIp: '127.0.0.1',
    receivedAt: new Date('2026-05-04T03:02:01Z'),
    requestId: 'request-1',
  };
}
