import { tryReadText, validationError } from '../parameters';
import type { Call } from '../service';
import type { Form } from '../wire/query-protocol';
import type { XmlContent } from '../wire/xml';
import { requirePermission } from './access';
import { entityArn } from './arns';
import { rolesBoundedBy, rolesWithPolicy, summarizePolicy, usersWithPolicy } from './descriptions';
import { readPage } from './pages';
import { parameterRules } from './parameter-rules';
import type { IamState } from './state';

/**
 * Of the policies that AWS manages, those that are held here.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html
 */
export function listPolicies(call: Call, form: Form): XmlContent {
  const { account } = call;
  const pathPrefix = tryReadText(form, 'PathPrefix', parameterRules) ?? '/';
  requirePermission(call, form, { resource: entityArn(account, 'policy', pathPrefix, '') });
  const policies = [...account.iam.policies.values()]
    .filter(({ path }) => path.startsWith(pathPrefix))
    .filter(({ arn }) => isInScope(arn, form.get('Scope') ?? 'All'))
    .filter(({ arn }) => isInUse(account.iam, arn, form));
  const { items, end } = readPage(form, policies);
  return { Policies: { member: items.map((policy) => summarizePolicy(account.iam, policy)) }, ...end };
}

function isInScope(arn: string, scope: string): boolean {
  if (scope === 'All') return true;
  if (scope !== 'AWS' && scope !== 'Local') {
    throw validationError(
      `1 validation error detected: Value '${scope}' at 'scope' failed to satisfy constraint: Member must satisfy enum value set: [All, AWS, Local]`,
    );
  }
  return /^arn:[^:]+:iam::aws:/.test(arn) === (scope === 'AWS');
}

function isInUse(iam: IamState, arn: string, form: Form): boolean {
  const usage = form.get('PolicyUsageFilter');
  const isAttached = rolesWithPolicy(iam, arn).length + usersWithPolicy(iam, arn).length > 0;
  const isBoundary = rolesBoundedBy(iam, arn).length > 0;
  if (form.get('OnlyAttached') === 'true' && !isAttached) return false;
  if (usage === 'PermissionsPolicy') return isAttached;
  return usage !== 'PermissionsBoundary' || isBoundary;
}
