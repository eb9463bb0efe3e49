import { tryReadText } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { IamState } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { rolesBoundedBy, rolesWithPolicy, summarizePolicy, usersWithPolicy } from '../entities/descriptions';
import { entityArn, isOfAws, requirePermission } from '../request/access';
import { readPage } from '../request/pages';
import { POLICY_PARAMETER_RULES } from '../request/parameter-rules';

/**
 * Only the AWS managed policies held here are listed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html
 */
export function listPolicies(call: Call, form: Form): XmlContent {
  const { account } = call;
  const pathPrefix = tryReadText(form, 'PathPrefix', POLICY_PARAMETER_RULES) ?? '/';
  const scope = tryReadText(form, 'Scope', POLICY_PARAMETER_RULES) ?? 'All';
  const usage = tryReadText(form, 'PolicyUsageFilter', POLICY_PARAMETER_RULES);
  const onlyAttached = form.get('OnlyAttached') === 'true';
  requirePermission(call, form, { resource: entityArn(account, 'policy', pathPrefix, '') });
  const policies = [...account.iam.policies.values()]
    .filter(({ path }) => path.startsWith(pathPrefix))
    .filter(({ arn }) => isInScope(arn, scope))
    .filter(({ arn }) => isInUse(account.iam, arn, { usage, onlyAttached }));
  const { items, end } = readPage(form, policies);
  return { Policies: { member: items.map((policy) => summarizePolicy(account.iam, policy)) }, ...end };
}

function isInScope(arn: string, scope: string): boolean {
  return scope === 'All' || isOfAws(arn) === (scope === 'AWS');
}

function isInUse(
  iam: IamState,
  arn: string,
  { usage, onlyAttached }: { readonly usage: string | undefined; readonly onlyAttached: boolean },
): boolean {
  const isAttached = rolesWithPolicy(iam, arn).length + usersWithPolicy(iam, arn).length > 0;
  const isBoundary = rolesBoundedBy(iam, arn).length > 0;
  if (onlyAttached && !isAttached) return false;
  if (usage === 'PermissionsPolicy') return isAttached;
  return usage !== 'PermissionsBoundary' || isBoundary;
}
