import { accountOf, nameOf } from '../../arn';
import type { Policy } from '../../iam';
import type { ExistingRole } from '../policies/declared-host';
import type { Declaration } from '../policies/stack-policies';
import { ABSENT, type Answer, known, unknown } from '../stack/answer';
import type { Place } from '../stack/place';
import type { StackResource } from '../stack/stack-document';
import { type Granting, grantsToForeignRole } from './foreign-grants';
import { policyOf } from './policy-readings';
import type { Readers } from './read-buckets';
import type { RoleSubject } from './subject';

/** Where the roles are, and what could let in one of another account. */
interface Surroundings extends Granting {
  readonly place: Partial<Place>;
}

/** The roles that the stack makes, and the one that its host has already. */
export function readRoles(
  readers: Readers,
  declaration: Answer<Declaration>,
  surroundings: Surroundings,
): readonly RoleSubject[] {
  const own = readOwnRoles(readers);
  if (declaration.state !== 'known' || declaration.value.host.kind !== 'existing-role') return own;
  const { host } = declaration.value;
  const account = accountOf(host.roleArn);
  const ofPlace = surroundings.place.account;
  if (ofPlace === undefined || account === ofPlace) return [...own, readExistingRole(host, readers)];
  const identity = grantsToForeignRole(host, surroundings, declaration.value);
  return [...own, { ...outOfSight(host), foreignAccount: account, identity, readable: valuesOf(identity) }];
}

function valuesOf(answer: Answer<readonly Policy[]>): readonly Policy[] {
  return answer.state === 'known' ? answer.value : [];
}

/** By the policies that are meant for it; other policies that it may carry are out of sight. */
function readExistingRole({ roleArn, policyArns }: ExistingRole, readers: Readers): RoleSubject {
  const { stack, references, policies, read } = readers;
  const { resource, ...unseen } = outOfSight({ roleArn });
  const managed = stack.resources.filter(({ type }) => type === 'aws_iam_policy');
  const meant = policyArns.map((wanted): Attached => {
    const policy = managed.find(({ address }) => {
      const arn = references.answer(`\${${address}.arn}`);
      return arn.state === 'known' && arn.value === wanted;
    });
    return policy ? { policy: policyOf(policies, policy) } : { policy: unknown(`${wanted} is not of this stack`) };
  });
  const name = nameOf(roleArn);
  const inline = stack.resources.filter(
    (one) => one.type === 'aws_iam_role_policy' && knownValue(read(one, 'role')) === name,
  );
  const own = [...meant, ...inline.map((one) => ({ policy: policyOf(policies, one) }))];
  return {
    ...unseen,
    resource,
    identity: identityOf(own, [], resource),
    readable: readableOf(own),
    inline,
  };
}

/** A role that exists already, as far as the stack says anything about it. */
function outOfSight({ roleArn }: Pick<ExistingRole, 'roleArn'>) {
  const resource: StackResource = { address: 'output.backup_environment', type: 'output', arguments: {} };
  return {
    resource,
    exists: true,
    arn: known(roleArn),
    trust: unknown('the role exists already'),
    inline: [],
    elsewhere: [],
    boundary: unknown('the role exists already'),
    instanceProfiles: { found: [], doubtful: [] },
  };
}

function knownValue(answer: Answer<unknown>): unknown {
  return answer.state === 'known' ? answer.value : undefined;
}

function readOwnRoles(readers: Readers): readonly RoleSubject[] {
  const { stack, references, find, policies } = readers;
  return stack.resources
    .filter(({ type }) => type === 'aws_iam_role')
    .map((resource) => {
      const attached = readAttached(resource, readers);
      const inline = find('aws_iam_role_policy', 'role', resource);
      const own = [...attached, ...inline.found.map((one) => ({ policy: policyOf(policies, one) }))];
      const doubtful = [...inline.doubtful, ...find('aws_iam_role_policy_attachment', 'role', resource).doubtful];
      return {
        resource,
        exists: false,
        arn: references.answer(`\${${resource.address}.arn}`),
        trust: policyOf(policies, resource),
        identity: identityOf(own, doubtful, resource),
        readable: readableOf(own),
        inline: inline.found,
        elsewhere: attached.flatMap(({ elsewhere }) => (elsewhere === undefined ? [] : [elsewhere])),
        boundary: boundaryOf(resource, readers),
        instanceProfiles: find('aws_iam_instance_profile', 'role', resource),
      };
    });
}

interface Attached {
  readonly policy: Answer<Policy>;
  /** ARN of a policy that is not of this stack. */
  readonly elsewhere?: string;
}

function readAttached(role: StackResource, readers: Readers): readonly Attached[] {
  const { find, read, policies } = readers;
  return find('aws_iam_role_policy_attachment', 'role', role).found.map((attachment) => {
    const managed = managedPolicy(attachment, 'policy_arn', readers);
    if (managed !== undefined) return { policy: policyOf(policies, managed) };
    const arn = read(attachment, 'policy_arn');
    if (arn.state !== 'known') return { policy: unknown(`${attachment.address} attaches a policy that is not known`) };
    return { policy: unknown(`${arn.value} is not of this stack`), elsewhere: String(arn.value) };
  });
}

/** The policy of this stack that an argument points at. */
function managedPolicy(resource: StackResource, argument: string, { stack, find }: Readers): StackResource | undefined {
  return stack.resources.find(
    (one) => one.type === 'aws_iam_policy' && find(resource.type, argument, one).found.includes(resource),
  );
}

function readableOf(own: readonly Attached[]): readonly Policy[] {
  return own.flatMap(({ policy }) => (policy.state === 'known' ? [policy.value] : []));
}

function identityOf(
  own: readonly Attached[],
  doubtful: readonly StackResource[],
  role: StackResource,
): Answer<readonly Policy[]> {
  if (doubtful.length > 0) return unknown(`nobody can tell which role ${doubtful[0]?.address} is for`);
  const unread = ['inline_policy', 'managed_policy_arns'].find(
    (name) => (role.arguments[name] ?? undefined) !== undefined,
  );
  if (unread !== undefined) return unknown(`${role.address} has policies in its argument '${unread}'`);
  const policies: Policy[] = [];
  for (const { policy } of own) {
    if (policy.state === 'unknown') return policy;
    if (policy.state === 'known') policies.push(policy.value);
  }
  return known(policies);
}

function boundaryOf(role: StackResource, readers: Readers): Answer<Policy> {
  const arn = readers.read(role, 'permissions_boundary');
  if (arn.state === 'absent') return ABSENT;
  const managed = managedPolicy(role, 'permissions_boundary', readers);
  if (managed !== undefined) return policyOf(readers.policies, managed);
  return unknown(`${arn.state === 'known' ? arn.value : 'the permissions boundary'} is not of this stack`);
}
