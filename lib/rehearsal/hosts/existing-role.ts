import { nameOf } from '../../arn';
import { attachPolicy } from '../../simulated-aws';
import { metadataVariables } from './ec2';
import type { HostRehearsal } from './host-rehearsal';

/** An instance that has its role already; whoever owns the role attaches what the stack does not. */
export const existingRoleRehearsal: HostRehearsal<'existing-role'> = {
  title: 'Attach the policies to the role that the simulated host has',
  start: async ({ account, config, host: { policyArns, attached } }) => {
    const { roleArn } = config.aws;
    if (!attached) for (const arn of policyArns) attachPolicy(account.state, roleArn, arn);
    const host = await account.startHost();
    host.attachInstanceProfile(nameOf(roleArn));
    return {
      credentials: metadataVariables(host.metadataEndpoint),
      detail: `${attached ? 'the stack attached' : 'its owner attached'} ${policyArns.length} to ${roleArn}`,
    };
  },
};
