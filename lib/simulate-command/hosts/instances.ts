import { nameOf } from '../../arn';
import { policyArn, roleArn } from '../../policy/resource-names';
import { metadataVariables } from '../../rehearsal/hosts/ec2';
import { attachPolicy } from '../../simulated-aws';
import type { HostOfSimulation, HostPlace, StartHost } from './host-of-simulation';

export const startEc2: StartHost<'ec2'> = (place) => startInstance(place, nameOf(roleArn(place.environment)));

/** Whoever owns the role attaches the policies that the stack made for it. */
export const startExistingRole: StartHost<'existing-role'> = async (place) => {
  const { environment, state } = place;
  const arn = roleArn(environment);
  const policies = (['s3', 'kms'] as const).map((service) => policyArn(environment, service));
  return {
    ...(await startInstance(place, nameOf(arn))),
    afterDeployment: () => {
      for (const policy of policies) if (state.iam.policies.has(policy)) attachPolicy(state, arn, policy);
    },
  };
};

/** Starts an instance. @param instanceProfileName of the profile that it gets */
export async function startInstance(
  { account, state, port, hopLimit }: HostPlace,
  instanceProfileName?: string,
): Promise<HostOfSimulation> {
  const named = instanceProfileName === undefined ? {} : { instanceProfileName };
  const host = await account.startHost({ account: state, port, hopLimit, ...named });
  const { instanceId, metadataEndpoint, containerMetadataEndpoint } = host;
  return {
    title: `the host ${instanceId}`,
    summary: { instanceId, metadataEndpoint, containerMetadataEndpoint },
    variables: { AWS_EC2_METADATA_DISABLED: 'false', ...metadataVariables(metadataEndpoint) },
    credentials: async () => host.credentials(),
    afterDeployment: () => undefined,
  };
}
