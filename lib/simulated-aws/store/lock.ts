import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToolkitError } from '../../errors';

/** `lock-` and the number of a process, which says in it when it was started: numbers are given anew. */
export const LOCK_NAME = /^lock-(\d+)$/;

/**
 * Takes a folder for this process alone. A process that was killed holds nothing back.
 *
 * Whoever wants it says so first and then looks at who else did: two that come at once may both be refused, and never
 * both have it.
 *
 * @returns gives it back
 * @throws {ToolkitError} `StateInUse`
 */
export function lock(folder: string): () => void {
  const own = `lock-${process.pid}`;
  const path = join(folder, own);
  if (existsSync(path)) requireGone(folder, own);
  writeFileSync(path, startOf(process.pid) ?? '', { mode: 0o600 });
  const unlock = () => rmSync(path, { force: true });
  try {
    for (const other of readdirSync(folder).filter((name) => LOCK_NAME.test(name) && name !== own)) {
      requireGone(folder, other);
      rmSync(join(folder, other), { force: true });
    }
  } catch (error) {
    unlock();
    throw error;
  }
  return unlock;
}

function requireGone(folder: string, name: string): void {
  const pid = Number(LOCK_NAME.exec(name)?.[1]);
  if (!isAlive(pid) || isAnother(pid, join(folder, name))) return;
  throw new ToolkitError(
    'StateInUse',
    `'${folder}' must be free, got: held by process ${pid}\nStop it, or name another folder`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the number now is that of another process than of the one that wrote the file. */
function isAnother(pid: number, path: string): boolean {
  const [was, is] = [existsSync(path) ? readFileSync(path, 'utf8') : '', startOf(pid)];
  return was !== '' && is !== undefined && was !== is;
}

/**
 * When a process was started, in ticks since the machine was; unknown where there is no `/proc`.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function startOf(pid: number): string | undefined {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  // The name of the process comes before, in parentheses, and may hold anything.
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
}
