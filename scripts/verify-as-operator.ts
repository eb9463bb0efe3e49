import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BackupEnvironment } from '../lib/backup-environment';
import { createProgress } from '../lib/cli/progress';
import { UsageError } from '../lib/errors';
import type { Verification } from '../lib/verify/verification';
import { STACKS_FOLDER } from './emit';
import type { Context } from './verb';

/** What is given to `verify` for the operator's half. */
export interface OperatorChoice {
  readonly as?: 'host' | 'operator' | undefined;
  readonly operatorProfile?: string | undefined;
  readonly stack?: string | undefined;
  readonly evidence?: string | undefined;
}

/** The options of `verify` that the operator's half adds. */
export const OPERATOR_OPTIONS = {
  as: {
    choices: ['host', 'operator'] as const,
    describe:
      'Which half to run: host does what Vault does, with the credentials of the role; ' +
      'operator compares the configuration with what was audited, read-only, as an administrator [default: "host"]',
  },
  'operator-profile': {
    type: 'string',
    requiresArg: true,
    describe: 'Run as operator, with this profile of the AWS config; without it the usual credentials are taken',
  },
  stack: {
    type: 'string',
    requiresArg: true,
    describe: `As operator: folder of the stack that was applied [default: ${STACKS_FOLDER}/<environment>, or the one in --evidence]`,
  },
} as const;

/** @throws {UsageError} `BadArguments` */
export function isAsOperator({ as, operatorProfile, stack }: OperatorChoice): boolean {
  const isOperator = as === 'operator' || (as === undefined && operatorProfile !== undefined);
  const given = [operatorProfile && '--operator-profile', stack && '--stack'].filter(Boolean);
  if (isOperator || given.length === 0) return isOperator;
  throw new UsageError(
    'BadArguments',
    `${given.join(' and ')} must go with --as operator, got: --as ${as ?? 'host'}\nAdd --as operator, or leave it out`,
  );
}

/** The operator's half, with what keeps a person informed. */
export async function verifyConfigAsOperator(
  config: BackupEnvironment,
  choice: OperatorChoice,
  { io, folder }: Context,
): Promise<Verification> {
  const { connectControlPlane } = require('../lib/aws/control-plane') as typeof import('../lib/aws/control-plane');
  const { loadCatalogue } = require('../lib/catalogue') as typeof import('../lib/catalogue');
  const { verifyAsOperator } =
    require('../lib/verify/operator/verify-as-operator') as typeof import('../lib/verify/operator/verify-as-operator');
  const stack = readAuditedStack(config, choice, folder);
  const profile = choice.operatorProfile;
  const controlPlane = connectControlPlane({ region: config.aws.region, ...(profile !== undefined && { profile }) });
  const progress = createProgress(io);
  progress.show(`Reading the configuration of ${config.environment} as operator`);
  try {
    const catalogue = await loadCatalogue();
    const clock = { now: () => new Date(), randomId: randomUUID };
    return await verifyAsOperator({ config, stack, controlPlane, catalogue, ...clock });
  } finally {
    progress.end();
    controlPlane.close();
  }
}

function readAuditedStack({ environment }: BackupEnvironment, { stack, evidence }: OperatorChoice, folder: string) {
  const { readStack } = require('./deployed-stack') as typeof import('./deployed-stack');
  const kept = evidence === undefined ? undefined : join(evidence, 'inputs');
  const isKept = kept !== undefined && existsSync(resolve(folder, kept, 'cdk.tf.json'));
  const name = stack ?? (isKept ? kept : `${STACKS_FOLDER}/${environment}`);
  return { text: Buffer.from(readStack(resolve(folder, name))).toString('utf8'), file: join(name, 'cdk.tf.json') };
}
