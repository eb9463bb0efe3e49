import { createHash } from 'node:crypto';
import { requireSameSynthesis } from './same-synthesis';
import type { BackupEnvironment, StackOutput } from './schema';
import { sumOfConfig } from './sum';
import { validateBackupEnvironment } from './validate';

/** The synthesized `cdk.tf.json` that was applied. */
export interface AppliedStack {
  readonly text: string | Uint8Array;
  /** How to call it in a message. */
  readonly file: string;
}

/**
 * The config of a deployed stack: its output, the hash that joins it to the stack it came from, and its own sum. Pure.
 *
 * @throws {ToolkitError} `OutputsOfAnotherSynthesis`
 * @throws {ConfigError} `BadBackupEnvironment`
 */
export function createBackupEnvironment(output: StackOutput, { text, file }: AppliedStack): BackupEnvironment {
  requireSameSynthesis(output, Buffer.from(text).toString('utf8'), file);
  const stackSha256 = createHash('sha256').update(text).digest('hex');
  const config = { ...output, evidence: { stackSha256 } };
  const evidence = { stackSha256, configSha256: sumOfConfig(config) };
  return validateBackupEnvironment({ ...config, evidence }, `outputs of '${output.environment}'`);
}

/** The text of `backup-environment.json`. */
export function renderBackupEnvironment(config: BackupEnvironment): string {
  return `${JSON.stringify(config, null, 2)}\n`;
}
