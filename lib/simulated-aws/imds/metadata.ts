import { describeTime } from '../iam/entities/descriptions';
import type { AccountState } from '../state/account-state';
import type { Role } from '../state/services/iam-state';
import type { AttachedProfile, Instance } from './instance';
import type { RoleCredentials } from './role-credentials';

/** The facts that an instance's metadata is made from. */
export interface MetadataSource {
  readonly account: AccountState;
  readonly instance: Instance;
  readonly credentials: RoleCredentials;
  /** The profile that the instance has at this moment. */
  readonly profile: () => AttachedProfile | undefined;
}

/** The documents that an instance has now, by their paths without `/latest/`. */
type Documents = ReadonlyMap<string, () => string | object>;

/**
 * A document of the instance metadata service, or the names of those in a folder.
 *
 * @param path without `/latest/`
 * @returns `undefined` for a document that is not there
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-categories.html
 */
export function tryReadMetadata(source: MetadataSource, path: string): string | object | undefined {
  const documents = documentsOf(source);
  return documents.get(path)?.() ?? tryList([...documents.keys()], path.endsWith('/') ? path : `${path}/`);
}

function documentsOf(source: MetadataSource): Documents {
  const { account, instance, credentials } = source;
  const { partition, region } = account;
  const role = attachedRole(source);
  const info = profileInfo(source);
  return new Map<string, () => string | object>([
    ['dynamic/instance-identity/document', () => identityDocument(account, instance)],
    ['meta-data/ami-id', () => instance.imageId],
    ['meta-data/hostname', () => hostName(account, instance)],
    ...(info === undefined ? [] : ([['meta-data/iam/info', () => info]] as const)),
    ...(role === undefined
      ? []
      : ([[`meta-data/iam/security-credentials/${role.name}`, () => credentials.describe(role)]] as const)),
    ['meta-data/instance-id', () => instance.instanceId],
    ['meta-data/instance-type', () => instance.instanceType],
    ['meta-data/local-hostname', () => hostName(account, instance)],
    ['meta-data/local-ipv4', () => instance.privateIp],
    ['meta-data/placement/availability-zone', () => instance.availabilityZone],
    ['meta-data/placement/region', () => region],
    ['meta-data/services/domain', () => (partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com')],
    ['meta-data/services/partition', () => partition],
  ]);
}

/** A folder's name ends in a slash, so that it can be told from a document. */
function tryList(paths: readonly string[], folder: string): string | undefined {
  const names = paths
    .filter((path) => path.startsWith(folder))
    .map((path) => path.slice(folder.length).replace(/\/.*/, '/'));
  return names.length === 0 ? undefined : [...new Set(names)].join('\n');
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-naming.html */
function hostName({ region }: AccountState, { privateIp }: Instance): string {
  const domain = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
  return `ip-${privateIp.replaceAll('.', '-')}.${domain}`;
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
    imageId: instance.imageId,
    instanceId: instance.instanceId,
    instanceType: instance.instanceType,
    kernelId: null,
    pendingTime: describeTime(instance.launchedAt),
    privateIp: instance.privateIp,
    ramdiskId: null,
    region,
    version: '2017-09-30',
  };
}
