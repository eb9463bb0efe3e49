import { ToolkitError } from '../../errors';
import type { Policy } from '../../iam';
import type { StackResource } from '../stack/stack-document';
import type { StackReading } from '../stack/stack-reading';
import type { RolePolicies } from './environment-policies';

export interface RoleReading {
  readonly role: RolePolicies;
  /** ARN of a permissions boundary whose document is not in the stack. */
  readonly unknownBoundary: string | undefined;
}

/** Reads the stack's one role: trust, attached and inline policies, boundary. */
export function readRole(reading: StackReading): RoleReading {
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
        ...attached.map((attachment) => readAttached(attachment, reading)),
        ...inline.map((policy) => reading.policy(policy, 'policy', 'identity')),
      ],
      ...(boundary && { boundary }),
    },
    unknownBoundary: boundary === undefined ? boundaryArn : undefined,
  };
}

function readAttached(attachment: StackResource, reading: StackReading): Policy {
  const arn = reading.text(attachment, 'policy_arn');
  const policy = tryReadManaged(arn, reading);
  if (policy !== undefined) return policy;
  throw new ToolkitError(
    'UnsupportedPolicySource',
    `'${attachment.address}' argument 'policy_arn' must be a policy of the same stack, got: ${arn}`,
  );
}

function tryReadManaged(arn: string, reading: StackReading): Policy | undefined {
  const policy = reading.all('aws_iam_policy').find((resource) => reading.arnOf(resource) === arn);
  return policy && reading.policy(policy, 'policy', 'identity');
}
