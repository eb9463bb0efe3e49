import type { Condition, Policy, Statement } from '../../iam';
import type { RoleSubject, Subject } from '../subject/subject';
import type { Fact } from './gathered';

/** Operators that hold a statement to one ARN; with `IfExists` it would hold for a request that names nobody. */
const HOLDS_TO_ONE: ReadonlySet<string> = new Set(['ArnEquals', 'ArnLike', 'StringEquals']);

/** Keys whose value names the account of whoever calls, or of what a service calls for. */
const NAMES_ACCOUNT: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:sourceaccount',
  'aws:sourcearn',
  'kms:calleraccount',
]);

/** Keys that tell callers apart without saying of which account they are. */
const NAMES_NO_ACCOUNT = /^aws:(?:userid|username|principaltag\/.*)$/;

/** A positive condition; one that also holds without its key holds nobody to anything. */
const HOLDS = /^(?:For(?:Any|All)Values:)?(?:Arn(?:Equals|Like)|String(?:Equals|EqualsIgnoreCase|Like))$/;

/**
 * Principals of other accounts whom an Allow statement of the policy names, each in one clause; the whole of the fact also
 * says what the statement allows.
 *
 * Everybody is nobody foreign, but for those whom a condition names. The root of the account of a role that exists there is
 * none either, in a statement that is held to the very role.
 */
export function foreignPrincipals({ statements }: Policy, { place, roles }: Subject): readonly Fact[] {
  const [role] = roles.filter(({ foreignAccount }) => foreignAccount !== undefined);
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => {
      const names = statement.principals?.byType.AWS ?? [];
      const problems = [
        ...names
          .filter((name) => name !== '*' && accountOf(name) !== place.account)
          .flatMap((name) => problemOf(name, statement, role)),
        ...(names.includes('*') ? problemsOfAnybody(statement, place.account, role) : []),
      ];
      return problems.map((text) => ({ text, whole: `${text}: ${whatItAllows(statement)}` }));
    });
}

function whatItAllows({ actions, resources, conditions }: Statement): string {
  const sorted = ({ negated, patterns }: Statement['actions']) => [negated, [...patterns].sort()];
  return JSON.stringify([sorted(actions), resources && sorted(resources), conditions]);
}

/**
 * Everybody, held by conditions to somebody elsewhere; one condition that holds all to this account is enough.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
function problemsOfAnybody(
  { id, conditions }: Statement,
  own: string | undefined,
  role: RoleSubject | undefined,
): readonly string[] {
  const held = conditions.filter(({ operator }) => HOLDS.test(operator));
  const keyOf = ({ key }: Condition) => key.toLowerCase();
  const ofAccounts = held.filter((one) => NAMES_ACCOUNT.has(keyOf(one)));
  if (ofAccounts.some(({ values }) => values.every((value) => accountOf(value) === own))) return [];
  const roleArn = role?.arn.state === 'known' ? role.arn.value : undefined;
  if (roleArn !== undefined && held.some((condition) => isHeldTo(roleArn, condition))) return [];
  const others = held.filter((one) => NAMES_NO_ACCOUNT.test(keyOf(one)));
  return [...ofAccounts, ...others].map(({ key, values }) => {
    const elsewhere = values.filter((value) => accountOf(value) !== own);
    return `'${id}' allows something to everybody whose ${key} is ${elsewhere.join(' or ')}`;
  });
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
