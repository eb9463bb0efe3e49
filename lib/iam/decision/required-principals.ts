import { ToolkitError } from '../../errors';
import type { Layer, Policy, Statement } from '../types';

/** How the statements of a layer name principals: not at all, as any resource's policy does, or only as `*`. */
type Naming = 'none' | 'principals' | 'everyone';

const NAMING: Readonly<Partial<Record<Layer, Naming>>> = {
  resource: 'principals',
  key: 'principals',
  rcp: 'everyone',
  endpoint: 'everyone',
};

/** Refuses a statement that names principals otherwise than its layer does. @throws {ToolkitError} `UnsupportedPolicy` */
export function requirePrincipals(policy: Policy, statement: Statement, layer: Layer): void {
  const rule = findPrincipalProblem(statement, layer);
  if (rule === undefined) return;
  throw new ToolkitError(
    'UnsupportedPolicy',
    `'${policy.name}', statement '${statement.id}': ${rule} in the ${layer} layer`,
  );
}

/**
 * Where AWS takes `*` alone, or reads an account as its root user alone, nothing else is taken.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html#vpc-endpoint-policies-gateway
 */
function findPrincipalProblem({ principals }: Statement, layer: Layer): string | undefined {
  const naming = NAMING[layer] ?? 'none';
  if (naming === 'none') return principals === undefined ? undefined : 'must not name a principal';
  if (principals === undefined) return 'must name a principal';
  const isEveryone = principals.anyone && !principals.negated;
  return naming === 'everyone' && !isEveryone
    ? "must name the principal '*', and a caller by aws:PrincipalArn"
    : undefined;
}
