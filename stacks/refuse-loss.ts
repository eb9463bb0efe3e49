import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ToolkitError } from '../lib/errors';
import { VERSIONS_FILES } from '../lib/versions-files';

/** Files that the next synthesis, or `terraform init`, makes again. */
const MADE_AGAIN: readonly string[] = ['cdk.tf.json', ...VERSIONS_FILES.keys(), '.terraform'];

/**
 * The CDKTF command line removes the folder of every stack that a synthesis does not make, with whatever is in it; an app
 * that fails is the one thing that stops it. `vault-env synth` synthesizes into an empty folder.
 *
 * @throws {ToolkitError} `FilesWouldBeLost`
 * @see https://github.com/hashicorp/terraform-cdk/blob/main/packages/%40cdktf/cli-core/src/lib/synth-stack.ts
 */
export function refuseLoss(outFolder: string, names: readonly string[]): void {
  const stacks = join(outFolder, 'stacks');
  const others = existsSync(stacks) ? readdirSync(stacks).filter((name) => !names.includes(name)) : [];
  const lost = others.flatMap((name) => precious(join(stacks, name)));
  if (lost.length === 0) return;
  throw new ToolkitError(
    'FilesWouldBeLost',
    `'${stacks}' must hold nothing but stacks beside those that are synthesized, got: ${lost.join(', ')}\n` +
      'Synthesize with vault-env synth, which keeps them, or move them away',
  );
}

function precious(folder: string): readonly string[] {
  if (!lstatSync(folder).isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => !MADE_AGAIN.includes(name))
    .map((name) => join(folder, name));
}
