import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ExitCode } from '../lib/cli/io';
import { UsageError } from '../lib/errors';
import { type ForOne, isForOne, type ManyChoice, type Members, manyTask, requireNoneForOne } from './many';
import { noteUnreadFolders } from './note-unread-folders';
import type { Context, Task } from './verb';

/** An environment, and the folder of its file as it was typed. */
export interface ChosenEnvironment {
  readonly environment: string;
  readonly environments: string;
}

/** The environments that words name; a folder stands for all whose files are in it. */
export function chosenEnvironments(
  words: readonly string[],
  environments: string,
  context: Context,
): readonly ChosenEnvironment[] {
  const { chooseFiles } = require('../lib/config/choose-files') as typeof import('../lib/config/choose-files');
  return words.flatMap((word) => {
    const isEnvironment = ['.yaml', '.yml'].some((ending) =>
      existsSync(resolve(context.folder, environments, `${word}${ending}`)),
    );
    if (isEnvironment || !isFolder(word, context)) return [{ environment: word, environments }];
    const files = chooseFiles({ folder: resolve(context.folder, word) });
    noteUnreadFolders(word, context);
    return files.map(({ name }) => ({ environment: name, environments: word }));
  });
}

export function isFolder(word: string, { folder }: Context): boolean {
  return statSync(resolve(folder, word), { throwIfNoEntry: false })?.isDirectory() === true;
}

interface EnvironmentsChoice extends ManyChoice {
  readonly names: readonly string[];
  readonly environments: string;
}

interface SeveralEnvironments extends Pick<Members, 'casesOf'> {
  readonly forOne?: readonly ForOne[];
  /** Does once what each would do again, before the first. */
  readonly prepare?: (chosen: readonly ChosenEnvironment[]) => Promise<void>;
}

/** One environment as it always was; several, and the formats of a summary, one after the other. */
export function eachEnvironment(
  verb: string,
  choice: EnvironmentsChoice,
  context: Context,
  taskFor: (one: ChosenEnvironment, format: 'text' | 'json') => Task,
  { prepare, forOne = [], ...more }: SeveralEnvironments = {},
): Promise<ExitCode> {
  const chosen = chosenEnvironments(choice.names, choice.environments, context);
  const [one] = chosen;
  if (one !== undefined && isForOne(chosen.length, choice)) return taskFor(one, choice.format)(context);
  requireNoneForOne(forOne, chosen.length);
  const byName = new Map(chosen.map((each) => [each.environment, each]));
  requireOneFolderEach(chosen, byName);
  const members: Members = {
    verb,
    names: [...byName.keys()],
    taskFor: (name, format) =>
      taskFor(byName.get(name) ?? { environment: name, environments: choice.environments }, format),
    ...more,
    prepare: async (names) => prepare?.(names.flatMap((name) => byName.get(name) ?? [])),
  };
  return manyTask(members, choice)(context);
}

/**
 * Members go by their names: in the summary, in its file, and in the files that are written for each.
 *
 * @throws {UsageError} `BadArguments`
 */
function requireOneFolderEach(
  chosen: readonly ChosenEnvironment[],
  byName: ReadonlyMap<string, ChosenEnvironment>,
): void {
  for (const { environment, environments } of chosen) {
    const other = byName.get(environment)?.environments;
    if (other === undefined || other === environments) continue;
    throw new UsageError(
      'BadArguments',
      `'${environment}' must be the name of one environment, got: one in ${environments} and one in ${other}\nRun the folders one by one`,
    );
  }
}
