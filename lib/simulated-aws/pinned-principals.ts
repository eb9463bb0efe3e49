import type { Policy, PrincipalElement, Statement } from '../iam/types';
import type { AccountState } from './account-state';
import type { AwsError } from './wire/exchange';

/** Unique ids of the account's users and roles that a resource policy names, by ARN. */
export type PinnedPrincipals = ReadonlyMap<string, string>;

/**
 * The users and roles of this account that a policy names. They must exist; those of other accounts are not known.
 *
 * @param refusal - the service's own error for a principal that is not there
 * @throws {AwsError} the refusal
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-users
 */
export function pinPrincipals(policy: Policy, account: AccountState, refusal: AwsError): PinnedPrincipals {
  const ownEntity = new RegExp(`^arn:[^:]+:iam::${account.accountId}:(user|role)/`);
  const names = policy.statements.flatMap(({ principals }) => principals?.byType.AWS ?? []);
  const ids = entityIds(account);
  const own = names.filter((name) => ownEntity.test(name));
  if (!own.every((arn) => ids.has(arn))) throw refusal;
  return new Map(own.map((arn) => [arn, ids.get(arn) ?? '']));
}

/** The policy as it decides: a role that was made anew under the same name has another id, and is not admitted. */
export function withPinnedPrincipals(policy: Policy, pinned: PinnedPrincipals): Policy {
  return { ...policy, statements: policy.statements.map((statement) => pinStatement(statement, pinned)) };
}

/** The document as it is shown: the unique id takes the place of an ARN whose user or role is gone. */
export function shownDocument(document: string, pinned: PinnedPrincipals, account: AccountState): string {
  const ids = new Set(entityIds(account).values());
  const gone = new Map([...pinned].filter(([, id]) => !ids.has(id)));
  return gone.size === 0 ? document : JSON.stringify(JSON.parse(document, principalReviver(gone)));
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

function entityIds({ iam }: AccountState): PinnedPrincipals {
  return new Map([...iam.users.values(), ...iam.roles.values()].map(({ arn, id }) => [arn, id]));
}
