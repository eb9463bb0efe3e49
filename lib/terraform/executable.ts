import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join, resolve, sep } from 'node:path';
import type { ProcessEnvironment } from '../process-environment';

/** Full path of a program, looked up on `PATH` unless the name is a path itself; `undefined` when there is none. */
export async function findExecutable(env: ProcessEnvironment, name: string): Promise<string | undefined> {
  for (const candidate of candidatePaths(env, name)) {
    if (await isExecutable(candidate)) {
      return candidate;
    }
  }
  return undefined;
}

function candidatePaths(env: ProcessEnvironment, name: string): readonly string[] {
  if (name.includes('/') || name.includes(sep)) {
    return withExtensions(resolve(name));
  }
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => withExtensions(join(folder, name)));
}

function withExtensions(path: string): readonly string[] {
  return process.platform === 'win32' ? [`${path}.exe`, path] : [path];
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
