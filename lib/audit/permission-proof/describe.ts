import type { DecidingStatement } from '../../iam';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { Responsible } from './expected';
import type { Restriction } from './proof';
import type { Difference } from './study';
import { allPolicies } from './witnesses';

/** Circumstances in words, as in `transport: TLS 1.3 or TLS 1.2; key header: none`. */
export function describeCircumstances(circumstances: readonly Restriction[]): string {
  return circumstances.map(({ facet, only }) => `${facet}: ${only.join(' or ')}`).join('; ');
}

/** Where to look for the cause of a difference. */
export interface Blame {
  /** Statements of the environment's own policies. */
  readonly by: readonly DecidingStatement[];
  /** Statements that this project's own stacks have for it, and this one does not, by their Sids. */
  readonly lacking: readonly string[];
}

/** The statements to blame for a difference. */
export function blamedFor(
  { kind, decision, violated }: Difference,
  expectedBy: Responsible | undefined,
  policies: EnvironmentPolicies,
): Blame {
  const decided = decision.result === 'implicitly-denied' ? [] : writtenBy(decision.by, policies);
  if (kind === 'more') {
    const { by, lacking } = locate(
      violated.map((one) => one.by),
      policies,
    );
    return { by: unique([...by, ...decided]), lacking };
  }
  return decided.length > 0 || expectedBy === undefined ? { by: decided, lacking: [] } : locate([expectedBy], policies);
}

/** Leaves out the statements that stand for policies out of sight, as those of an administrator: nobody wrote them. */
export function writtenBy(
  statements: readonly DecidingStatement[],
  policies: EnvironmentPolicies,
): readonly DecidingStatement[] {
  const names = new Set(allPolicies(policies).map(({ name }) => name));
  return statements.filter(({ policy }) => names.has(policy));
}

/** A sentence: what is wrong, in which circumstances, and through which statements. */
export function describeDifference(difference: Difference, { by, lacking }: Blame): string {
  const { kind, when, violated, decision } = difference;
  const where = when.length === 0 ? '' : ` with ${describeCircumstances(when)}`;
  const look = by.length === 0 ? '' : `: look at ${by.map(nameOf).join(', ')}`;
  if (kind === 'more') return `allowed${where}, but ${refusalOf(violated, lacking)}${look}`;
  const how =
    decision.result === 'implicitly-denied' ? `no statement in the ${decision.missing} layer allows it` : 'denied';
  return `refused${where}, but needed: ${how}${inOurs(lacking)}${look}`;
}

function refusalOf(violated: Difference['violated'], lacking: readonly string[]): string {
  if (violated.length === 0) return 'nothing should allow it';
  const there = violated.map((one) => one.by.statement).filter((name) => !lacking.includes(name));
  return [
    ...(there.length > 0 ? [`${quoted(there)} should refuse it`] : []),
    ...(lacking.length > 0 ? [`no statement refuses it${inOurs(lacking)}`] : []),
  ].join(', and ');
}

function inOurs(lacking: readonly string[]): string {
  return lacking.length === 0 ? '' : ` (in a stack of vault-env, ${quoted(lacking)} does)`;
}

function quoted(names: readonly string[]): string {
  return [...new Set(names)].map((name) => `'${name}'`).join(' and ');
}

function nameOf({ policy, statement }: DecidingStatement): string {
  return `'${statement}' of '${policy}'`;
}

function locate(all: readonly Responsible[], { role, bucket, key }: EnvironmentPolicies): Blame {
  const found = all.map(({ layer, statement }) => {
    const candidates =
      layer === 'identity' ? role.identity : layer === 'key' ? [key?.policy] : [bucket.policy, role.trust];
    const policy = candidates.find((one) => one?.statements.some(({ id }) => id === statement));
    return { layer, policy: policy?.name, statement };
  });
  const by = found.flatMap(({ policy, ...one }) => (policy === undefined ? [] : [{ ...one, policy }]));
  const lacking = found.flatMap(({ policy, statement }) => (policy === undefined ? [statement] : []));
  return { by: unique(by), lacking: [...new Set(lacking)] };
}

function unique(statements: readonly DecidingStatement[]): readonly DecidingStatement[] {
  return [...new Map(statements.map((one) => [`${one.layer} ${one.policy} ${one.statement}`, one])).values()];
}
