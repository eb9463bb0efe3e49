import type { Statement } from '../../iam';
import type { KeptStatement } from '../policies/declared-kept';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { Caller } from './callers';
import type { ProofEvidence } from './proof';
import type { Difference } from './study';

/**
 * The kept statements that alone make a difference from what is expected; `undefined` where something else does.
 *
 * More is let in by one that names the caller by its ARN, its account or its service: never the public, and never the role.
 * Less is left to anybody but the role itself.
 */
export type KeptFor = (
  caller: Caller,
  difference: Difference['kind'],
  evidence: Pick<ProofEvidence, 'by' | 'lacking'>,
) => readonly KeptStatement[] | undefined;

export function keptBy({ bucket, declared, account }: EnvironmentPolicies): KeptFor {
  const kept = declared.kept ?? [];
  const statements = new Map(bucket.policy?.statements.map((one) => [one.id, one]));
  return (caller, difference, { by, lacking = [] }) => {
    // Permissions of the caller's own policies are no statement of the environment.
    const ours = by.filter(({ layer }) => layer !== 'identity');
    const isOfRole = difference === 'more' ? caller.kind.startsWith('role') : caller.kind === 'role';
    if (ours.length === 0 || lacking.length > 0 || isOfRole) return undefined;
    const found = ours.map(({ layer, statement }) =>
      layer === 'resource' ? kept.find(({ sid }) => sid === statement) : undefined,
    );
    const isTheirs = (one: KeptStatement | undefined): one is KeptStatement =>
      one !== undefined && (difference === 'less' || names(statements.get(one.sid), caller, account));
    return found.every(isTheirs) ? found : undefined;
  };
}

function names(statement: Statement | undefined, { principal }: Caller, own: string): boolean {
  const { AWS = [], Service = [] } = statement?.principals?.byType ?? {};
  if (principal.kind === 'service') return Service.includes(principal.service);
  if (!('account' in principal)) return false;
  const arns: readonly string[] = 'roleArn' in principal ? [principal.roleArn, principal.arn] : [principal.arn];
  const isWhole = (name: string) => name === principal.account || name.endsWith(`:iam::${principal.account}:root`);
  return AWS.some((name) => arns.includes(name) || (principal.account !== own && isWhole(name)));
}
