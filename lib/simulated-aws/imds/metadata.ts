import type { AccountState } from '../account-state';
import { describeTime } from '../iam/descriptions';
import type { Role } from '../iam/state';
import type { AttachedProfile, Instance } from './instance';
import type { RoleCredentials } from './role-credentials';

/** What the metadata of one instance is made from. */
export interface MetadataSource {
  readonly account: AccountState;
  readonly instance: Instance;
  readonly credentials: RoleCredentials;
  /** The profile that the instance has at this moment. */
  readonly profile: () => AttachedProfile | undefined;
}

const credentialsPath = 'meta-data/iam/security-credentials/';

/**
 * One document of the instance metadata service.
 *
 * @param path without `/latest/`
 * @returns `undefined` for a document that is not there
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-categories.html
 */
export function tryReadMetadata(source: MetadataSource, path: string): string | object | undefined {
  const { account, instance, credentials } = source;
  const role = attachedRole(source);
  if (`${path}/` === credentialsPath || path === credentialsPath) {
    return role?.name;
  }
  if (role !== undefined && path === `${credentialsPath}${role.name}`) {
    return credentials.describe(role);
  }
  const documents: Readonly<Record<string, () => string | object | undefined>> = {
    'dynamic/instance-identity/document': () => identityDocument(account, instance),
    'meta-data/iam/info': () => profileInfo(source),
    'meta-data/instance-id': () => instance.instanceId,
    'meta-data/local-ipv4': () => instance.privateIp,
    'meta-data/placement/availability-zone': () => instance.availabilityZone,
    'meta-data/placement/region': () => account.region,
    'meta-data/services/domain': () => (account.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'),
    'meta-data/services/partition': () => account.partition,
  };
  return Object.hasOwn(documents, path) ? documents[path]?.() : undefined;
}

/** The role of the attached profile; `undefined` when profile or role is gone. */
export function attachedRole({ account: { iam }, profile }: MetadataSource): Role | undefined {
  const attached = profile();
  const current = iam.instanceProfiles.inForce(attached?.name ?? '');
  return current?.id === attached?.id ? iam.roles.inForce(current?.roleName ?? '') : undefined;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html */
function profileInfo({ account, profile }: MetadataSource): object | undefined {
  const attached = profile();
  if (attached === undefined) {
    return undefined;
  }
  const LastUpdated = describeTime(account.now());
  if (account.iam.instanceProfiles.get(attached.name)?.id !== attached.id) {
    const Message = `Instance Profile ${attached.arn} cannot be found.`;
    return { Code: 'InstanceProfileNotFound', Message, LastUpdated };
  }
  return { Code: 'Success', LastUpdated, InstanceProfileArn: attached.arn, InstanceProfileId: attached.id };
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-identity-documents.html */
function identityDocument({ accountId, region }: AccountState, instance: Instance): object {
  return {
    accountId,
    architecture: 'x86_64',
    availabilityZone: instance.availabilityZone,
    billingProducts: null,
    devpayProductCodes: null,
    marketplaceProductCodes: null,
    imageId: 'ami-00000000000000000',
    instanceId: instance.instanceId,
    instanceType: 't3.medium',
    kernelId: null,
    pendingTime: describeTime(instance.launchedAt),
    privateIp: instance.privateIp,
    ramdiskId: null,
    region,
    version: '2017-09-30',
  };
}
