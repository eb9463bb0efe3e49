import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type InputText, readInputFile } from './input-file';
import { requireEnvironment, synthesizedText } from './synthesized-text';
import type { Context } from './verb';

export const STACK_FILE = 'cdk.tf.json';

export interface MainInputChoice {
  /** Name of an environment, or a path. */
  readonly input: string;
  readonly environments: string;
}

/** The stack or the plan that an audit is of, and the name of its environment. */
export async function readMainInput(
  { input, environments }: MainInputChoice,
  context: Context,
): Promise<InputText & { readonly name: string }> {
  const path = resolve(context.folder, input);
  const kind = 'synthesized-stack';
  if (existsSync(join(path, STACK_FILE)))
    return { name: basename(path), ...readInputFile(join(input, STACK_FILE), kind, context) };
  if (isPath(input, path)) {
    return { name: nameOf(path), ...readInputFile(input, kind, context) };
  }
  const text = await synthesizedText({ environment: input, environments }, context);
  return { name: input, kind, file: `${input}/${STACK_FILE}`, text };
}

/** @throws {ToolkitError} `UnknownEnvironment`; what is wrong with the folder */
export function requireInput({ input, environments }: MainInputChoice, context: Context): void {
  const path = resolve(context.folder, input);
  if (existsSync(join(path, STACK_FILE)) || isPath(input, path)) return;
  requireEnvironment({ environment: input, environments }, context);
}

function isPath(input: string, path: string): boolean {
  return looksLikePath(input) || (existsSync(path) && statSync(path).isFile());
}

function looksLikePath(input: string): boolean {
  return /[\\/]|\.json$/.test(input);
}

function nameOf(file: string): string {
  return basename(file) === STACK_FILE ? basename(dirname(file)) : basename(file).replace(/\.json$/, '');
}
