import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import { OPENTOFU_VERSIONS_FILE, OPENTOFU_VERSIONS_TEXT, VERSIONS_FILE } from '../versions-files';

/**
 * Writes `versions.tf`, with this text, and `versions.tofu` with the stack, whoever synthesizes it.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/terraform#required_version
 * @see https://github.com/bridgecrewio/checkov/issues/7454
 */
export function addVersionsFiles(stack: TerraformStack, text: string): void {
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize: (session) => {
      synthesizer.synthesize(session);
      const folder = join(session.outdir, session.manifest.forStack(stack).workingDirectory);
      writeFileSync(join(folder, VERSIONS_FILE), text);
      writeFileSync(join(folder, OPENTOFU_VERSIONS_FILE), OPENTOFU_VERSIONS_TEXT);
    },
  };
}
