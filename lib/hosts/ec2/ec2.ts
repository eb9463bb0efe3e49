import { nameOf } from '../../arn';
import { attachByStack, type HostKind } from '../host-kind';

/** An EC2 instance, which gets the role from an instance profile. */
export const ec2: HostKind<'ec2'> = {
  sheet: {
    facts: (host) => [{ name: 'Instance profile', value: host.instanceProfileArn }],
    beforeVerifying: (host) => [
      `Attach the instance profile ${nameOf(host.instanceProfileArn)} to every Vault host, the one that runs the scheduler included.`,
      'Require IMDSv2 on each of them (HttpTokens: required); where Vault runs in a container, set HttpPutResponseHopLimit to 2.',
    ],
  },
  credentialSources: () => ['IMDS'],
  words: {
    giver: 'the instance profile',
    give: 'Attach the instance profile of the environment to this host, or run this on the host that has it',
    giveRole: (roleArn) => `Attach the instance profile that gives the role ${roleArn}.`,
    giveAgain:
      'Attach the instance profile; in a container, the instance metadata hop limit must be 2 (aws ec2 modify-instance-metadata-options --http-put-response-hop-limit 2).',
    attach: attachByStack,
  },
};
