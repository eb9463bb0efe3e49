import { dirname, join } from 'node:path';
import { readAuthorities } from '../certificates/authorities';
import { ConfigError, type Issue } from '../errors';
import { mustBeReadable, readText } from '../readable-text';
import { chooseFiles, type EnvironmentSelection } from './choose-files';
import { readDefaults } from './defaults-file';
import type { Environment } from './environment';
import { type Parsed, parseEnvironment } from './parse';
import { type SharingEnvironment, sharedNames } from './shared-names';

/** A file of another environment than the chosen ones, which is broken and so compared with none. */
export type OnSkipped = (file: string, issues: readonly Issue[]) => void;

/** A chosen environment that cannot go on. */
export interface BrokenEnvironment {
  /** The file's name without its ending. */
  readonly name: string;
  readonly file: string;
  readonly issues: readonly Issue[];
}

interface LoadedEnvironments {
  /** In order of name. */
  readonly environments: readonly Environment[];
  /** In order of file; also those that share a thing with another which only one may have. */
  readonly broken: readonly BrokenEnvironment[];
}

/**
 * Reads the environment files of a folder, and returns the chosen environments in order of name. The others are read to
 * see what they share with those.
 *
 * @throws {ConfigError} `BadEnvironment` with every problem of every chosen file, alone and beside all others
 * @throws {ToolkitError} `NoEnvironmentsFolder`, `NoEnvironments`, `UnknownEnvironment`
 */
export function loadEnvironments(selection: EnvironmentSelection, onSkipped?: OnSkipped): readonly Environment[] {
  const { found, broken } = readFiles(selection, onSkipped);
  const issues = [...broken.flatMap((one) => one.issues), ...sharedNames(found).map(({ issue }) => issue)];
  if (issues.length > 0) throw new ConfigError('BadEnvironment', issues);
  return environmentsOf(found);
}

/**
 * As `loadEnvironments`, but a broken file stops no other.
 *
 * @throws {ConfigError} `BadEnvironment`, for the defaults, and for an environment with two files
 * @throws {ToolkitError} `NoEnvironmentsFolder`, `NoEnvironments`, `UnknownEnvironment`
 */
export function loadEach(selection: EnvironmentSelection, onSkipped?: OnSkipped): LoadedEnvironments {
  const { found, broken } = readFiles(selection, onSkipped);
  const shared = sharedNames(found).flatMap(({ issue, one, holder }) => [
    { one, issue },
    ...(holder.isChosen ? [{ one: holder, issue: heldBack(holder, one, issue) }] : []),
  ]);
  const sharing = found
    .filter((one) => shared.some((each) => each.one === one))
    .map((one) => ({
      name: one.fileName,
      file: one.file,
      issues: shared.flatMap((each) => (each.one === one ? each.issue : [])),
    }));
  return {
    environments: environmentsOf(found.filter((one) => shared.every((each) => each.one !== one))),
    broken: [...broken, ...sharing].sort((left, right) => (left.file < right.file ? -1 : 1)),
  };
}

function readFiles(selection: EnvironmentSelection, onSkipped: OnSkipped = () => undefined) {
  const chosen = new Set(chooseFiles(selection).map(({ file }) => file));
  const broken: BrokenEnvironment[] = [];
  const found: SharingEnvironment[] = [];
  const defaults = readDefaults(selection.folder);
  for (const { name, file } of chooseFiles({ folder: selection.folder })) {
    const isChosen = chosen.has(file);
    const read = readText(file);
    const alone = 'text' in read ? parseEnvironment(read.text, name, file, defaults) : unreadable(file, read.reason);
    const parsed = isChosen ? withTrustAnchor(alone, file, selection.now) : alone;
    if ('environment' in parsed) found.push({ ...parsed, fileName: name, file, isChosen });
    else if (isChosen) broken.push({ name, file, issues: parsed.issues });
    else onSkipped(file, parsed.issues);
  }
  return { found, broken };
}

function unreadable(file: string, reason: string): Parsed {
  return { issues: [{ file, path: '', message: mustBeReadable(reason) }] };
}

/** Nobody knows which of the two was meant to have it. */
function heldBack({ file }: SharingEnvironment, { environment }: SharingEnvironment, { path }: Issue): Issue {
  return {
    file,
    path,
    message: `must not be shared, got: the same as environment '${environment.name}', which is refused for it`,
  };
}

function environmentsOf(found: readonly SharingEnvironment[]): readonly Environment[] {
  const environments = found.filter(({ isChosen }) => isChosen).map(({ environment }) => environment);
  return environments.sort((left, right) => (left.name < right.name ? -1 : 1));
}

const PATH = 'host.trustAnchor.certificates';

/** Adds the certificates of the trust anchor to create, from the file beside the environment file. */
function withTrustAnchor(parsed: Parsed, file: string, now: Date | undefined): Parsed {
  if (!('environment' in parsed)) return parsed;
  const { environment } = parsed;
  const name = environment.host.kind === 'on-premises' ? environment.host.trustAnchor.certificates : undefined;
  if (name === undefined) return parsed;
  const path = join(dirname(file), name);
  const issue = (message: string) => ({ file, path: PATH, message });
  const beside = readText(path);
  if (!('text' in beside))
    return { issues: [issue(`must be a file beside this one, got: ${beside.reason} '${path}'`)] };
  const read = readAuthorities(beside.text, now);
  if ('pem' in read) return { environment: { ...environment, trustAnchorPem: read.pem } };
  return { issues: read.problems.map((problem) => issue(`must hold certificates of authorities, got: ${problem}`)) };
}
