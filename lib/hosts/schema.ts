import type { z } from 'zod';
import { ec2Host } from './ec2/schema';

/** `host` of an environment file: the machine that Vault runs on, by kind. */
export const hostSchema = ec2Host;

export type Host = z.infer<typeof hostSchema>;
export type HostKindName = Host['kind'];
