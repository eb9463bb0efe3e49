import type { DecidingStatement } from '../../iam';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { Responsible } from './expected';
import type { Restriction } from './proof';
import type { Difference } from './study';

/** Said of a statement that should be there and is not. */
const MISSING = 'missing';

/** Circumstances in words, as in `transport: TLS 1.3 or TLS 1.2; key header: none`. */
export function describeCircumstances(circumstances: readonly Restriction[]): string {
  return circumstances.map(({ facet, only }) => `${facet}: ${only.join(' or ')}`).join('; ');
}

/** The statements to blame for a difference; one that is not there is named all the same. */
export function blamedFor(
  { kind, decision, violated }: Difference,
  expectedBy: Responsible | undefined,
  policies: EnvironmentPolicies,
): readonly DecidingStatement[] {
  const decided = decision.result === 'implicitly-denied' ? [] : decision.by;
  if (kind === 'more') return unique([...violated.map(({ by }) => locate(by, policies)), ...decided]);
  return decided.length > 0 || expectedBy === undefined ? decided : [locate(expectedBy, policies)];
}

/** A sentence: what is wrong, in which circumstances, and through which statements. */
export function describeDifference(difference: Difference, blamed: readonly DecidingStatement[]): string {
  const { kind, when, violated, decision } = difference;
  const where = when.length === 0 ? '' : ` with ${describeCircumstances(when)}`;
  const names = blamed.map(nameOf).join(', ');
  if (kind === 'more') {
    const guards = violated.map(({ by }) => `'${by.statement}'`);
    const rule =
      guards.length === 0 ? 'nothing should allow it' : `${[...new Set(guards)].join(' and ')} should refuse it`;
    return `allowed${where}, but ${rule}: look at ${names}`;
  }
  const how =
    decision.result === 'implicitly-denied' ? `no statement in the ${decision.missing} layer allows it` : 'denied';
  return `refused${where}, but needed: ${how}: look at ${names}`;
}

function nameOf({ policy, statement }: DecidingStatement): string {
  return policy === MISSING ? `'${statement}', which is missing` : `'${statement}' of '${policy}'`;
}

function locate({ layer, statement }: Responsible, policies: EnvironmentPolicies): DecidingStatement {
  const { role, bucket, key } = policies;
  const candidates =
    layer === 'identity' ? role.identity : layer === 'key' ? [key?.policy] : [bucket.policy, role.trust];
  const policy = candidates.find((one) => one?.statements.some(({ id }) => id === statement));
  return { layer, policy: policy?.name ?? MISSING, statement };
}

function unique(statements: readonly DecidingStatement[]): readonly DecidingStatement[] {
  return [...new Map(statements.map((one) => [`${one.layer} ${one.policy} ${one.statement}`, one])).values()];
}
