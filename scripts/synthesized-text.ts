import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chooseFiles } from '../lib/config/choose-files';
import { type Context, shortPath } from './verb';

export interface EnvironmentChoice {
  /** Name of the environment. */
  readonly environment: string;
  /** Folder of the environment files, as it was typed. */
  readonly environments: string;
}

/**
 * Tells of a wrong name before anything is loaded that takes long.
 *
 * @throws {ToolkitError} `UnknownEnvironment`; what is wrong with the folder
 */
export function requireEnvironment({ environment, environments }: EnvironmentChoice, { folder }: Context): void {
  chooseFiles({ folder: resolve(folder, environments), names: [environment] });
}

/**
 * The `cdk.tf.json` of one environment: it is synthesized in a temporary folder.
 *
 * @throws {ToolkitError} whatever keeps the stack from being synthesized
 */
export async function synthesizedText(
  { environment, environments }: EnvironmentChoice,
  { root, env, folder, signal, io }: Context,
): Promise<string> {
  const { synthesize } = require('../lib/synthesis/synthesize') as typeof import('../lib/synthesis/synthesize');
  const temporary = mkdtempSync(join(tmpdir(), 'vault-env-audit-'));
  try {
    const {
      stacks: [stack],
    } = await synthesize({
      root,
      outFolder: join(temporary, 'cdktf.out'),
      environmentsFolder: resolve(folder, environments),
      names: [environment],
      env,
      signal,
      onNote: ({ kind, path, because }) =>
        kind === 'skipped' ? io.note(`${kind} ${shortPath(path, folder)}: ${because}\n`) : undefined,
    });
    if (stack === undefined) throw new Error(`synthesis left no stack for '${environment}'`);
    return readFileSync(join(stack.folder, 'cdk.tf.json'), 'utf8');
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
