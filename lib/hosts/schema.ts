import type { z } from 'zod';
import { ec2Host, type ec2ToldHost } from './ec2/schema';

/** `host` of an environment file: the machine that Vault runs on, by kind. */
export const hostSchema = ec2Host;

export type Host = z.infer<typeof hostSchema>;
/** The host as the backup environment config names it. */
export type ToldHost = z.infer<typeof ec2ToldHost>;
export type HostKindName = Host['kind'];
