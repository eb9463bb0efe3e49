import { resolve } from 'node:path';
import { PROJECT_FILE } from '../lib/cli/project/read-project-file';
import type { ProjectFile } from '../lib/cli/project/schema';
import { ConfigError, ToolkitError } from '../lib/errors';

/** An error about a value that nobody typed, with the file that set it. */
export function namingProjectFile(
  error: unknown,
  {
    argv,
    project,
    folder,
  }: { readonly argv: readonly string[]; readonly project: ProjectFile; readonly folder: string },
): unknown {
  if (!(error instanceof ToolkitError) || error instanceof ConfigError) return error;
  const isMeant = (value: string) =>
    !argv.some((word) => word === value || word.endsWith(`=${value}`)) &&
    [value, resolve(folder, value)].some((text) => error.message.includes(`'${text}'`));
  const meant = Object.entries(project).filter(([, value]) => isMeant(value));
  if (meant.length === 0) return error;
  const sets = meant.map(([key, value]) => `${PROJECT_FILE} sets ${key}: ${value}`);
  return new ToolkitError(error.code, [error.message, ...sets].join('\n'), { cause: error });
}
