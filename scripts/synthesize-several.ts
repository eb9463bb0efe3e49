import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createProgress } from '../lib/cli/progress';
import { findFiles, type NamedFile } from '../lib/config/choose-files';
import { ConfigError, ToolkitError } from '../lib/errors';
import { type Synthesis, synthesizeEach } from '../lib/synthesis/synthesize';
import type { ChosenEnvironment } from './each-environment';
import { type Context, shortPath } from './verb';

/** The folder of each environment's stack, or why there is none. */
export type StackFolders = ReadonlyMap<string, string | ToolkitError>;

/**
 * Synthesizes several at once: each file is read as often as for one. What is wrong with one is its own.
 *
 * @param outFolder - absolute, for stacks of the folder of environment files that is given as it was typed
 */
export async function synthesizeSeveral(
  chosen: readonly ChosenEnvironment[],
  outFolder: (environments: string) => string,
  context: Context,
): Promise<StackFolders> {
  const progress = createProgress(context.io);
  progress.show(`Synthesizing ${chosen.length} environments`);
  const folders = new Set(chosen.map(({ environments }) => environments));
  const all = new Map<string, string | ToolkitError>();
  for (const environments of folders) {
    const names = chosen.filter((one) => one.environments === environments).map(({ environment }) => environment);
    const place = { environments, outFolder: outFolder(environments) };
    const synthesized = await synthesizeFolder(names, place, context).catch(orOwnError);
    for (const name of names) {
      const found = synthesized instanceof ToolkitError ? synthesized : synthesized.get(name);
      if (found !== undefined) all.set(name, found);
    }
  }
  progress.end();
  return all;
}

/** A fault of the folder is one of each in it. */
function orOwnError(error: unknown): ToolkitError {
  if (error instanceof ToolkitError) return error;
  throw error;
}

/** The `cdk.tf.json` in one of the folders. */
export function stackTextIn(stacks: StackFolders, name: string): string {
  return readFileSync(join(stackFolderIn(stacks, name), 'cdk.tf.json'), 'utf8');
}

/** @throws {ToolkitError} what kept the environment from being synthesized */
export function stackFolderIn(stacks: StackFolders, name: string): string {
  const found = stacks.get(name);
  if (typeof found === 'string') return found;
  throw found ?? new Error(`synthesis left no stack for '${name}'`);
}

interface Place {
  readonly environments: string;
  readonly outFolder: string;
}

async function synthesizeFolder(
  names: readonly string[],
  { environments, outFolder }: Place,
  { root, env, folder, signal, io }: Context,
): Promise<StackFolders> {
  const environmentsFolder = resolve(folder, environments);
  const files = findFiles(environmentsFolder, names);
  const known = names.filter((name) => !(files.get(name) instanceof ToolkitError));
  if (known.length === 0) return new Map([...files].flatMap(([name, file]) => (isError(file) ? [[name, file]] : [])));
  const synthesis = await synthesizeEach({
    root,
    outFolder,
    environmentsFolder,
    names: known,
    env,
    signal,
    onNote: ({ kind, path, because }) => io.note(`${kind} ${shortPath(path, folder)}: ${because}\n`),
  });
  return new Map([...files].flatMap(([name, file]) => [[name, isError(file) ? file : stackOf(file, synthesis)]]));
}

function isError(found: NamedFile | ToolkitError): found is ToolkitError {
  return found instanceof ToolkitError;
}

function stackOf({ name, deployedAs }: NamedFile, { stacks, broken }: Synthesis): string | ToolkitError {
  const issues = broken.find((one) => one.name === name)?.issues;
  if (issues !== undefined) return new ConfigError('BadEnvironment', issues);
  const stack = stacks.find((one) => one.name === deployedAs);
  if (stack === undefined) throw new Error(`synthesis left no stack for '${name}'`);
  return stack.folder;
}
