import { readFileSync } from 'node:fs';
import { ConfigError, type Issue } from '../errors';
import { chooseFiles, type EnvironmentSelection } from './choose-files';
import { readDefaults } from './defaults-file';
import type { Environment } from './environment';
import { parseEnvironment } from './parse';
import { type SharingEnvironment, sharedNameIssues } from './shared-names';
import { withTrustAnchor } from './trust-anchor-file';

/** A file of another environment than the chosen ones, which is broken and so compared with none. */
export type OnSkipped = (file: string, issues: readonly Issue[]) => void;

/**
 * Reads the environment files of a folder, and returns the chosen environments in order of name. The others are read to
 * see what they share with those.
 *
 * @throws {ConfigError} `BadEnvironment` with every problem of every chosen file, alone and beside all others
 * @throws {ToolkitError} `NoEnvironmentsFolder`, `NoEnvironments`, `UnknownEnvironment`
 */
export function loadEnvironments(
  selection: EnvironmentSelection,
  onSkipped: OnSkipped = () => undefined,
): readonly Environment[] {
  const chosen = new Set(chooseFiles(selection).map(({ file }) => file));
  const issues: Issue[] = [];
  const found: SharingEnvironment[] = [];
  const defaults = readDefaults(selection.folder);
  for (const { name, file } of chooseFiles({ folder: selection.folder })) {
    const isChosen = chosen.has(file);
    const alone = parseEnvironment(readFileSync(file, 'utf8'), name, file, defaults);
    const parsed = isChosen ? withTrustAnchor(alone, file, selection.now) : alone;
    if ('environment' in parsed) found.push({ ...parsed, fileName: name, file, isChosen });
    else if (isChosen) issues.push(...parsed.issues);
    else onSkipped(file, parsed.issues);
  }
  issues.push(...sharedNameIssues(found));
  if (issues.length > 0) throw new ConfigError('BadEnvironment', issues);
  const environments = found.filter(({ isChosen }) => isChosen).map(({ environment }) => environment);
  return environments.sort((left, right) => (left.name < right.name ? -1 : 1));
}
