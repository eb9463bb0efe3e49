import { Readable } from 'node:stream';
import type { SimulatedAccount } from '../../../lib/simulated-aws';
import { readPermissionsPolicy, readTrustPolicy } from '../../../lib/simulated-aws/iam/entities/policy-document';
import { startRoleSession } from '../../../lib/simulated-aws/sts/session/role-session';
import { accountId, clientConfig, policyDocument, trustPolicy } from '../account';

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Sent {
  readonly response: { readonly statusCode: number; readonly headers: Record<string, string>; body: Readable };
}

interface Sender {
  handle: (request: never, options: never) => Promise<Sent>;
}

/** Notes the last answer that a client of the SDK gets, before the SDK reads it. */
export function recordAnswers(client: { readonly config: { readonly requestHandler: unknown } }): () => RawAnswer {
  const sender = client.config.requestHandler as Sender;
  const handle = sender.handle.bind(sender);
  let last: RawAnswer = { status: 0, headers: {}, body: '' };
  sender.handle = async (request, options) => {
    const { response } = await handle(request, options);
    const chunks: Buffer[] = [];
    for await (const chunk of response.body) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks);
    last = { status: response.statusCode, headers: response.headers, body: body.toString('utf8') };
    response.body = Readable.from([body]);
    return { response };
  };
  return () => last;
}

/** A caller who may do everything but this: a session of a role of its own. */
export function configWithout(account: SimulatedAccount, permission: string) {
  return sessionConfig(account, [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: permission, Resource: '*' },
  ]);
}

/** A session of the role `everyone-but`, with these statements as its session policy. */
function sessionConfig(account: SimulatedAccount, statements: readonly object[]) {
  const { state } = account;
  const everything = policyDocument({ Effect: 'Allow', Action: '*', Resource: '*' });
  const role = {
    name: 'everyone-but',
    path: '/',
    id: 'AROAEVERYONEBUT00000',
    arn: `arn:aws:iam::${accountId}:role/everyone-but`,
    createdAt: state.now(),
    tags: new Map(),
    trustPolicy: readTrustPolicy(state, trustPolicy({ Service: 'ec2.amazonaws.com' })),
    maxSessionDurationSeconds: 3600,
    inlinePolicies: new Map([['everything', readPermissionsPolicy(everything, 'everything')]]),
    attachedPolicyArns: [],
  };
  state.iam.roles.set(role.name, role);
  const credentials = startRoleSession(state, role, {
    sessionName: 'session',
    durationSeconds: 3600,
    policies: [readPermissionsPolicy(policyDocument(...statements), 'session policy').parsed],
  });
  return { ...clientConfig(account), credentials };
}
