import { isAbsolute, relative } from 'node:path';
import type { Argv } from 'yargs';
import type { ExitCode, Io } from '../lib/cli/io';
import type { Surroundings } from '../lib/cli/run';
import { fitLines } from '../lib/fit-text';
import { visibleJson } from '../lib/visible';

/** The surroundings of a verb. */
export interface Context extends Surroundings {
  readonly io: Io;
  /** Folder of this package. */
  readonly root: string;
  /** Folder of the synthesized stacks, where the project file names one. */
  readonly stacksFolder?: string | undefined;
}

export type Task = (context: Context) => Promise<ExitCode>;

/** A verb as the help of the command lists it. */
export interface VerbLine {
  /** The verb and its positional arguments. */
  readonly usage: string;
  readonly does: string;
}

/** A verb by its line; the rest of it is loaded when it is typed. */
export interface ListedVerb extends VerbLine {
  /** Whether it has `--environments`. */
  readonly readsEnvironments?: true;
  /** Whether it starts the command after `--`. */
  readonly takesCommand?: true;
  readonly load: () => Verb;
}

/** Adds a verb to the command line; `choose` gets what to do when it is the one that was typed. */
export type Verb = (parser: Argv, choose: (task: Task) => void, line: VerbLine) => Argv;

/** `--format`, the same for every verb. */
export const FORMAT = {
  choices: ['text', 'json'] as const,
  default: 'text' as const,
  describe: 'Format of the result on standard output',
};

/** The same, with what a build server reads. */
export const FORMAT_WITH_JUNIT = { ...FORMAT, choices: ['text', 'json', 'junit'] as const };

/** `--environments`, the same for every verb that reads environment files. */
export const ENVIRONMENTS = {
  type: 'string',
  normalize: true,
  requiresArg: true,
  default: 'environments',
  describe: 'Folder of the environment files',
} as const;

/** The environments that a verb takes by name, or all. */
export const NAMES_OR_ALL = {
  type: 'string' as const,
  array: true as const,
  default: [] as string[],
  describe: 'Environments; all when none is named',
};

export const ACCEPT_OTHER_ENDPOINTS = {
  type: 'boolean',
  default: false,
  describe: "Let answers of endpoints that are not AWS's by name pass, as in a rehearsal; the result says so",
} as const;

/** The path as a person in the folder would type it: relative when it is inside. */
export function shortPath(path: string, folder: string): string {
  const short = relative(folder, path);
  return short.startsWith('..') || isAbsolute(short) ? path : short || '.';
}

/** One JSON document as text. */
export function jsonText(document: unknown): string {
  return visibleJson(document);
}

/** Prints text for a person, as wide as the screen. */
export function printText({ io }: Pick<Context, 'io'>, text: string): void {
  io.result(fitLines(text, io.columns));
}

export function printJson(io: Io, document: unknown): void {
  io.result(jsonText(document));
}
