import type { ProcessEnvironment } from '../../process-environment';
import type { HostRehearsal } from './host-rehearsal';

/** An instance with the instance profile that was deployed. */
export const ec2Rehearsal: HostRehearsal<'ec2'> = {
  title: 'Attach the instance profile to the simulated host',
  prepare: () => [],
  start: async ({ account, host: { instanceProfileArn } }) => {
    const host = await account.startHost();
    host.attachInstanceProfile(instanceProfileArn);
    return {
      credentials: metadataVariables(host.metadataEndpoint),
      detail: `${instanceProfileArn} at ${host.metadataEndpoint}`,
    };
  },
};

/** Lead a process to the credentials of the instance profile. */
export function metadataVariables(metadataEndpoint: string): ProcessEnvironment {
  return { AWS_EC2_METADATA_SERVICE_ENDPOINT: metadataEndpoint, AWS_EC2_METADATA_V1_DISABLED: 'true' };
}
