import { PROJECT_FILE } from '../lib/cli/project/read-project-file';
import type { ProjectFile } from '../lib/cli/project/schema';
import type { ListedVerb } from './verb';

/** The settings of a person for flags that are not typed: by the environment, and by the project file. */
export interface Settings {
  /** Folder of the environment files that the environment names; it wins over the project file. */
  readonly environments?: string | undefined;
  readonly project: ProjectFile;
}

/** The flag of each verb that a key of the project file stands for; `environments` is one of all verbs that read them. */
const FLAGS: Readonly<Record<Exclude<keyof ProjectFile, 'environments'>, Readonly<Record<string, string>>>> = {
  output: { synth: '--out', list: '--out', diff: '--stacks' },
  waivers: { audit: '--waivers', diff: '--waivers', adopt: '--waivers' },
  state: { simulate: '--state' },
};

interface Configured {
  readonly verbs: Readonly<Record<string, ListedVerb>>;
  readonly settings?: Settings;
}

/** The command line with what the settings say, as if it had been typed. */
export function withSettings(argv: readonly string[], { verbs, settings }: Configured): readonly string[] {
  const [verb = '', ...others] = argv;
  if (settings === undefined || !Object.hasOwn(verbs, verb)) return argv;
  const { environments = settings.project.environments, project } = settings;
  const given = [
    ['--environments', verbs[verb]?.readsEnvironments ? environments : undefined] as const,
    ...Object.entries(FLAGS).map(([key, flags]) => [flags[verb], project[key as keyof typeof FLAGS]] as const),
  ];
  const end = others.indexOf('--');
  const own = end === -1 ? others : others.slice(0, end);
  const isTyped = (flag: string) => own.some((word) => word === flag || word.startsWith(`${flag}=`));
  const added = given.flatMap(([flag, value]) =>
    flag === undefined || value === undefined || isTyped(flag) ? [] : [flag, value],
  );
  return [verb, ...added, ...others];
}

/** A paragraph of the help; empty where the folder has no project file. */
export function describeSettings(settings: Settings | undefined): string {
  const set = Object.entries(settings?.project ?? {}).map(([key, value]) => `${key} ${value}`);
  return set.length === 0 ? '' : `\n\n${PROJECT_FILE} sets, where no flag is typed: ${set.join(', ')}`;
}
