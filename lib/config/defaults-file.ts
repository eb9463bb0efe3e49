import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type Issue } from '../errors';
import { mustBeReadable, readText } from '../readable-text';
import { readYaml } from '../yaml-text';
import { DEFAULTS_FILE } from './environment-files';

/** Settings that the environments of a folder share. */
export interface SharedDefaults {
  readonly file: string;
  /** Keys of an environment file; one that a file has itself replaces it whole. */
  readonly content: Readonly<Record<string, unknown>>;
}

/** Two environments cannot have these in common. */
export const NEVER_SHARED: readonly string[] = ['name', 'bucket'];

/**
 * The defaults of a folder; `undefined` where it has none.
 *
 * @throws {ConfigError} `BadEnvironment`
 */
export function readDefaults(folder: string): SharedDefaults | undefined {
  const file = join(folder, DEFAULTS_FILE);
  if (!existsSync(file)) return undefined;
  const bytes = readText(file);
  if (!('text' in bytes)) {
    throw new ConfigError('BadEnvironment', [{ file, path: '', message: mustBeReadable(bytes.reason) }]);
  }
  const read = readYaml(bytes.text, file);
  if ('issue' in read) throw new ConfigError('BadEnvironment', [read.issue]);
  const issues = issuesOf(read.content ?? {}, file);
  if (issues.length > 0) throw new ConfigError('BadEnvironment', issues);
  return { file, content: { ...(read.content as SharedDefaults['content'] | null) } };
}

function issuesOf(content: unknown, file: string): readonly Issue[] {
  if (typeof content !== 'object' || Array.isArray(content))
    return [{ file, path: '', message: 'must be an object with keys of an environment file' }];
  const shared = NEVER_SHARED.filter((key) => Object.hasOwn(content ?? {}, key));
  return shared.map((path) => ({
    file,
    path,
    message: 'must be in the file of each environment, not in what they share',
  }));
}

/** The content of an environment file over the defaults, key by key. */
export function withDefaults(content: unknown, defaults: SharedDefaults | undefined): unknown {
  const isObject = typeof content === 'object' && content !== null && !Array.isArray(content);
  return defaults !== undefined && isObject ? { ...defaults.content, ...content } : content;
}

/** Where to mend it: a key that the file does not have comes from the defaults. */
export function atItsSource(issue: Issue, content: unknown, defaults: SharedDefaults | undefined): Issue {
  const [key = ''] = issue.path.split('.');
  const isOwn = typeof content === 'object' && content !== null && Object.hasOwn(content, key);
  const isShared = defaults !== undefined && Object.hasOwn(defaults.content, key);
  return isShared && !isOwn ? { ...issue, file: defaults.file } : issue;
}
