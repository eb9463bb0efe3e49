import { createHash } from 'node:crypto';
import { differenceFromStack } from '../../../backup-environment/same-synthesis';
import type { BackupEnvironment } from '../../../backup-environment/schema';
import { ToolkitError } from '../../../errors';

/** The synthesized `cdk.tf.json` that was audited. */
export interface AuditedStack {
  readonly text: string;
  /** How to call it in a message. */
  readonly file: string;
}

/**
 * Makes sure that the stack is the one that the config came from, byte for byte, and that the config still says all
 * that it puts out.
 *
 * @throws {ToolkitError} `StackOfAnotherSynthesis`, `ConfigChanged`
 */
export function requireStackOfConfig({ text, file }: AuditedStack, { evidence, ...output }: BackupEnvironment): void {
  const sha256 = createHash('sha256').update(text).digest('hex');
  if (sha256 !== evidence.stackSha256) {
    throw new ToolkitError(
      'StackOfAnotherSynthesis',
      `'${file}' must have the SHA-256 that the config's evidence names (${evidence.stackSha256}), got: ${sha256}\n` +
        'Name the folder of the stack that was applied with --stack, or emit the config of this stack again',
    );
  }
  requireSameOutput({ text, file }, output);
}

function requireSameOutput({ text, file }: AuditedStack, output: Omit<BackupEnvironment, 'evidence'>): void {
  const difference = differenceFromStack(output, JSON.parse(text));
  if (difference === undefined) return;
  throw new ToolkitError(
    'ConfigChanged',
    `the config must say what '${file}' puts out, got: another value at '${difference.path.join('.')}'\n` +
      `Write it again with vault-env emit ${output.environment}`,
  );
}
