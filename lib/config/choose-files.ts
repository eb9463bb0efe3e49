import { ToolkitError } from '../errors';
import { nearestName } from '../nearest-name';
import { readText } from '../readable-text';
import { environmentFiles } from './environment-files';
import { nameIn } from './environment-name';

/** Where environments are read from, and which of them; all when no name is given. */
export interface EnvironmentSelection {
  readonly folder: string;
  readonly names?: readonly string[];
  /** The day that certificates must not have expired on; left out, it is not asked. */
  readonly now?: Date;
}

/** The file of one environment. */
export interface EnvironmentFile {
  /** The file's name without its ending. */
  readonly name: string;
  readonly file: string;
}

/**
 * The files of the chosen environments in order of name. An environment goes by the name of its file, and by the one in it;
 * no file is read but to find the latter.
 *
 * @throws {ConfigError} `BadEnvironment`, for an environment with two files
 * @throws {ToolkitError} `NoEnvironmentsFolder`, `NoEnvironments`, `UnknownEnvironment`
 */
export function chooseFiles({ folder, names = [] }: EnvironmentSelection): readonly EnvironmentFile[] {
  const files = environmentFiles(folder);
  const find = finderIn(files, folder);
  const chosen = names.length === 0 ? [...files.keys()] : names.map(find);
  return [...new Set(chosen)].sort().map((name) => ({ name, file: files.get(name) ?? '' }));
}

/** The file of an environment, and the name that it goes by when it is deployed. */
export interface NamedFile extends EnvironmentFile {
  readonly deployedAs: string;
}

/**
 * The file of each name, or why there is none.
 *
 * @throws {ConfigError} `BadEnvironment`, for an environment with two files
 * @throws {ToolkitError} `NoEnvironmentsFolder`, `NoEnvironments`
 */
export function findFiles(folder: string, names: readonly string[]): ReadonlyMap<string, NamedFile | ToolkitError> {
  const files = environmentFiles(folder);
  const find = finderIn(files, folder);
  return new Map(names.map((name) => [name, attempt(() => namedFile(find(name), files))]));
}

function namedFile(name: string, files: ReadonlyMap<string, string>): NamedFile {
  const file = files.get(name) ?? '';
  return { name, file, deployedAs: ownNameIn(file) ?? name };
}

function attempt<Result>(find: () => Result): Result | ToolkitError {
  try {
    return find();
  } catch (error) {
    if (error instanceof ToolkitError) return error;
    throw error;
  }
}

/** Finds the file of a name. The files are read for their own names once, and only when a name is that of no file. */
function finderIn(files: ReadonlyMap<string, string>, folder: string): (name: string) => string {
  let byOwnName: ReadonlyMap<string, string> | undefined;
  return (name) => {
    if (files.has(name)) return name;
    byOwnName ??= ownNames(files);
    const named = byOwnName.get(name);
    if (named !== undefined) return named;
    const known = [...files.keys()];
    const nearest = nearestName(name, known);
    const fix = nearest === undefined ? '' : `Did you mean ${nearest}? `;
    throw new ToolkitError(
      'UnknownEnvironment',
      `'${name}' must be an environment, a file of '${folder}' without its ending, got: ${name}\n${fix}Choose one of: ${known.join(', ')}`,
    );
  };
}

/** The first file of each name that files say themselves. */
function ownNames(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const found = [...files].flatMap(([name, file]) => {
    const own = ownNameIn(file);
    return own === undefined ? [] : [[own, name] as const];
  });
  return new Map(found.reverse());
}

/** A file that cannot be read says no name; whoever loads it says why. */
function ownNameIn(file: string): string | undefined {
  const read = readText(file);
  if (!('text' in read)) return undefined;
  const { text } = read;
  // Most files say no name, and are found without a reader of YAML.
  if (!/\bname["']?\s*:/.test(text)) return undefined;
  const { readYaml } = require('../yaml-text') as typeof import('../yaml-text');
  const { content } = { content: undefined, ...readYaml(text, file) };
  return nameIn(content);
}
