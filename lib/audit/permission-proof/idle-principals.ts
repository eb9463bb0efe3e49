import type { Policy, PrincipalElement, Statement } from '../../iam';
import { admissionOf } from '../../iam/match/principals';
import type { Caller } from './callers';
import type { Look, Row } from './looks';

/** Finds the first principal that an Allow statement names and that gets nothing out of it. */
type FindIdlePrincipal = (statement: Statement, policy: Policy) => string | undefined;

/**
 * Finds principals that a statement names for nothing, as in `AWS: 444455556666`.
 *
 * Today a condition keeps it out; it need not tomorrow.
 */
export function createIdlePrincipals(looks: readonly Look[]): FindIdlePrincipal {
  const allowedBy = callersAllowed(looks);
  return ({ id, effect, principals }, policy) => {
    if (effect === 'Deny' || principals === undefined || principals.negated) return undefined;
    const callers = [...(allowedBy.get(keyOf(policy.name, id)) ?? [])];
    const named = Object.entries(principals.byType).flatMap(([type, names]) => names.map((name) => ({ type, name })));
    const idle = named.find(({ type, name }) => !callers.some((caller) => isNamed(caller, type, name)));
    return idle && `${idle.type}: ${idle.name}`;
  };
}

/** By statement, whom it allows something. */
function callersAllowed(looks: readonly Look[]): ReadonlyMap<string, ReadonlySet<Caller>> {
  const allowed = new Map<string, Set<Caller>>();
  const byRows = new Map<readonly Row[], ReadonlySet<string>>();
  for (const { caller, rows } of looks) {
    const statements = byRows.get(rows) ?? allowingIn(rows);
    byRows.set(rows, statements);
    for (const statement of statements) {
      const callers = allowed.get(statement) ?? new Set<Caller>();
      allowed.set(statement, callers.add(caller));
    }
  }
  return allowed;
}

function allowingIn(rows: readonly Row[]): ReadonlySet<string> {
  const studies = new Set(rows.flatMap(({ tried }) => tried.map(({ study }) => study)));
  const deciding = [...studies].flatMap(({ allowedBy }) => allowedBy);
  return new Set(deciding.map(({ policy, statement }) => keyOf(policy, statement)));
}

function keyOf(policy: string, statement: string): string {
  return `${policy} ${statement}`;
}

function isNamed({ principal }: Caller, type: string, name: string): boolean {
  const principals: PrincipalElement = { negated: false, anyone: name === '*', byType: { [type]: [name] } };
  const request = { principal, action: 's3:GetObject', resource: '*', resourceAccount: '', context: {} };
  return admissionOf(principals, request, false) !== undefined;
}
