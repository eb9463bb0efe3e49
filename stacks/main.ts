import { appendFileSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { type AccountPlace, accountBaseOf, requireAccountPlace } from '../lib/config/account-base';
import { type BrokenEnvironment, loadEach, loadEnvironments, type OnSkipped } from '../lib/config/load';
import { skippedLine } from '../lib/config/skipped-files';
import { badEnvironments, type ConfigError, ToolkitError } from '../lib/errors';
import { reasonOfCode } from '../lib/system-reason';
import { AccountBaseStack } from './account-base-stack';
import { BackupEnvironmentStack } from './backup-environment-stack';
import { useQuickTokens } from './quick-tokens';
import { refuseLoss } from './refuse-loss';
import { type WriteStack, writeIntoFolder } from './stack-template';
import { synthesizeByShape } from './synthesize-by-shape';

/**
 * A stack per environment. `VAULT_ENV_ONLY` (names, comma-separated) and `VAULT_ENV_ENVIRONMENTS_DIR` choose which;
 * `VAULT_ENV_ACCOUNT_BASE` (`<account>/<region>`) asks for the base of an account and region alone.
 *
 * @throws {ConfigError} `BadEnvironment`, when the stacks of all other environments are written
 */
function synthesize(): void {
  const { VAULT_ENV_ENVIRONMENTS_DIR, VAULT_ENV_ACCOUNT_BASE: base } = process.env;
  const folder = VAULT_ENV_ENVIRONMENTS_DIR ?? join(__dirname, '..', 'environments');
  if (base === undefined) synthesizeEnvironments(folder);
  else synthesizeAccountBase(folder, requireAccountPlace(base.split('/')));
}

/** A broken file stops it: left out, its bucket could not log any more. */
function synthesizeAccountBase(folder: string, place: AccountPlace): void {
  const base = accountBaseOf(place, loadEnvironments({ folder, now: new Date() }));
  const app = new App();
  new AccountBaseStack(app, base);
  app.synth();
}

function synthesizeEnvironments(folder: string): void {
  const names = (process.env.VAULT_ENV_ONLY ?? '').split(',').filter((name) => name !== '');
  const { environments, broken } = loadEach({ folder, names, now: new Date() }, noteSkipped);
  if (environments.length === 0) throw brokenOnes(broken);
  useQuickTokens();
  const app = new App();
  refuseLoss(
    app.outdir,
    [...environments, ...broken].map(({ name }) => name),
  );
  synthesizeByShape(
    app,
    environments,
    (scope, environment) => new BackupEnvironmentStack(scope, environment),
    filledWriter(),
  );
  // Writes the manifest.
  app.synth();
  if (broken.length > 0) throw brokenOnes(broken);
}

/** `VAULT_ENV_FILLED` names a file for a program that reads them: a line for each, its name, a tab, and its files as JSON. */
function filledWriter(): WriteStack {
  const { VAULT_ENV_FILLED: file } = process.env;
  if (file === undefined) return writeIntoFolder;
  const descriptor = openSync(file, 'a');
  return (name, files) => appendFileSync(descriptor, `${name}\t${JSON.stringify(files)}\n`);
}

/** `VAULT_ENV_BROKEN` names a file for a program that reads them. */
function brokenOnes(broken: readonly BrokenEnvironment[]): ConfigError {
  const { VAULT_ENV_BROKEN: file } = process.env;
  if (file !== undefined) writeFileSync(file, JSON.stringify(broken));
  return badEnvironments(broken);
}

/** A broken file of another environment keeps nobody from working on this one. */
const noteSkipped: OnSkipped = (file, issues) => void process.stderr.write(skippedLine(file, issues));

/** A disk that is full is no defect of the stacks. */
function refusedBySystem(error: unknown): ToolkitError | undefined {
  const { code = '', syscall, path = process.env.CDKTF_OUTDIR } = error as NodeJS.ErrnoException;
  const reason = syscall === undefined ? undefined : reasonOfCode(code);
  if (reason === undefined) return undefined;
  const fix = 'Make room there, or set TMPDIR to another folder';
  return new ToolkitError('CannotWrite', `'${path}' must be a place that can be written to, got: ${reason}\n${fix}`);
}

try {
  synthesize();
} catch (error) {
  const told = error instanceof ToolkitError ? error : refusedBySystem(error);
  if (told === undefined) throw error;
  process.stderr.write(`${told.code}\n${told.message}\n`);
  process.exitCode = 2;
}
