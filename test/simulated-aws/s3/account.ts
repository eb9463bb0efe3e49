import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { KMSClient } from '@aws-sdk/client-kms';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { evaluate, parsePolicy } from '../../../lib/iam';
import { s3Service } from '../../../lib/simulated-aws/s3';
import { answerWithFaults } from '../../../lib/simulated-aws/server/answer-with-faults';
import { openExchange } from '../../../lib/simulated-aws/server/exchange/exchange';
import type { RequestLogEntry } from '../../../lib/simulated-aws/server/log/request-log';
import type { AccessQuestion } from '../../../lib/simulated-aws/service/service';
import type { AccountState } from '../../../lib/simulated-aws/state/account-state';
import { createAccounts, defaultAccount } from '../../../lib/simulated-aws/state/accounts';
import type { Role } from '../../../lib/simulated-aws/state/services/iam-state';
import { bodyPieces } from '../../../lib/simulated-aws/wire/connection/send-response';
import { AwsError } from '../../../lib/simulated-aws/wire/http/aws-error';
import type { RawRequest } from '../../../lib/simulated-aws/wire/http/raw-request';
import { presignedTarget, type Signer, signedHeaders } from '../sign';

export const accountId = '111122223333';
const region = 'us-east-2';

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: unknown;
  readonly Sid?: string;
}

export const allowAll: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };

/** How a client reaches the account. */
export interface Connection {
  readonly isSecure: boolean;
}

/** The SDK's own request, as its handlers get it. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | Readable | string;
}

/** Parts of a raw request beside its method and its target. */
export interface RawParts {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request as it goes over the wire, but for its signature. */
export interface RawRequestParts extends Partial<RawParts> {
  readonly method: string;
  readonly target: string;
  /** Text that is signed for the target, where a client signs another than it sends. */
  readonly signedTarget?: string;
  readonly isSecure?: boolean;
}

/** A raw answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A whole account with every service, without sockets, and a clock that moves only when told. */
export class Account {
  #roles = 0;
  #administrator: Omit<Signer, 'region' | 'now'> | undefined;
  #lastAnswer: Answer | undefined;
  clock = new Date('2026-05-04T03:02:01Z');
  readonly log: RequestLogEntry[] = [];
  readonly state: AccountState = defaultAccount(
    createAccounts({
      accountIds: [accountId],
      regions: [region],
      partition: 'aws',
      now: () => this.clock,
      randomBytes,
    }),
  );

  /** The real SDK, with the credentials of a new role that has these statements. */
  s3(statements: readonly Statement[] = [allowAll], connection: Connection = { isSecure: true }): S3Client {
    return new S3Client(this.#options(statements, connection));
  }

  kms(statements: readonly Statement[] = [allowAll]): KMSClient {
    return new KMSClient(this.#options(statements, { isSecure: true }));
  }

  /** Deletes the role and makes another of the same name; its clients go on as sessions of the new one. */
  recreateRole(name: string): void {
    const { roles, accessKeys } = this.state.iam;
    const role = roles.get(name);
    const id = `AROA${name}2`;
    if (role) roles.set(name, { ...role, id });
    for (const [keyId, key] of accessKeys) {
      if (key.kind === 'role-session' && key.roleName === name) accessKeys.set(keyId, { ...key, roleId: id });
    }
  }

  advanceDays(days: number): void {
    this.clock = new Date(this.clock.getTime() + days * 86_400_000);
  }

  /** A request that is not signed, as a browser would send it. */
  anonymous(method: string, path: string, headers: Readonly<Record<string, string>> = {}, body = ''): Answer {
    const [pathOnly = '/', queryText = ''] = path.split('?');
    return this.#answer({
      ...this.#raw({ isSecure: true }),
      method,
      path: pathOnly,
      queryText,
      headers: { host: '127.0.0.1', ...headers },
      body: Buffer.from(body),
    });
  }

  /** A request that no command of the SDK makes, signed by one who may do everything; the answer as it is. */
  async signed(method: string, target: string, { headers = {}, body = '' }: Partial<RawParts>): Promise<Answer> {
    const [path = '/', text = ''] = target.split('?');
    const client = this.s3();
    client.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as Record<string, unknown>;
        const host = { host: '127.0.0.1' };
        Object.assign(request, { method, path, query: queryOf(text), headers: { ...host, ...headers }, body });
        return next(args);
      },
      { step: 'build', priority: 'low' },
    );
    await client.send(new ListBucketsCommand({})).catch(() => undefined);
    if (!this.#lastAnswer) throw new Error('nothing was sent');
    return this.#lastAnswer;
  }

  /** A request exactly as it is given, signed by a new role that has these statements, or by one who may do everything. */
  send(sent: RawRequestParts, statements?: readonly Statement[]): Answer {
    const { method, target, signedTarget = target, headers = {}, body = '', isSecure = true } = sent;
    const unsigned = { method, target: signedTarget, headers: { host: '127.0.0.1', ...headers }, body };
    this.#administrator ??= this.#newCredentials([allowAll]);
    const credentials = statements ? this.#newCredentials(statements) : this.#administrator;
    const signer = { ...credentials, region, now: this.clock };
    const [path = '/', query = ''] = target.split(/\?(.*)/s);
    return this.#answer({
      ...this.#raw({ isSecure }),
      method,
      path,
      queryText: query,
      headers: signedHeaders(unsigned, signer),
      body: Buffer.from(body),
    });
  }

  /** The target of a presigned URL of one who may do everything. */
  presigned(method: string, target: string): string {
    this.#administrator ??= this.#newCredentials([allowAll]);
    return presignedTarget({ method, target, host: '127.0.0.1' }, { ...this.#administrator, region, now: this.clock });
  }

  /** The outcome of a request of the root user, who has no access key here. */
  asRoot(method: string, path: string): string {
    const [pathOnly = '/', queryText = ''] = path.split('?');
    const transport = { ...this.#raw({ isSecure: true }), headers: {}, body: Buffer.alloc(0), trailers: {} };
    const request = { ...transport, method, path: pathOnly, query: new Map([[queryText, '']]), requestId: 'R' };
    const principal = { kind: 'root', account: accountId, arn: `arn:aws:iam::${accountId}:root` } as const;
    const caller = { principal, policies: { identity: [] }, context: {} };
    const decide = ({ action, resource, resourceAccount, resourcePolicy, context = {} }: AccessQuestion) =>
      evaluate(
        { principal, action, resource, resourceAccount, context },
        { identity: [], ...(resourcePolicy ? { resource: resourcePolicy } : {}) },
      );
    try {
      s3Service.route(request).run({ request, caller, account: this.state, decide });
      return 'ok';
    } catch (error) {
      return error instanceof AwsError ? error.code : String(error);
    }
  }

  /** Decisions while the last request ran: `action result`. */
  lastDecisions(): readonly string[] {
    return (this.log.at(-1)?.decisions ?? []).map(({ action, result }) => `${action} ${result}`);
  }

  #options(statements: readonly Statement[], connection: Connection) {
    return {
      region,
      endpoint: `${connection.isSecure ? 'https' : 'http'}://127.0.0.1`,
      forcePathStyle: true,
      maxAttempts: 1,
      systemClockOffset: this.clock.getTime() - Date.now(),
      credentials: this.#newCredentials(statements),
      requestHandler: { handle: async (request: SdkRequest) => (await this.#handle(request, connection)) as never },
    };
  }

  #newCredentials(statements: readonly Statement[]) {
    const name = `role-${++this.#roles}`;
    const roleArn = `arn:aws:iam::${accountId}:role/${name}`;
    const document = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    const inlinePolicies = statements.length === 0 ? [] : [['p', { parsed: parsePolicy(document, 'role policy') }]];
    const role = { name, id: `AROA${name}`, arn: roleArn, attachedPolicyArns: [], tags: new Map() };
    this.state.iam.roles.set(name, { ...role, inlinePolicies: new Map(inlinePolicies as never) } as unknown as Role);
    const key = { accessKeyId: `ASIA${name}`, secretAccessKey: 'secret', sessionToken: `token-of-${name}` };
    this.state.iam.accessKeys.set(key.accessKeyId, {
      ...key,
      kind: 'role-session',
      roleId: role.id,
      roleName: name,
      roleArn,
      sessionName: 'session',
      issuedAt: this.clock,
      expiresAt: new Date(this.clock.getTime() + 3650 * 86_400_000),
      tags: new Map(),
      context: {},
    });
    return key;
  }

  async #handle(request: SdkRequest, connection: Connection) {
    const body = await readAll(request.body);
    const answer = this.#answer({
      ...this.#raw(connection),
      method: request.method,
      path: request.path,
      queryText: queryText(request.query),
      headers: lowerCased(request.headers),
      body,
    });
    return { response: { statusCode: answer.status, headers: answer.headers, body: Readable.from([answer.bytes]) } };
  }

  #raw({ isSecure }: Connection): Omit<RawRequest, 'method' | 'path' | 'queryText' | 'headers' | 'body'> {
    const transport = { isSecure, sourceIp: '203.0.113.7', receivedAt: this.clock };
    return isSecure ? { ...transport, tlsVersion: '1.3' } : transport;
  }

  #answer(raw: RawRequest): Answer & { readonly bytes: Uint8Array } {
    const { response, entry } = answerWithFaults(openExchange(this.state.accounts, raw));
    this.log.push(entry);
    const bytes = new Uint8Array(Buffer.concat(bodyPieces(response)));
    this.#lastAnswer = {
      status: response.status,
      headers: response.headers ?? {},
      body: Buffer.from(bytes).toString(),
    };
    return { ...this.#lastAnswer, bytes };
  }
}

function queryText(query: SdkRequest['query']): string {
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  return Object.entries(query)
    .flatMap(([name, value]) => [value].flat().map((one) => `${encode(name)}=${encode(String(one ?? ''))}`))
    .join('&');
}

async function readAll(body: SdkRequest['body']): Promise<Buffer> {
  if (body === undefined || typeof body === 'string') return Buffer.from(body ?? '');
  if (!(body instanceof Readable)) return Buffer.from(Uint8Array.from(body));
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** A parameter that is repeated becomes a list. */
function queryOf(text: string): Readonly<Record<string, string | readonly string[]>> {
  const parameters = new URLSearchParams(text);
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, single(parameters.getAll(name))]));
}

function single(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? (values[0] ?? '') : values;
}

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** The code of the error that an answer turned out to be; `ok` for none. */
export async function outcome(answer: Promise<unknown>): Promise<string> {
  return answer.then(
    () => 'ok',
    (error: Error) => error.name,
  );
}

/** The error that an answer turned out to be. */
export async function failure(answer: Promise<unknown>): Promise<{ code: string; status: number; message: string }> {
  return answer.then(
    () => ({ code: 'ok', status: 200, message: '' }),
    (error) => ({ code: error.name, status: error.$metadata?.httpStatusCode, message: error.message }),
  );
}
