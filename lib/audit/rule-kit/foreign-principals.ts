import type { Condition, Policy, Statement } from '../../iam';
import type { RoleSubject, Subject } from '../subject/subject';

/** Operators that hold a statement to one ARN; with `IfExists` it would hold for a request that names nobody. */
const HOLDS_TO_ONE: ReadonlySet<string> = new Set(['ArnEquals', 'ArnLike', 'StringEquals']);

/**
 * Principals of other accounts whom an Allow statement of the policy names, each in one clause.
 *
 * The root of the account of a role that exists there is none, in a statement that is held to the very role.
 */
export function foreignPrincipals({ statements }: Policy, { place, roles }: Subject): readonly string[] {
  const [role] = roles.filter(({ foreignAccount }) => foreignAccount !== undefined);
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) =>
      (statement.principals?.byType.AWS ?? [])
        .filter((name) => name !== '*' && accountOf(name) !== place.account)
        .flatMap((name) => problemOf(name, statement, role)),
    );
}

function problemOf(name: string, statement: Statement, role: RoleSubject | undefined): readonly string[] {
  const isOfRole = role !== undefined && accountOf(name) === role.foreignAccount && /^\d{12}$|:root$/.test(name);
  if (!isOfRole) return [`the policy allows something to ${name}`];
  const roleArn = role.arn.state === 'known' ? role.arn.value : '';
  if (statement.conditions.some((condition) => isHeldTo(roleArn, condition))) return [];
  return [`'${statement.id}' allows something to ${name}, and is not held to ${roleArn} by ArnEquals aws:PrincipalArn`];
}

function isHeldTo(roleArn: string, { operator, key, values }: Condition): boolean {
  const isOne = values.length === 1 && values[0] === roleArn;
  return isOne && key.toLowerCase() === 'aws:principalarn' && HOLDS_TO_ONE.has(operator);
}

function accountOf(principal: string): string {
  return /\d{12}/.exec(principal)?.[0] ?? '';
}

/** The end of a sentence that says that nothing is allowed to other accounts. */
export function exceptHostRole({ roles }: Subject): string {
  const [role] = roles.filter(({ foreignAccount }) => foreignAccount !== undefined);
  return role?.arn.state === 'known' ? `, but to ${role.arn.value}` : '';
}
