import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from '../child-process';
import { type AccountPlace, isAccountBaseName } from '../config/account-base';
import { chooseFiles, type EnvironmentFile } from '../config/choose-files';
import type { BrokenEnvironment } from '../config/load';
import { splitSkipped } from '../config/skipped-files';
import { badEnvironments, ToolkitError } from '../errors';
import { makeFolder } from '../make-folder';
import type { ProcessEnvironment } from '../process-environment';
import { systemReason } from '../system-reason';
import type { OnNote } from './notes';
import {
  hasManifest,
  readManifest,
  requireOutputFolder,
  type SynthesizedStack,
  stacksOf,
  writeManifest,
} from './output-folder';
import { LOCK_FILE, placeStack } from './place-stack';
import { readRecords, type StackRecord } from './records';
import { removeStacks } from './remove-stacks';
import { readWritten, type StackFile } from './written-stacks';

/** The environments to synthesize, and where to. Paths are absolute. */
export interface SynthesizeOptions {
  /** Folder of the package: it holds `stacks/main.cjs`. */
  readonly root: string;
  /** Like `cdktf.out`: afterwards it holds what was synthesized beside what was there. */
  readonly outFolder: string;
  /** It may hold a `.terraform.lock.hcl`, which then goes with every stack. */
  readonly environmentsFolder: string;
  /** Environments to synthesize; all when empty. */
  readonly names: readonly string[];
  /** The account and region whose base is synthesized in place of environments. */
  readonly accountBase?: AccountPlace | undefined;
  readonly env: ProcessEnvironment;
  readonly signal: AbortSignal;
  /** Told of what was left, overwritten or removed. */
  readonly onNote?: OnNote;
}

export interface Synthesis {
  readonly stacks: readonly SynthesizedStack[];
  /** Environments that were asked for and have no stack now, or an earlier one. */
  readonly broken: readonly BrokenEnvironment[];
}

/**
 * Synthesizes the stacks in a child process, as the CDKTF CLI does, in a folder of its own, and puts each file into place
 * when all are there: runs side by side do not see each other's halves. A broken environment stops no other.
 *
 * Nothing is removed or overwritten that synthesis did not write. What it wrote for an environment that is gone is removed
 * where all environments are synthesized, and none is broken.
 *
 * @throws {ConfigError} `BadEnvironment`, when all that were asked for are broken
 * @throws {ToolkitError} as `synthesizeEach`
 */
export async function synthesize(options: SynthesizeOptions): Promise<Synthesis> {
  const synthesis = await synthesizeEach(options);
  const { stacks, broken } = synthesis;
  if (stacks.length > 0 || broken.length === 0) return synthesis;
  throw badEnvironments(broken);
}

/**
 * As `synthesize`, but that all are broken is a value.
 *
 * @throws {ToolkitError} `NotAnOutputFolder`; `CannotWrite`; `SynthesisFailed`; whatever the stacks report of the environments, by its own code
 */
export async function synthesizeEach(options: SynthesizeOptions): Promise<Synthesis> {
  const { outFolder, environmentsFolder, names } = options;
  if (existsSync(outFolder)) requireOutputFolder(outFolder);
  options.signal.throwIfAborted();
  // A wrong name is told before the stacks are loaded, which takes many times as long.
  const chosen = chooseFiles({ folder: environmentsFolder, names });
  const before = readRecords(outFolder);
  const temporary = mkdtempSync(join(tmpdir(), 'vault-env-synth-'));
  try {
    const broken = await runStacks(options, temporary);
    if (!hasManifest(temporary)) return { stacks: [], broken };
    const isWhole = names.length === 0 && options.accountBase === undefined && broken.length === 0;
    return { stacks: writing(outFolder, () => place(options, { temporary, before, chosen, isWhole })), broken };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** The stacks from before the run, and those that it made. */
interface Run {
  readonly temporary: string;
  readonly before: ReadonlyMap<string, StackRecord>;
  readonly chosen: readonly EnvironmentFile[];
  /** Whether every environment was synthesized. The name that a broken file gives cannot be told. */
  readonly isWhole: boolean;
}

function place(options: SynthesizeOptions, { temporary, before, chosen, isWhole }: Run): readonly SynthesizedStack[] {
  const { outFolder, environmentsFolder, onNote = () => undefined } = options;
  const manifest = readManifest(temporary);
  const { version, stacks } = manifest;
  const written = readRecords(outFolder);
  makeFolder(outFolder);
  // First, so that a run which ends halfway leaves a folder that the next one takes for ours.
  writeManifest(outFolder, version);
  const filesOf = readWritten(temporary, filledIn(temporary));
  const lock = lockIn(environmentsFolder);
  for (const entry of Object.values(stacks)) {
    placeStack({ entry, files: [...lock, ...filesOf(entry)], outFolder, before: written.get(entry.name), onNote });
  }
  if (isWhole) {
    const known = new Set(chosen.map(({ name }) => name));
    // A file that was added meanwhile is one of a run beside this.
    const added = chooseFiles({ folder: environmentsFolder }).filter(({ name }) => !known.has(name));
    const needed = new Set([...Object.values(stacks), ...added].map(({ name }) => name));
    removeStacks({ outFolder, before, isNeeded: (name) => needed.has(name) || isAccountBaseName(name), onNote });
  }
  writeManifest(outFolder, version);
  return stacksOf(manifest, outFolder);
}

/** The lock that is kept with the environments, so that it outlives every output folder. */
function lockIn(environmentsFolder: string): readonly StackFile[] {
  const kept = join(environmentsFolder, LOCK_FILE);
  return existsSync(kept) ? [{ name: LOCK_FILE, content: readFileSync(kept) }] : [];
}

/** Where `stacks/main.ts` writes the stacks that it fills in. */
function filledIn(temporary: string): string {
  return join(temporary, 'filled.jsonl');
}

/** @throws {ToolkitError} `CannotWrite`, for what the file system refuses */
function writing<Result>(folder: string, write: () => Result): Result {
  try {
    return write();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    throw new ToolkitError(
      'CannotWrite',
      `'${folder}' must be a folder that can be written to, got: ${systemReason(cause)}\nName another one with --out`,
      { cause },
    );
  }
}

/** @returns the environments that are broken; when there is no other, no manifest is written */
async function runStacks(options: SynthesizeOptions, outFolder: string): Promise<readonly BrokenEnvironment[]> {
  const { root, environmentsFolder, names, accountBase, env, signal, onNote = () => undefined } = options;
  const told = join(outFolder, 'broken.json');
  const { exitCode, stderr } = await runChild({
    program: process.execPath,
    args: [join('stacks', 'main.cjs')],
    folder: root,
    env: {
      ...env,
      CDKTF_OUTDIR: outFolder,
      VAULT_ENV_ENVIRONMENTS_DIR: environmentsFolder,
      VAULT_ENV_ONLY: names.join(','),
      ...(accountBase && { VAULT_ENV_ACCOUNT_BASE: `${accountBase.account}/${accountBase.region}` }),
      VAULT_ENV_BROKEN: told,
      VAULT_ENV_FILLED: filledIn(outFolder),
    },
    signal,
  });
  signal.throwIfAborted();
  const { skipped, rest } = splitSkipped(stderr);
  const broken: readonly BrokenEnvironment[] = existsSync(told) ? JSON.parse(readFileSync(told, 'utf8')) : [];
  const isBroken = exitCode === BAD_ENVIRONMENTS && broken.length > 0;
  if (exitCode !== 0 && !isBroken) throw synthesisError(exitCode, rest.trim());
  for (const { file, because } of skipped) onNote({ kind: 'skipped', path: file, because });
  return broken;
}

/** `stacks/main.ts` ends so and writes code and message when the fault is in the environments. */
const BAD_ENVIRONMENTS = 2;

function synthesisError(exitCode: number | null, errors: string): ToolkitError {
  const [code = '', ...message] = errors.split('\n');
  const isTold = exitCode === BAD_ENVIRONMENTS && /^[A-Z][A-Za-z]+$/.test(code);
  if (isTold) return new ToolkitError(code, message.join('\n'));
  return new ToolkitError(
    'SynthesisFailed',
    `stacks must synthesize without an error, got: exit code ${exitCode}\n${errors}`,
  );
}
