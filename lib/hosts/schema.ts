import { z } from 'zod';
import { ec2Host, toldEc2Host } from './ec2/schema';
import { existingRoleHost, toldExistingRoleHost } from './existing-role/schema';
import { onPremisesHost, toldOnPremisesHost } from './on-premises/schema';

/** `host` of an environment file: the machine that Vault runs on, by kind. */
export const hostSchema = z.discriminatedUnion(
  'kind',
  [ec2Host, onPremisesHost, existingRoleHost],
  'must be of the kind ec2, on-premises or existing-role',
);

/** `host` of a backup environment config, by kind. */
export const toldHostSchema = z.discriminatedUnion('kind', [toldEc2Host, toldOnPremisesHost, toldExistingRoleHost]);

export type Host = z.infer<typeof hostSchema>;
export type HostKindName = Host['kind'];
/** The host as the backup environment config names it. */
export type ToldHost = z.infer<typeof toldHostSchema>;
