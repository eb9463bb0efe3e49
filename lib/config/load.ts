import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ConfigError, type Issue, ToolkitError } from '../errors';
import type { Environment } from './environment';
import { type Parsed, parseEnvironment } from './parse';
import { sharedNameIssues } from './shared-names';

/** Where environments are read from, and which of them; all when no name is given. */
export interface EnvironmentSelection {
  readonly folder: string;
  readonly names?: readonly string[];
}

/**
 * Reads the chosen environment files of the folder, and returns their environments in order of name.
 *
 * @throws {ConfigError} `BadEnvironment` with every problem of every chosen file
 * @throws {ToolkitError} `NoEnvironmentsFolder`, `NoEnvironments`, `UnknownEnvironment`
 */
export function loadEnvironments({ folder, names = [] }: EnvironmentSelection): readonly Environment[] {
  const files = environmentFiles(folder);
  const chosen = names.length === 0 ? [...files.keys()] : names;
  for (const name of chosen) requireKnown(name, files, folder);
  const parsed = [...new Set(chosen)].sort().map((name) => parseFile(name, files.get(name) ?? ''));
  const environments = parsed.flatMap((result) => ('environment' in result ? [result.environment] : []));
  const issues: Issue[] = parsed.flatMap((result) => ('issues' in result ? result.issues : []));
  issues.push(...sharedNameIssues(environments));
  if (issues.length > 0) throw new ConfigError('BadEnvironment', issues);
  return environments;
}

function environmentFiles(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) {
    throw new ToolkitError(
      'NoEnvironmentsFolder',
      `'${folder}' must be a folder of environment files, got: no such folder`,
    );
  }
  const files = readdirSync(folder).filter((file) => /\.ya?ml$/.test(file));
  if (files.length === 0) {
    throw new ToolkitError('NoEnvironments', `'${folder}' must hold one .yaml file per environment, got: none`);
  }
  requireOneFileEach(files, folder);
  return new Map(files.sort().map((file) => [basename(file).replace(/\.ya?ml$/, ''), join(folder, file)]));
}

/** `acme.yaml` beside `acme.yml` would be one environment in two versions. */
function requireOneFileEach(files: readonly string[], folder: string): void {
  const twice = files.filter((file) => file.endsWith('.yml') && files.includes(file.replace(/yml$/, 'yaml')));
  const message = 'must be the only file of its environment, got: one that ends in .yaml beside it';
  const issues = twice.map((file) => ({ file: join(folder, file), path: '', message }));
  if (issues.length > 0) throw new ConfigError('BadEnvironment', issues);
}

function requireKnown(name: string, files: ReadonlyMap<string, string>, folder: string): void {
  if (files.has(name)) return;
  const known = [...files.keys()].join(', ');
  throw new ToolkitError(
    'UnknownEnvironment',
    `'${name}' must be an environment, a file of '${folder}' without its ending, got: ${name}\nChoose one of: ${known}`,
  );
}

function parseFile(name: string, file: string): Parsed {
  return parseEnvironment(readFileSync(file, 'utf8'), name, file);
}
