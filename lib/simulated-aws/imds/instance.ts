import { ToolkitError } from '../../errors';
import type { AccountState } from '../state/account-state';
import type { InstanceProfile } from '../state/services/iam-state';

/** A simulated EC2 instance. */
export interface Instance {
  readonly instanceId: string;
  readonly instanceType: string;
  readonly imageId: string;
  readonly launchedAt: Date;
  readonly privateIp: string;
  readonly vpcId: string;
  readonly arn: string;
  readonly availabilityZone: string;
}

/** The instance profile that an instance was given; the profile itself may be deleted meanwhile. */
export type AttachedProfile = Pick<InstanceProfile, 'name' | 'id' | 'arn'>;

export function createInstance({ partition, region, accountId, now, randomBytes }: AccountState): Instance {
  const instanceId = `i-${randomBytes(9).toString('hex').slice(0, 17)}`;
  return {
    instanceId,
    instanceType: 't3.medium',
    imageId: 'ami-00000000000000000',
    launchedAt: now(),
    privateIp: '10.0.0.10',
    vpcId: `vpc-${randomBytes(9).toString('hex').slice(0, 17)}`,
    arn: `arn:${partition}:ec2:${region}:${accountId}:instance/${instanceId}`,
    availabilityZone: `${region}a`,
  };
}

/**
 * The instance profile of that name or ARN.
 *
 * @throws {ToolkitError} `NoSuchInstanceProfile`
 */
export function findInstanceProfile({ iam, accountId }: AccountState, nameOrArn: string): InstanceProfile {
  const profile =
    iam.instanceProfiles.get(nameOrArn) ?? [...iam.instanceProfiles.values()].find(({ arn }) => arn === nameOrArn);
  if (profile === undefined) {
    throw new ToolkitError(
      'NoSuchInstanceProfile',
      `'instanceProfile' must name an instance profile of account ${accountId}, got: ${nameOrArn}\nCreate it first, or name one of: ${[...iam.instanceProfiles.keys()].join(', ') || '(there is none)'}`,
    );
  }
  return profile;
}
