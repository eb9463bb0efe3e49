import { explain, type Policy, type Statement } from '../../iam';
import type { Caller } from './callers';
import type { LookedInto } from './looks';

/**
 * The first principal that an Allow statement names and that gets nothing out of it, as in `AWS: 444455556666`.
 *
 * Today a condition keeps it out; it need not tomorrow.
 */
export function findIdlePrincipal(
  { id, effect, principals }: Statement,
  policy: Policy,
  findings: readonly LookedInto[],
): string | undefined {
  if (effect === 'Deny' || principals === undefined || principals.negated) return undefined;
  const allowed = findings.filter(({ tried }) =>
    tried.some(({ study }) => study.by.some((by) => by.policy === policy.name && by.statement === id)),
  );
  const callers = [...new Set(allowed.map(({ caller }) => caller))];
  const named = Object.entries(principals.byType).flatMap(([type, names]) => names.map((name) => ({ type, name })));
  const idle = named.find(({ type, name }) => !callers.some((caller) => isNamed(caller, type, name)));
  return idle && `${idle.type}: ${idle.name}`;
}

function isNamed({ principal }: Caller, type: string, name: string): boolean {
  const statement: Statement = {
    id: 'named',
    effect: 'Allow',
    principals: { negated: false, anyone: name === '*', byType: { [type]: [name] } },
    actions: { negated: false, patterns: ['*'] },
    resources: { negated: false, patterns: ['*'] },
    conditions: [],
  };
  const resource: Policy = { name: 'principal', version: '2012-10-17', statements: [statement] };
  const request = { principal, action: 's3:GetObject', resource: '*', resourceAccount: '', context: {} };
  return explain(request, { identity: [], resource }).statements.some(({ matched }) => matched);
}
