import type { Policy, PrincipalElement, Statement } from '../../iam';
import { becauseOf, namingAny } from './deciding-statements';
import type { Fact } from './gathered';

/** The fact that a key policy lets an administrator do this; where that hangs on callers or circumstances, by which statements. */
export function grantingFact(policy: Policy, actions: readonly string[], fact: Fact): Fact {
  const isPlain = actions.every((action) => isPlainlyGranted(policy, action));
  return isPlain ? fact : becauseOf(namingAny(policy, actions), fact);
}

/** Whether a statement allows the action to the whole account, whatever the circumstances, and none denies it to anybody. */
export function isPlainlyGranted(policy: Policy, action: string): boolean {
  const named = namingAny(policy, [action]);
  const isForAll = ({ effect, principals, conditions }: Statement) =>
    effect === 'Allow' && conditions.length === 0 && principals !== undefined && accountsIn(principals).length > 0;
  return named.some(isForAll) && !named.some(({ effect }) => effect === 'Deny');
}

/**
 * The statements of a key policy that allow the action to somebody, in whatever circumstances: whoever wrote the policy
 * knows his own name, his tags and his address, which no input says.
 *
 * A denial takes a grant back where it knows no conditions, and is for everybody or for the account of all whom the grant names.
 */
export function grantsOf(policy: Policy, action: string): readonly Statement[] {
  const named = namingAny(policy, [action]);
  const denials = named.filter(({ effect, conditions }) => effect === 'Deny' && conditions.length === 0);
  return named.filter((one) => one.effect === 'Allow' && !denials.some((denial) => takesBack(denial, one)));
}

function takesBack({ principals: denied }: Statement, { principals: allowed }: Statement): boolean {
  if (denied === undefined || allowed === undefined || denied.negated) return false;
  if (denied.anyone) return true;
  const accounts = accountsIn(denied);
  const { AWS: names = [], ...others } = allowed.byType;
  const isOf = (name: string) => accounts.some((account) => account === '*' || /\d{12}/.exec(name)?.[0] === account);
  return !allowed.negated && Object.keys(others).length === 0 && names.every(isOf);
}

/** The accounts that are named as a whole; `*` for each. */
function accountsIn({ negated, byType: { AWS: names = [] } }: PrincipalElement): readonly string[] {
  if (negated) return [];
  return names.flatMap((name) => /^(?:arn:[^:]+:iam::)?(\*|\d{12})(?::root)?$/.exec(name)?.[1] ?? []);
}
