import { resolve } from 'node:path';
import { painter } from '../lib/cli/colour';
import { chooseFiles } from '../lib/config/choose-files';
import { ToolkitError, UsageError } from '../lib/errors';
import type { EnvironmentRehearsal, Rehearsal, Verdict } from '../lib/rehearsal/rehearsal';
import type { JunitCase } from '../lib/summary/junit';
import type { Outcome } from '../lib/summary/summary';
import { ACCOUNT_BASE, accountPlaceOf } from './account-base-option';
import { noteUnreadFolders } from './note-unread-folders';
import { createStepProgress } from './step-progress';
import { toolOf } from './tool';
import { type Context, ENVIRONMENTS, FORMAT_WITH_JUNIT, NAMES_OR_ALL, printJson, type Task, type Verb } from './verb';

interface RehearseOptions {
  readonly names: readonly string[];
  readonly environments: string;
  readonly stacks?: string | undefined;
  readonly accountBase: readonly string[] | undefined;
  readonly described: string | undefined;
  readonly keep: boolean;
  readonly oneOfEach: boolean;
  readonly all: boolean;
  readonly format: 'text' | 'json' | 'junit';
}

export const rehearseVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('name', NAMES_OR_ALL)
        .option('environments', ENVIRONMENTS)
        .option('account-base', ACCOUNT_BASE)
        .option('stacks', {
          type: 'string',
          requiresArg: true,
          describe: 'Folder of stacks that were synthesized already, to rehearse the very bytes that will be deployed',
        })
        .option('one-of-each', {
          type: 'boolean',
          default: false,
          describe: 'When none is named, one of each encryption method and kind of host, which npm run rehearse takes',
        })
        .option('all', {
          type: 'boolean',
          default: false,
          describe: 'Every environment all the same',
        })
        .option('described', {
          type: 'string',
          requiresArg: true,
          describe:
            'Report of adopt --format json: its bucket is built first, with objects, and the stack deployed over it',
        })
        .option('keep', {
          type: 'boolean',
          default: false,
          describe: 'Keep the files of the run and say where they are',
        })
        .option('format', FORMAT_WITH_JUNIT)
        .example('$0 rehearse', 'rehearses every environment')
        .example('$0 rehearse --stacks cdktf.out', 'rehearses what vault-env synth or cdktf synth left')
        .example('$0 rehearse --account-base 111122223333 us-east-2', 'rehearses the bucket for the access logs')
        .example('$0 rehearse acme --described adopt.json', 'rehearses taking over what adopt --format json read')
        .example('$0 rehearse aes-256 --format json', 'rehearses one, for a pipeline'),
    (options) => choose(rehearseTask({ ...options, names: options.name })),
  );

function rehearseTask({ names, environments, stacks, keep, format, ...which }: RehearseOptions): Task {
  return async (context) => {
    const { io, root, env, folder, signal } = context;
    // A wrong name is told before Terraform and the accounts are loaded.
    chooseFiles({ folder: resolve(folder, environments), names });
    if (names.length === 0) noteUnreadFolders(environments, context);
    const { rehearse } = require('../lib/rehearsal/rehearse') as typeof import('../lib/rehearsal/rehearse');
    const { renderRehearsalText } =
      require('../lib/rehearsal/text-report') as typeof import('../lib/rehearsal/text-report');
    const accountBase = accountPlaceOf({ accountBase: which.accountBase, names });
    const { onStep, end } = createStepProgress(io);
    const environmentsFolder = resolve(folder, environments);
    const stacksFolder = stacks === undefined ? {} : { stacksFolder: resolve(folder, stacks) };
    const takesOneOfEach = which.oneOfEach && !which.all;
    const chosen = {
      names,
      takesOneOfEach,
      environmentsFolder,
      ...stacksFolder,
      ...(accountBase && { accountBase }),
      ...describedIn(which.described, names, context),
    };
    const rehearsed = await rehearse({ ...chosen, root, env, keep, signal, onStep }).finally(end);
    const rehearsal = { ...rehearsed, tool: toolOf(root) };
    if (format === 'json') printJson(io, rehearsal);
    else if (format === 'junit') io.result(junitOf(rehearsal));
    else io.result(renderRehearsalText(rehearsal, { paint: painter(io.useColour), columns: io.columns }));
    return rehearsal.verdict === 'pass' ? 0 : 1;
  };
}

function junitOf({ environments }: Rehearsal): string {
  const { renderJunit } = require('../lib/summary/junit') as typeof import('../lib/summary/junit');
  const suites = environments.map((one) => ({ name: one.name, cases: casesOf(one) }));
  return renderJunit('vault-env rehearse', suites);
}

/** The steps, then the checks of both halves of the verification. */
function casesOf({ steps, verification, comparison }: EnvironmentRehearsal): readonly JunitCase[] {
  const checks = [verification, comparison].flatMap((half) => half?.checks ?? []);
  return [...steps, ...checks].map(({ title, result, detail, durationMs }) => {
    return { name: title, outcome: OUTCOMES[result], detail, durationMs };
  });
}

const OUTCOMES: Readonly<Record<Verdict, Outcome>> = { pass: 'pass', fail: 'fail', inconclusive: 'error' };

/** @throws {ToolkitError} `BadDescription`, `BadArguments` */
function describedIn(file: string | undefined, names: readonly string[], { folder }: Context) {
  if (file === undefined) return {};
  const { adoptionSchema } = require('../lib/adoption/schema') as typeof import('../lib/adoption/schema');
  const { readTextFile } = require('../lib/cli/text-file') as typeof import('../lib/cli/text-file');
  const fix = 'Name a file that vault-env adopt <environment> --format json --out <file> wrote';
  const text = readTextFile({ path: resolve(folder, file), name: file, code: 'NoDescription', fix });
  const parsed = adoptionSchema.safeParse(jsonIn(text));
  if (!parsed.success || parsed.data.described === undefined)
    throw new ToolkitError(
      'BadDescription',
      `'${file}' must be a report of adopt with a bucket, got: something else\n${fix}`,
    );
  const { environment, described } = parsed.data;
  if (names.length !== 1 || names[0] !== environment)
    throw new UsageError(
      'BadArguments',
      `'--described' must be with the one environment '${environment}', got: ${names.join(', ') || 'none'}`,
    );
  return { described };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
