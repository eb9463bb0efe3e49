import { readFileSync } from 'node:fs';
import { ConfigError, type Issue } from '../errors';
import { chooseFiles, type EnvironmentSelection } from './choose-files';
import type { Environment } from './environment';
import { type Parsed, parseEnvironment } from './parse';
import { sharedNameIssues } from './shared-names';
import { withTrustAnchor } from './trust-anchor-file';

/**
 * Reads the chosen environment files of the folder, and returns their environments in order of name.
 *
 * @throws {ConfigError} `BadEnvironment` with every problem of every chosen file
 * @throws {ToolkitError} `NoEnvironmentsFolder`, `NoEnvironments`, `UnknownEnvironment`
 */
export function loadEnvironments(selection: EnvironmentSelection): readonly Environment[] {
  const parsed = chooseFiles(selection).map(({ name, file }) =>
    withTrustAnchor(parseFile(name, file), file, selection.now),
  );
  const environments = parsed.flatMap((result) => ('environment' in result ? [result.environment] : []));
  const issues: Issue[] = parsed.flatMap((result) => ('issues' in result ? result.issues : []));
  issues.push(...sharedNameIssues(environments));
  if (issues.length > 0) throw new ConfigError('BadEnvironment', issues);
  return environments;
}

function parseFile(name: string, file: string): Parsed {
  return parseEnvironment(readFileSync(file, 'utf8'), name, file);
}
