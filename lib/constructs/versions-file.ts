import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import { VERSIONS_FILE } from '../versions-file';

/**
 * Writes `versions.tf` with the stack, whoever synthesizes it.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/terraform#required_version
 * @see https://github.com/bridgecrewio/checkov/issues/7454
 */
export function addVersionsFile(stack: TerraformStack, text: string): void {
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize: (session) => {
      synthesizer.synthesize(session);
      const { workingDirectory } = session.manifest.forStack(stack);
      writeFileSync(join(session.outdir, workingDirectory, VERSIONS_FILE), text);
    },
  };
}
