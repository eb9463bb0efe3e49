import { basename, join, relative, resolve } from 'node:path';
import { runChild } from '../lib/child-process';
import type { EnvironmentFile } from '../lib/config/choose-files';
import { DEFAULTS_FILE } from '../lib/config/environment-files';
import type { ListedEnvironment, ListingFormat, ReachedState, Shard } from '../lib/config/listing';
import { ToolkitError, UsageError } from '../lib/errors';
import { noteUnreadFolders } from './note-unread-folders';
import type { ResultFolders } from './reached-state';
import { type Context, ENVIRONMENTS, type Task, type Verb } from './verb';

interface ListOptions extends ResultFolders {
  readonly environments: string;
  readonly format: ListingFormat;
  readonly changedSince: string | undefined;
  readonly shard: Shard;
}

const FORMATS: readonly ListingFormat[] = ['text', 'json', 'names', 'github-matrix', 'gitlab', 'atlantis'];

export const listVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .option('environments', ENVIRONMENTS)
        .option('out', {
          type: 'string',
          requiresArg: true,
          default: 'cdktf.out',
          describe: 'Folder that synth wrote to',
        })
        .option('emitted', {
          type: 'string',
          requiresArg: true,
          default: 'handed-over',
          describe: 'Folder that emit --out wrote several to',
        })
        .option('evidence', {
          type: 'string',
          requiresArg: true,
          default: 'evidence',
          describe: 'Folder with the evidence of each, verifications among it',
        })
        .option('changed-since', {
          type: 'string',
          requiresArg: true,
          describe:
            'Only environments whose file differs from this Git revision; all of them if any other file in the folder differs',
        })
        .option('shard', { type: 'string', requiresArg: true, default: '1/1', describe: 'Part of the list, as in 2/5' })
        .option('format', { choices: FORMATS, default: 'text' as const, describe: 'Format of the list' })
        .example(
          '$0 list',
          'shows every environment: account, region, bucket, encryption, host, and how far it has come',
        )
        .example('$0 list --format github-matrix', 'writes a matrix for GitHub Actions')
        .example('$0 list --changed-since origin/main --format names', 'names what a change touches')
        .example('$0 list --shard 2/5 --format names', 'names the second fifth of a fleet'),
    (options) => choose(listTask({ ...options, shard: parseShard(options.shard) })),
  );

function parseShard(text: string): Shard {
  const [, index, count] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index >= 1 && shard.index <= shard.count) return shard;
  throw new UsageError(
    'BadArguments',
    `'--shard' must be a part and the number of parts, from 1/5 to 5/5, got: ${text}`,
  );
}

function listTask(options: ListOptions): Task {
  return async (context) => {
    const { chooseFiles } = require('../lib/config/choose-files') as typeof import('../lib/config/choose-files');
    const { inShard, renderListing } = require('../lib/config/listing') as typeof import('../lib/config/listing');
    const folder = resolve(context.folder, options.environments);
    const changed = await changedFiles(options, folder, context);
    const files = inShard(chooseFiles({ folder }).filter(changed), options.shard);
    noteUnreadFolders(options.environments, context);
    const stackFolder = (name: string) => join(options.out, 'stacks', name);
    const read = files.length === 0 ? [] : readFiles(folder, files);
    const { reachedState } = require('./reached-state') as typeof import('./reached-state');
    const withState = async (one: (typeof read)[number]) => ({
      ...one,
      ...(await reachedState(one.name, options, context.folder)),
    });
    const listed = await Promise.all(read.map(withState));
    const fileOf = new Map(files.map(({ name, file }) => [name, file]));
    const place = (name: string) => {
      const seen = (file: string) => relative(resolve(context.folder, stackFolder(name)), file);
      return { stackFolder: stackFolder(name), madeFrom: sourcesOf(fileOf.get(name) ?? name, folder).map(seen) };
    };
    context.io.result(renderListing(listed, options.format, { columns: context.io.columns, place }));
    return listed.some(({ problem }) => problem !== undefined) ? 1 : 0;
  };
}

/** What an environment is made from: its own file, and whatever else in the folder is for all. */
function sourcesOf(file: string, folder: string): readonly string[] {
  return [file, join(folder, DEFAULTS_FILE), join(folder, '.terraform.lock.hcl')];
}

/** The content of each file; for a broken one its problem, so that it does not hide the others. */
function readFiles(
  folder: string,
  files: readonly EnvironmentFile[],
): readonly Omit<ListedEnvironment, keyof ReachedState>[] {
  const { loadEach } = require('../lib/config/load') as typeof import('../lib/config/load');
  const { environments, broken } = loadEach({ folder, names: files.map(({ name }) => name) });
  const sound = environments.map(({ name, account, region, bucket, encryption, host }) => {
    return { name, account, region, bucket, encryption: encryption.method, host: host.kind };
  });
  const problems = broken.map(({ name, file: own, issues }) => {
    const texts = issues.map(({ file, path, message }) => {
      const where = file === own ? '' : `${basename(file)}: `;
      return `${where}${`${path} ${message}`.trim()}`;
    });
    return { name, problem: texts.join('; ') };
  });
  return [...sound, ...problems].sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** What a pipeline hands over where a branch is new: there is nothing before it. */
const NO_REVISION = /^(0{40}|0{64})$/;

/** Where there is no repository, git goes on to tell all of its options. */
function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

/** @throws {ToolkitError} `NotARevision` */
async function changedFiles(
  { changedSince }: ListOptions,
  folder: string,
  { env, signal }: Context,
): Promise<(file: EnvironmentFile) => boolean> {
  if (changedSince === undefined || NO_REVISION.test(changedSince)) return () => true;
  const git = async (...args: readonly string[]) => {
    const { exitCode, stdout, stderr } = await runChild({ program: 'git', args, folder, env, signal });
    if (exitCode === 0) return stdout.split('\n').filter((line) => line !== '');
    throw new ToolkitError(
      'NotARevision',
      `'--changed-since' must be a revision of the Git repository that holds '${folder}', got: ${changedSince}\n${firstLine(stderr)}`,
    );
  };
  const tracked = await git('diff', '--name-only', '--relative', '--end-of-options', changedSince, '--', '.');
  const names = new Set([...tracked, ...(await git('ls-files', '--others', '--exclude-standard'))]);
  const touchesAll = [...names].some((name) => !/\.ya?ml$/.test(name) || basename(name) === DEFAULTS_FILE);
  return ({ file }) => touchesAll || names.has(relative(folder, file)) || names.has(basename(file));
}
