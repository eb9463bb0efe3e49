import { accountOf, nameOf } from '../../arn';
import { ToolkitError } from '../../errors';
import type { Policy } from '../../iam';
import { badStack } from '../stack/arguments';
import type { StackResource } from '../stack/stack-document';
import type { StackReading } from '../stack/stack-reading';
import type { DeclaredHost, ExistingRole } from './declared-host';
import type { RolePolicies } from './environment-policies';

export interface RoleReading {
  readonly role: RolePolicies;
  /** ARN of a permissions boundary whose document is not in the stack. */
  readonly unknownBoundary: string | undefined;
}

/**
 * Reads the role of the host: the stack's one, or what the stack gives to one that exists already.
 *
 * @param ofOwner - policies that the owner of a role of another account attaches to it
 * @throws {ToolkitError} `BadStack`, `UnresolvedReference`, `UnsupportedPolicySource`, `BadPolicy`
 */
export function readRole(reading: StackReading, host: DeclaredHost, ofOwner: readonly Policy[]): RoleReading {
  if (host.kind !== 'existing-role') return readOwnRole(reading);
  const made = reading.tryFindOne('aws_iam_role');
  if (made !== undefined)
    throw badStack(`'${made.address}'`, 'must not be in a stack whose role exists already', 'a role');
  const isForeign = accountOf(host.roleArn) !== reading.place.account;
  if (!isForeign) return readExistingRole(host, reading);
  return { role: { arn: host.roleArn, identity: ofOwner }, unknownBoundary: undefined };
}

/** The policies of the role: those that the stack means for it, and any that the stack attaches to it. */
function readExistingRole({ roleArn, policyArns }: ExistingRole, reading: StackReading): RoleReading {
  const name = nameOf(roleArn);
  const attached = reading
    .all('aws_iam_role_policy_attachment')
    .filter((attachment) => reading.text(attachment, 'role') === name)
    .map((attachment) => policyOf(attachment, reading));
  const inline = reading.all('aws_iam_role_policy').filter((policy) => reading.text(policy, 'role') === name);
  const named = policyArns.map((arn) => ({ arn, at: "'output.backup_environment': 'host.policyArns'" }));
  const wanted = new Map([...attached, ...named].map((policy) => [policy.arn, policy]));
  const identity = [...wanted.values()].map((policy) => requireManaged(policy, reading));
  return {
    role: {
      arn: roleArn,
      identity: [...identity, ...inline.map((policy) => reading.policy(policy, 'policy', 'identity'))],
    },
    unknownBoundary: undefined,
  };
}

/** The stack's one role: trust, attached and inline policies, boundary. */
function readOwnRole(reading: StackReading): RoleReading {
  const role = reading.findOne('aws_iam_role');
  const name = reading.text(role, 'name');
  const isOfRole = (resource: StackResource) => reading.text(resource, 'role') === name;
  const attached = reading.all('aws_iam_role_policy_attachment').filter(isOfRole);
  const inline = reading.all('aws_iam_role_policy').filter(isOfRole);
  const boundaryArn = reading.tryText(role, 'permissions_boundary');
  const boundary = boundaryArn === undefined ? undefined : tryReadManaged(boundaryArn, reading);
  return {
    role: {
      arn: reading.arnOf(role),
      trust: reading.policy(role, 'assume_role_policy', 'trust'),
      identity: [
        ...attached.map((attachment) => requireManaged(policyOf(attachment, reading), reading)),
        ...inline.map((policy) => reading.policy(policy, 'policy', 'identity')),
      ],
      ...(boundary && { boundary }),
    },
    unknownBoundary: boundary === undefined ? boundaryArn : undefined,
  };
}

/** The ARN of a policy, and where it is said. */
interface NamedPolicy {
  readonly arn: string;
  readonly at: string;
}

function policyOf(attachment: StackResource, reading: StackReading): NamedPolicy {
  return { arn: reading.text(attachment, 'policy_arn'), at: `'${attachment.address}' argument 'policy_arn'` };
}

function requireManaged({ arn, at }: NamedPolicy, reading: StackReading): Policy {
  const policy = tryReadManaged(arn, reading);
  if (policy !== undefined) return policy;
  throw new ToolkitError('UnsupportedPolicySource', `${at} must be a policy of the same stack, got: ${arn}`);
}

function tryReadManaged(arn: string, reading: StackReading): Policy | undefined {
  const policy = reading.all('aws_iam_policy').find((resource) => reading.arnOf(resource) === arn);
  return policy && reading.policy(policy, 'policy', 'identity');
}
