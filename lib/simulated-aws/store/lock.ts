import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { ToolkitError } from '../../errors';

/**
 * Takes a folder for this process alone. A process that was killed holds nothing back.
 *
 * @returns gives it back
 * @throws {ToolkitError} `StateInUse`
 */
export function lock(path: string): () => void {
  if (!tryCreate(path)) {
    requireGone(path);
    rmSync(path, { force: true });
    if (!tryCreate(path)) throw inUse(path, 'another process');
  }
  return () => rmSync(path, { force: true });
}

function tryCreate(path: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function requireGone(path: string): void {
  const pid = Number(readFileSync(path, 'utf8'));
  if (isAlive(pid)) throw inUse(path, `process ${pid}`);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function inUse(path: string, holder: string): ToolkitError {
  return new ToolkitError(
    'StateInUse',
    `'${path}' must be free, got: held by ${holder}\nStop it, or name another folder`,
  );
}
