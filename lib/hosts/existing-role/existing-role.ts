import { nameOf } from '../../arn';
import type { HostKind } from '../host-kind';

/** A host that has a role already, to which the environment adds its permissions. */
export const existingRole: HostKind<'existing-role'> = {
  sheet: {
    facts: ({ policyArns, roleAccount }) => [
      ...(roleAccount === undefined ? [] : [{ name: 'Account of the role', value: roleAccount }]),
      ...policyArns.map((value) => ({ name: 'Policy of the role', value })),
    ],
    beforeVerifying: ({ policyArns, attached, roleAccount, runBy }, { aws: { roleArn } }) => [
      ...(roleAccount === undefined
        ? []
        : [
            `Send the folder host to the owner of account ${roleAccount}: role-policies.md says how to attach its two policies to the role ${nameOf(roleArn)}, without which it reaches nothing.`,
            'A role that is shared is a danger: every customer, host or person that has it reaches the backups, and nothing on this side can tell them apart.',
          ]),
      ...(attached ? [] : policyArns.map((arn) => `Attach a policy to the role: ${attachCommand(roleArn, arn)}`)),
      `Make sure that the role ${nameOf(roleArn)} serves the Vault hosts of this environment alone: whoever else has it reaches the backups.`,
      ...(runBy === 'vendor'
        ? [
            'Have the vendor confirm in writing that no other customer shares the role, and that it is the one Vault works with.',
          ]
        : []),
    ],
  },
  // Wherever a machine gets a role; keys that somebody copied, or signed in for, are a person's.
  credentialSources: () => [
    'IMDS',
    'CREDENTIALS_HTTP',
    'CREDENTIALS_STS_ASSUME_ROLE_WEB_ID',
    'CREDENTIALS_STS_ASSUME_ROLE',
    'CREDENTIALS_PROFILE_PROCESS',
    'CREDENTIALS_PROCESS',
  ],
  words: {
    giver: 'the role of the host',
    give: 'Give this host the role of the environment in the way its owner does, or run this on the host that has it',
    giveRole: (roleArn) =>
      `Run this where the role ${roleArn} is in use: it existed before, and whoever owns it gives it to hosts.`,
    giveAgain: 'Ask whoever owns the role of this host why its credentials are gone.',
    attach: (roleArn, action) =>
      `Have the policies that the settings sheet names attached to ${roleArn} again, or for a role of another account those of host/role-policies.md, in their newest version: one of them allows ${action}.`,
  },
};

function attachCommand(roleArn: string, policyArn: string): string {
  return `aws iam attach-role-policy --role-name ${nameOf(roleArn)} --policy-arn ${policyArn}`;
}
