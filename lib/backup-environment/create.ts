import { createHash } from 'node:crypto';
import type { BackupEnvironment, StackOutput } from './schema';
import { validateBackupEnvironment } from './validate';

/**
 * The config of a deployed stack: its output, and the hash that joins it to the stack it came from. Pure.
 *
 * @param stackText - bytes of the synthesized `cdk.tf.json`
 * @throws {ConfigError} `BadBackupEnvironment`
 */
export function createBackupEnvironment(output: StackOutput, stackText: string | Uint8Array): BackupEnvironment {
  const stackSha256 = createHash('sha256').update(stackText).digest('hex');
  return validateBackupEnvironment({ ...output, evidence: { stackSha256 } }, `outputs of '${output.environment}'`);
}

/** The text of `backup-environment.json`. */
export function renderBackupEnvironment(config: BackupEnvironment): string {
  return `${JSON.stringify(config, null, 2)}\n`;
}
