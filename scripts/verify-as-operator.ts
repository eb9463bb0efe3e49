import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BackupEnvironment } from '../lib/backup-environment';
import { createProgress } from '../lib/cli/progress';
import { UsageError } from '../lib/errors';
import { readWhole } from '../lib/read-whole';
import type { Verification } from '../lib/verify/result/verification';
import { awsSurroundings } from './aws-surroundings';
import { isAsOperator, type OperatorChoice } from './operator-choice';
import { STACKS_FOLDER } from './stacks-folder';
import type { Context } from './verb';

export { isAsOperator, type OperatorChoice };

/** The operator's half, with what keeps a person informed. */
export async function verifyConfigAsOperator(
  config: BackupEnvironment,
  choice: OperatorChoice,
  context: Context,
): Promise<Verification> {
  const { io, env, signal } = context;
  const { connectControlPlane } = require('../lib/aws/control-plane') as typeof import('../lib/aws/control-plane');
  const { loadCatalogue } = require('../lib/catalogue') as typeof import('../lib/catalogue');
  const { verifyAsOperator } =
    require('../lib/verify/operator/verify-as-operator') as typeof import('../lib/verify/operator/verify-as-operator');
  const authorities = choice.authority && readAuthority(choice.authority, context);
  const stack = readAuditedStack(config, choice, context);
  const profile = choice.operatorProfile;
  const controlPlane = connectControlPlane({
    region: config.aws.region,
    ...awsSurroundings(env),
    signal,
    ...(profile !== undefined && { profile }),
  });
  const progress = createProgress(io);
  progress.show(`Reading the configuration of ${config.environment} as operator`);
  try {
    const catalogue = await loadCatalogue();
    const clock = { now: () => new Date(), randomId: randomUUID };
    const given = { ...(authorities && { authorities }), acceptsOtherEndpoints: choice.acceptOtherEndpoints };
    return await verifyAsOperator({ config, stack, controlPlane, catalogue, ...given, ...clock });
  } finally {
    progress.end();
    controlPlane.close();
  }
}

/** @throws {UsageError} `BadAuthority`, by the name of the file */
function readAuthority(name: string, { folder }: Context): string {
  const { readAuthorities } =
    require('../lib/certificates/authorities') as typeof import('../lib/certificates/authorities');
  const read = readAuthorities(readText(name, folder));
  if ('pem' in read) return read.pem;
  throw badAuthority(name, read.problems.join('; '));
}

function readText(name: string, folder: string): string {
  try {
    return readWhole(resolve(folder, name)).toString('utf8');
  } catch (error) {
    throw badAuthority(name, error instanceof Error ? error.message : String(error));
  }
}

function badAuthority(name: string, problem: string): UsageError {
  return new UsageError(
    'BadAuthority',
    `'${name}' must hold certificates of authorities in PEM form, got: ${problem}\nName the certificate of whoever signs the revocation list`,
  );
}

function readAuditedStack(
  { environment }: BackupEnvironment,
  { stack, evidence }: OperatorChoice,
  { folder, stacksFolder = STACKS_FOLDER }: Context,
) {
  const { readStack } = require('./deployed-stack') as typeof import('./deployed-stack');
  const kept = evidence === undefined ? undefined : join(evidence, 'inputs');
  const isKept = kept !== undefined && existsSync(resolve(folder, kept, 'cdk.tf.json'));
  const name = stack ?? (isKept ? kept : `${stacksFolder}/${environment}`);
  return { text: Buffer.from(readStack(resolve(folder, name))).toString('utf8'), file: join(name, 'cdk.tf.json') };
}
