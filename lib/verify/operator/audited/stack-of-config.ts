import { createHash } from 'node:crypto';
import type { BackupEnvironment } from '../../../backup-environment/schema';
import { ToolkitError } from '../../../errors';

/** The synthesized `cdk.tf.json` that was audited. */
export interface AuditedStack {
  readonly text: string;
  /** How to call it in a message. */
  readonly file: string;
}

/**
 * Makes sure that the stack is the one that the config came from, byte for byte.
 *
 * @throws {ToolkitError} `StackOfAnotherSynthesis`
 */
export function requireStackOfConfig({ text, file }: AuditedStack, { evidence }: BackupEnvironment): void {
  const sha256 = createHash('sha256').update(text).digest('hex');
  if (sha256 === evidence.stackSha256) return;
  throw new ToolkitError(
    'StackOfAnotherSynthesis',
    `'${file}' must have the SHA-256 that the config's evidence names (${evidence.stackSha256}), got: ${sha256}\n` +
      'Name the folder of the stack that was applied with --stack, or emit the config of this stack again',
  );
}
