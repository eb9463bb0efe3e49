import { readFileSync } from 'node:fs';
import { accountOf, nameOf } from '../../arn';
import { type AccountState, attachPolicy, importInstanceRole, importPolicy, requireAccount } from '../../simulated-aws';
import { metadataVariables } from './ec2';
import type { HostRehearsal, HostToRehearse } from './host-rehearsal';

/** An instance that has its role already; whoever owns the role attaches what the stack does not. */
export const existingRoleRehearsal: HostRehearsal<'existing-role'> = {
  title: 'Attach the policies to the role that the simulated host has',
  prepare: (state, { role }) => {
    importInstanceRole(requireAccount(state.accounts, accountOf(role), state.region), role);
    return [`the role '${role}' trusts EC2, and has no other permissions; its real policies are not known here`];
  },
  start: async (toRehearse) => {
    const { account, config, host: told } = toRehearse;
    const { roleArn } = config.aws;
    const owner = requireAccount(account.accounts, accountOf(roleArn), config.aws.region);
    const arns = told.roleAccount === undefined ? told.policyArns : importEmitted(owner, toRehearse);
    if (!told.attached) for (const arn of arns) attachPolicy(owner, roleArn, arn);
    const host = await account.startHost({ account: owner });
    host.attachInstanceProfile(nameOf(roleArn));
    return {
      credentials: metadataVariables(host.metadataEndpoint),
      detail: `${told.attached ? 'the stack attached' : 'its owner attached'} ${arns.length} to ${roleArn}`,
    };
  },
};

/** Makes the policies that emit wrote for the owner of a role of another account, from the very files. */
function importEmitted(owner: AccountState, { files, config }: HostToRehearse<'existing-role'>): readonly string[] {
  return ['s3', 'kms'].map((service) => {
    const arn = `arn:${owner.partition}:iam::${owner.accountId}:policy/vault-backup-${config.environment}-${service}`;
    importPolicy(owner, arn, readFileSync(files.path(`host/${service}-policy.json`), 'utf8'));
    return arn;
  });
}
