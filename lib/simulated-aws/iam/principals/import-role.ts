import type { AccountState } from '../../state/account-state';
import { findAttachablePolicy } from '../entities/managed-policy';
import { readTrustPolicy } from '../entities/policy-document';
import { newUniqueId } from '../entities/unique-id';
import { noSuchEntity } from '../request/errors';
import { ec2ServicePrincipal } from './instance-profiles';

/** The session length of a role that nobody gave one. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const DEFAULT_SESSION_SECONDS = 3600;

/**
 * Makes a role of EC2 instances that the account is to hold already, with an instance profile of its name and no
 * permissions, without asking anybody for permission.
 */
export function importInstanceRole(account: AccountState, arn: string): void {
  const { path, name } = entityOf(arn);
  const createdAt = account.now();
  const Principal = { Service: ec2ServicePrincipal(account) };
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
  };
  account.iam.roles.set(name, {
    ...{ name, path, arn, createdAt, tags: new Map() },
    id: newUniqueId('role', account.randomBytes),
    trustPolicy: readTrustPolicy(account, JSON.stringify(trust)),
    maxSessionDurationSeconds: DEFAULT_SESSION_SECONDS,
    inlinePolicies: new Map(),
    attachedPolicyArns: [],
  });
  account.iam.instanceProfiles.set(name, {
    ...{ name, path, createdAt, tags: new Map(), roleName: name },
    id: newUniqueId('instance-profile', account.randomBytes),
    arn: arn.replace(':role/', ':instance-profile/'),
  });
}

/**
 * Attaches a managed policy to a role, as whoever owns the role would.
 *
 * @throws {AwsError} `NoSuchEntity`
 */
export function attachPolicy(account: AccountState, roleArn: string, policyArn: string): void {
  const { name } = entityOf(roleArn);
  const role = account.iam.roles.get(name);
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  const { arn } = findAttachablePolicy(account, policyArn);
  account.iam.roles.set(name, { ...role, attachedPolicyArns: [...new Set([...role.attachedPolicyArns, arn])] });
}

function entityOf(arn: string): { readonly path: string; readonly name: string } {
  const [, path = '/', name = ''] = /:role(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  return { path, name };
}
