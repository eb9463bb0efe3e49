import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runChild } from '../child-process';
import { chooseFiles } from '../config/choose-files';
import { ToolkitError } from '../errors';
import type { ProcessEnvironment } from '../process-environment';
import { readManifest, removeOtherStacks, requireOutputFolder, type SynthesizedStack } from './output-folder';

/** What to synthesize, and where to. Paths are absolute. */
export interface SynthesizeOptions {
  /** Folder of the package: it holds `stacks/main.ts`. */
  readonly root: string;
  /** Like `cdktf.out`: afterwards it holds what was synthesized and nothing else. */
  readonly outFolder: string;
  readonly environmentsFolder: string;
  /** Environments to synthesize; all when empty. */
  readonly names: readonly string[];
  readonly env: ProcessEnvironment;
  readonly signal: AbortSignal;
}

/**
 * Synthesizes the stacks in a child process, as the CDKTF CLI does, and removes stacks of earlier runs.
 *
 * @throws {ToolkitError} `NotAnOutputFolder`; `SynthesisFailed`; whatever the stacks report of the environments, by its own code
 */
export async function synthesize(options: SynthesizeOptions): Promise<readonly SynthesizedStack[]> {
  const { outFolder } = options;
  const isNew = !existsSync(outFolder);
  if (!isNew) requireOutputFolder(outFolder);
  options.signal.throwIfAborted();
  // A wrong name is told before the stacks are loaded, which takes many times as long.
  chooseFiles({ folder: options.environmentsFolder, names: options.names });
  try {
    await runStacks(options);
    const stacks = readManifest(outFolder);
    removeOtherStacks(outFolder, stacks);
    return stacks;
  } catch (error) {
    if (isNew) rmSync(outFolder, { recursive: true, force: true });
    throw error;
  }
}

async function runStacks(options: SynthesizeOptions): Promise<void> {
  const { root, outFolder, environmentsFolder, names, env, signal } = options;
  const tsx = createRequire(join(root, 'package.json')).resolve('tsx/cjs');
  const { exitCode, stderr } = await runChild({
    program: process.execPath,
    args: ['--require', tsx, join('stacks', 'main.ts')],
    folder: root,
    env: {
      ...env,
      CDKTF_OUTDIR: outFolder,
      VAULT_ENV_ENVIRONMENTS_DIR: environmentsFolder,
      VAULT_ENV_ONLY: names.join(','),
    },
    signal,
  });
  signal.throwIfAborted();
  if (exitCode !== 0) throw synthesisError(exitCode, stderr.trim());
}

/** `stacks/main.ts` ends with 2 and writes code and message when the fault is in the environments. */
function synthesisError(exitCode: number | null, errors: string): ToolkitError {
  const [code = '', ...message] = errors.split('\n');
  if (exitCode === 2 && /^[A-Z][A-Za-z]+$/.test(code)) return new ToolkitError(code, message.join('\n'));
  return new ToolkitError(
    'SynthesisFailed',
    `stacks must synthesize without an error, got: exit code ${exitCode}\n${errors}`,
  );
}
