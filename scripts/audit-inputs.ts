import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { ReadInput } from '../lib/audit/audit-report';
import type { StackDocument } from '../lib/audit/stack-document';
import type { WaiversFile } from '../lib/audit/waivers/schema';
import { readTextFile } from '../lib/cli/text-file';
import { ToolkitError } from '../lib/errors';
import type { EvidenceInput } from '../lib/evidence';
import { synthesizedText } from './synthesized-text';
import type { Context } from './verb';

export interface InputChoice {
  /** Name of an environment, or a path. */
  readonly input: string;
  readonly environments: string;
  readonly waivers?: string | undefined;
}

export interface AuditInputs {
  readonly name: string;
  readonly stack: StackDocument;
  readonly inputs: readonly ReadInput[];
  /** What they held, for the evidence. */
  readonly contents: readonly EvidenceInput[];
  readonly waivers?: { readonly name: string; readonly file: WaiversFile };
}

const STACK_FILE = 'cdk.tf.json';
/** A plan of a backup environment takes kilobytes; one of this size would take gigabytes to read. */
const MOST_BYTES = 64 * 1024 * 1024;

/** @throws {ToolkitError} `InputNotFound`; `InputTooLarge`; whatever keeps the input from being read */
export async function readAuditInputs(choice: InputChoice, context: Context): Promise<AuditInputs> {
  const { parseInput } = require('../lib/audit/parse-input') as typeof import('../lib/audit/parse-input');
  const { name, file, text } = await readInput(choice, context);
  const stack = parseInput(text, file);
  const kind = stack.source === 'plan' ? 'plan' : 'synthesized-stack';
  const waivers = readWaivers(choice, context);
  return {
    name,
    stack,
    inputs: [{ name: file, kind, sha256: sumOf(text) }, ...(waivers ? [waivers.input] : [])],
    contents: [{ kind, content: text }, ...(waivers ? [waivers.content] : [])],
    ...(waivers && { waivers: waivers.waivers }),
  };
}

function readWaivers({ waivers: name }: InputChoice, { folder }: Context) {
  if (name === undefined) return undefined;
  const { parseWaivers } =
    require('../lib/audit/waivers/parse-waivers') as typeof import('../lib/audit/waivers/parse-waivers');
  const fix = 'Name a YAML file with waivers';
  const text = readTextFile({ path: resolve(folder, name), name, code: 'WaiversNotFound', fix });
  const input: ReadInput = { name, kind: 'waivers', sha256: sumOf(text) };
  const content: EvidenceInput = { kind: 'waivers', content: text };
  return { input, content, waivers: { name: basename(name), file: parseWaivers(text, name) } };
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

interface InputText {
  readonly name: string;
  /** How reports and messages call it. */
  readonly file: string;
  readonly text: string;
}

async function readInput({ input, environments }: InputChoice, context: Context): Promise<InputText> {
  const path = resolve(context.folder, input);
  const inFolder = join(path, STACK_FILE);
  if (existsSync(inFolder)) return fromFile(inFolder, join(input, STACK_FILE), basename(path));
  if (existsSync(path) && statSync(path).isFile()) return fromFile(path, input, nameOf(path));
  const text = await synthesizedText({ environment: input, environments }, context);
  return { name: input, file: `${input}/${STACK_FILE}`, text };
}

function nameOf(file: string): string {
  return basename(file) === STACK_FILE ? basename(dirname(file)) : basename(file).replace(/\.json$/, '');
}

function fromFile(path: string, name: string, stack: string): InputText {
  const { size } = statSync(path);
  if (size > MOST_BYTES) {
    throw new ToolkitError(
      'InputTooLarge',
      `'${name}' must be at most ${MOST_BYTES / 1024 / 1024} MiB, got: ${Math.ceil(size / 1024 / 1024)} MiB\n` +
        'Plan the backup environment in a configuration of its own',
    );
  }
  const text = readTextFile({ path, name, code: 'InputNotFound', fix: 'Name a cdk.tf.json or a plan' });
  return { name: stack, file: name, text };
}
