import { randomBytes } from 'node:crypto';
import { open, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ToolkitError } from '../errors';
import { makeFolder } from '../make-folder';
import { systemReason } from '../system-reason';
import { noteWritten } from '../written-files';
import { refuseSecrets } from './secret-guard';

/** Larger than most results. */
const TRIED_BYTES = 256 * 1024;

/** A file to write: its name in the folder, with `/` below it, and its text or bytes. */
export interface OutputFile<Content extends string | Uint8Array = string | Uint8Array> {
  readonly name: string;
  readonly text: Content;
}

/**
 * Writes the files into the folder, made when it is not there; a reader sees each file whole, old or new.
 *
 * All are written beside their target first and then renamed in order, so put last the one whose presence means that all are there.
 *
 * @param option - that named the folder
 * @returns their paths
 * @throws {ToolkitError} `SecretInOutput`, before anything is written; `CannotWrite`
 */
export async function writeFiles(
  folder: string,
  files: readonly OutputFile[],
  option = '--out',
): Promise<readonly string[]> {
  for (const { name, text } of files) refuseSecrets(asText(text), name);
  const drafts = files.map(({ name, text }) => ({
    text,
    target: join(folder, name),
    draft: join(folder, dirname(name), draftName(basename(name))),
  }));
  const made: string[] = [];
  try {
    for (const at of [folder, ...drafts.map(({ target }) => dirname(target))]) made.push(...foldersMade(at));
    for (const { target } of drafts) await refuseFolder(target);
    for (const { draft, text } of drafts) await writeSynced(draft, text);
    for (const { draft, target } of drafts) {
      await rename(draft, target);
      noteWritten();
    }
    await syncFolder(folder);
  } catch (cause) {
    await Promise.all(drafts.map(({ draft }) => rm(draft, { force: true }).catch(() => undefined)));
    for (const at of made.reverse()) await rmdir(at).catch(() => undefined);
    throw cannotWrite(folder, cause, option);
  }
  return drafts.map(({ target }) => target);
}

/**
 * Tries whether a file of that name can be written into the folder, and leaves nothing.
 *
 * @param option - that named the folder
 * @throws {ToolkitError} `CannotWrite`
 */
export async function tryToWrite(folder: string, name: string, option = '--out'): Promise<void> {
  const draft = join(folder, draftName(name));
  let made: string | undefined;
  try {
    made = makeFolder(folder);
    await refuseFolder(join(folder, name));
    await writeSynced(draft, Buffer.alloc(TRIED_BYTES));
  } catch (cause) {
    throw cannotWrite(folder, cause, option);
  } finally {
    await rm(made ?? draft, { recursive: made !== undefined, force: true }).catch(() => undefined);
  }
}

/** Makes the folder, and names those that were made for it, the outermost first. */
function foldersMade(folder: string): readonly string[] {
  const first = makeFolder(folder);
  const made: string[] = [];
  for (let at = folder; first !== undefined && made[0] !== first; at = dirname(at)) made.unshift(at);
  return made;
}

/** A secret is ASCII, which every byte-wise reading keeps. */
function asText(text: OutputFile['text']): string {
  return typeof text === 'string' ? text : Buffer.from(text).toString('latin1');
}

function draftName(name: string): string {
  return `.${name}.${randomBytes(6).toString('hex')}.tmp`;
}

async function refuseFolder(target: string): Promise<void> {
  const found = await stat(target).catch(() => undefined);
  if (found?.isDirectory()) throw new IsFolder(target);
}

async function writeSynced(file: string, text: OutputFile['text']): Promise<void> {
  const handle = await open(file, 'wx', 0o644);
  try {
    await handle.writeFile(text);
    await handle.chmod(0o644);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the renames durable. Not every system can sync a folder; the files themselves are synced already. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** A file that a folder stands in the place of. */
class IsFolder extends Error {}

/** The error for a path that takes no file. */
export function cannotWrite(path: string, cause: unknown, option: string): ToolkitError {
  const rule =
    cause instanceof IsFolder
      ? `'${cause.message}' must be a file that can be written, got: a folder`
      : `'${path}' must be a place that can be written to, got: ${systemReason(cause)}`;
  return new ToolkitError('CannotWrite', `${rule}\nName another one with ${option}`, { cause });
}
