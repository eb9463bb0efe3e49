import { UsageError } from '../lib/errors';
import { SHELL_NAMES, type ShellName } from '../lib/simulate-command/shell';
import type { SimulateOptions } from '../lib/simulate-command/simulate';

/** Arguments of `vault-env simulate`, as typed. */
export interface SimulateFlags extends SimulateOptions {
  readonly shell?: ShellName | undefined;
  readonly as: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly format: 'text' | 'json';
}

/** The options of `vault-env simulate`, beside those that every verb with environments has. */
export const SIMULATE_OPTIONS = {
  deploy: {
    type: 'boolean',
    default: true,
    describe: 'Deploy the environments with Terraform; --no-deploy makes only what they expect to be there',
  },
  account: {
    type: 'string',
    array: true,
    nargs: 1,
    default: [],
    describe: "Account, 12 digits; may be repeated [default: the environments', or 111122223333]",
  },
  region: {
    type: 'string',
    array: true,
    nargs: 1,
    default: [],
    describe: "Region; may be repeated [default: the environments', or us-east-1]",
  },
  port: {
    type: 'number',
    requiresArg: true,
    default: 0,
    describe: 'Port of HTTPS and HTTP; 0 for any',
  },
  'metadata-port': {
    type: 'number',
    requiresArg: true,
    default: 0,
    describe: 'Port of the instance metadata; 0 for any',
  },
  'instance-profile': {
    type: 'string',
    requiresArg: true,
    describe: 'Instance profile of the host, as soon as there is one of this name',
  },
  'hop-limit': {
    type: 'number',
    requiresArg: true,
    default: 1,
    describe: 'Hops that a token of the instance metadata travels; containers need 2',
  },
  state: {
    type: 'string',
    requiresArg: true,
    describe: 'Folder that keeps the account, even when the command is killed [default: kept in memory]',
  },
  log: { type: 'string', requiresArg: true, describe: 'File that gets each request as a JSON line' },
  explain: { type: 'boolean', default: false, describe: 'Say of each denial which statement decided' },
  faults: {
    type: 'string',
    requiresArg: true,
    describe: 'File of fault rules, reloaded whenever it changes',
  },
  'fault-seed': { type: 'string', requiresArg: true, describe: 'Seed of an earlier run, to repeat it' },
  latency: {
    type: 'number',
    requiresArg: true,
    default: 0,
    describe: 'Milliseconds that every request waits',
  },
  'propagation-delay': {
    type: 'number',
    requiresArg: true,
    default: 0,
    describe: 'Seconds before changes of IAM and of policies are in force',
  },
  'signing-keys': {
    type: 'string',
    requiresArg: true,
    describe: 'File with the public keys of OpenID Connect providers, for AssumeRoleWithWebIdentity',
  },
  shell: { choices: SHELL_NAMES, describe: 'Whose lines are printed [default: the one at hand]' },
  as: {
    type: 'string',
    requiresArg: true,
    default: 'administrator',
    describe:
      'Identity of the command after --: administrator, role or host, of an account or environment where needed, as in role:acme',
  },
} as const;

/** @throws {UsageError} `BadArguments` */
export function requireNumbers(flags: SimulateFlags): void {
  for (const [name, value] of Object.entries({
    '--latency': flags.latency,
    '--propagation-delay': flags.propagationDelay,
  })) {
    if (Number.isFinite(value) && value >= 0) continue;
    throw new UsageError('BadArguments', `'${name}' must be a number from 0, got: ${value}`);
  }
  for (const [name, port] of Object.entries({ '--port': flags.port, '--metadata-port': flags.metadataPort })) {
    if (Number.isInteger(port) && port >= 0 && port <= 65_535) continue;
    throw new UsageError('BadArguments', `'${name}' must be a port from 0 to 65535, got: ${port}`);
  }
}
