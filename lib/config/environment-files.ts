import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ConfigError, ToolkitError } from '../errors';
import { systemReason } from '../system-reason';
import { foldersBelow } from './folders-below';

/** Settings that the environments of a folder share; the file is none itself. */
export const DEFAULTS_FILE = 'defaults.yaml';

/** Editors and systems keep files of their own beside, such as `.#acme.yaml` and `._acme.yaml`. */
const ENVIRONMENT_FILE = /^[^.].*\.ya?ml$/;

/**
 * The files of a folder by the names of their environments, in order of name. None is read.
 *
 * @throws {ConfigError} `BadEnvironment`, for an environment with two files
 * @throws {ToolkitError} `NoEnvironmentsFolder`, `NoEnvironments`
 */
export function environmentFiles(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) {
    throw new ToolkitError(
      'NoEnvironmentsFolder',
      `'${folder}' must be a folder of environment files, got: no such folder\nWrite the first with vault-env init <name>, or name another folder with --environments`,
    );
  }
  const files = entriesOf(folder).filter(isEnvironmentFile);
  if (files.length === 0) throw noneIn(folder);
  requireOneFileEach(files, folder);
  return new Map(files.sort().map((file) => [basename(file).replace(/\.ya?ml$/, ''), join(folder, file)]));
}

/** Whether a file of a folder is one of an environment, by its name. */
export function isEnvironmentFile(file: string): boolean {
  return ENVIRONMENT_FILE.test(file) && file !== DEFAULTS_FILE;
}

/** So many folders are named. */
const MOST_NAMED = 5;

function noneIn(folder: string): ToolkitError {
  const below = foldersBelow(folder, isEnvironmentFile);
  const named = below.slice(0, MOST_NAMED).join(', ');
  const fix =
    below.length === 0
      ? '\nWrite the first with vault-env init <name>'
      : `; folders below it are not read\nName one of ${below.length} with --environments: ${named}`;
  return new ToolkitError('NoEnvironments', `'${folder}' must hold one .yaml file per environment, got: none${fix}`);
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    throw new ToolkitError(
      'NoEnvironmentsFolder',
      `'${folder}' must be a folder of environment files that can be read, got: ${systemReason(cause)}\nName another one with --environments`,
      { cause },
    );
  }
}

/** `acme.yaml` beside `acme.yml` would be one environment in two versions. */
function requireOneFileEach(files: readonly string[], folder: string): void {
  const twice = files.filter((file) => file.endsWith('.yml') && files.includes(file.replace(/yml$/, 'yaml')));
  const message = 'must be the only file of its environment, got: one that ends in .yaml beside it';
  const issues = twice.map((file) => ({ file: join(folder, file), path: '', message }));
  if (issues.length > 0) throw new ConfigError('BadEnvironment', issues);
}
