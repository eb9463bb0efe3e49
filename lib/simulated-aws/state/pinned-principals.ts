import type { Policy, PrincipalElement, Statement } from '../../iam/types';
import type { AwsError } from '../wire/http/aws-error';
import type { AccountState, Accounts } from './account-state';
import type { IamState } from './services/iam-state';
import type { PinnedPolicy, PinnedPrincipals } from './services/pinned-policy';

/**
 * A resource policy that holds on to the users and roles that it names. Those of the simulated accounts must exist; those
 * of other accounts are not known. One that is made anew under the same name has another id, and is not admitted.
 *
 * @param refusal - the service's own error for a principal that is not there, by its ARN
 * @throws {AwsError} the refusal
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-users
 */
export function pinPrincipals(
  { text, parsed }: Pick<PinnedPolicy, 'text' | 'parsed'>,
  account: AccountState,
  refusal: (arn: string) => AwsError,
): PinnedPolicy {
  const ids = entityIds(account.iam);
  const own = ownPrincipals(parsed, account.accounts);
  const unknown = own.find((arn) => !ids.has(arn));
  if (unknown !== undefined) throw refusal(unknown);
  const pinned = new Map(own.map((arn) => [arn, ids.get(arn) ?? '']));
  return { text, pinned, parsed: withPinnedPrincipals(parsed, pinned) };
}

/** The text as it is shown: the unique id takes the place of an ARN whose user or role is gone. */
export function shownText({ text, pinned }: PinnedPolicy, iam: IamState): string {
  const ids = new Set(entityIds(iam).values());
  const gone = new Map([...pinned].filter(([, id]) => !ids.has(id)));
  return gone.size === 0 ? text : JSON.stringify(JSON.parse(text, principalReviver(gone)));
}

function ownPrincipals({ statements }: Policy, { accountIds }: Accounts): readonly string[] {
  const ownEntity = new RegExp(`^arn:[^:]+:iam::(?:${accountIds.join('|')}):(user|role)/`);
  return statements.flatMap(({ principals }) => principals?.byType.AWS ?? []).filter((name) => ownEntity.test(name));
}

function withPinnedPrincipals(policy: Policy, pinned: PinnedPrincipals): Policy {
  return { ...policy, statements: policy.statements.map((statement) => pinStatement(statement, pinned)) };
}

function pinStatement(statement: Statement, pinned: PinnedPrincipals): Statement {
  const { principals } = statement;
  return principals?.byType.AWS === undefined
    ? statement
    : { ...statement, principals: pinElement(principals, pinned) };
}

function pinElement(principals: PrincipalElement, pinned: PinnedPrincipals): PrincipalElement {
  const names = (principals.byType.AWS ?? []).map((name) => pinned.get(name) ?? name);
  return { ...principals, byType: { ...principals.byType, AWS: names } };
}

function principalReviver(gone: PinnedPrincipals) {
  const shown = (name: unknown): unknown => (typeof name === 'string' ? (gone.get(name) ?? name) : name);
  return (key: string, value: unknown): unknown => {
    if (key !== 'AWS') {
      return value;
    }
    return Array.isArray(value) ? value.map(shown) : shown(value);
  };
}

/** Unique ids of the users and roles of every simulated account, by ARN. */
function entityIds({ everyAccount }: IamState): PinnedPrincipals {
  const entities = everyAccount().flatMap(({ users, roles }) => [...users.valuesInForce(), ...roles.valuesInForce()]);
  return new Map(entities.map(({ arn, id }) => [arn, id]));
}
