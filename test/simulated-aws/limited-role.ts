import { parsePolicy } from '../../lib/iam';
import type { SimulatedAccount } from '../../lib/simulated-aws';
import { startRoleSession } from '../../lib/simulated-aws/sts/session/role-session';
import type { Signer } from './sign';

/** A session of a role that may do what these statements say, and nothing else. */
export function limitedRole({ state }: SimulatedAccount, name: string, ...statements: readonly object[]): Signer {
  const { accountId, region } = state;
  const parsed = parsePolicy({ Version: '2012-10-17', Statement: statements }, 'role policy');
  const role = { name, id: `AROA${name.toUpperCase()}`, arn: `arn:aws:iam::${accountId}:role/${name}` };
  const inlinePolicies = new Map([['limited', { parsed }]]);
  state.iam.roles.set(name, { ...role, attachedPolicyArns: [], tags: new Map(), inlinePolicies } as never);
  const session = startRoleSession(state, role as never, { sessionName: 'limited', durationSeconds: 3600 });
  return { ...session, region, now: new Date() };
}
