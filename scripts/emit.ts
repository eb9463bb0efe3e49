import { join, resolve } from 'node:path';
import type { BackupEnvironment } from '../lib/backup-environment';
import {
  type ForOne,
  isForOne,
  MANY_FORMAT,
  MANY_OPTIONS,
  type ManyChoice,
  manyTask,
  requireNoneForOne,
  SEVERAL_ENVIRONMENTS,
} from './many';
import { STACKS_FOLDER } from './stacks-folder';
import { type Context, printJson, printText, shortPath, type Task, type Verb } from './verb';
import { verifierSha256 } from './verifier-file';

interface EmitOptions {
  readonly environment: string;
  readonly from?: string | undefined;
  readonly stack?: string | undefined;
  readonly out: string;
  readonly format: 'text' | 'json';
}

export const emitVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('environment', {
          ...SEVERAL_ENVIRONMENTS,
          describe: 'Environments, or a folder like cdktf.out; several give one summary, and each a folder below --out',
        })
        .option('stack', {
          type: 'string',
          requiresArg: true,
          describe: `Folder of the synthesized stack [default: ${STACKS_FOLDER}/<environment>]`,
        })
        .option('from', {
          type: 'string',
          requiresArg: true,
          describe:
            'Where the outputs are: a file of terraform output -json or of cdktf deploy --outputs-file, ' +
            'or a folder in which Terraform is asked [default: the folder of the stack]',
        })
        .option('out', { type: 'string', requiresArg: true, default: '.', describe: 'Folder to write to' })
        .options(MANY_OPTIONS)
        .option('format', MANY_FORMAT)
        .example('$0 emit aes-256', `asks Terraform in ${STACKS_FOLDER}/aes-256`)
        .example('$0 emit aes-256 --from outputs.json', 'reads a file of outputs'),
    (options) => choose(emitAll({ ...options, names: options.environment })),
  );

interface EmitManyOptions extends ManyChoice {
  readonly names: readonly string[];
  readonly from?: string | undefined;
  readonly stack?: string | undefined;
  readonly out: string;
}

/** A folder like `cdktf.out` stands for every stack in it. */
function emitAll(options: EmitManyOptions): Task {
  return (context) => {
    const { from, out } = options;
    const stacks = new Map(options.names.flatMap((word) => stacksOf(word, options, context)));
    const names = [...stacks.keys()];
    const taskFor = (environment: string, folder: string, format: 'text' | 'json') =>
      emitTask({ environment, from, stack: stacks.get(environment), out: folder, format });
    const [only = ''] = names;
    if (isForOne(names.length, options)) return taskFor(only, out, options.format)(context);
    requireNoneForOne(forOne(options), names.length);
    return manyTask(
      { verb: 'emit', names, taskFor: (name, format) => taskFor(name, join(out, name), format) },
      options,
    )(context);
  };
}

function stacksOf(word: string, { stack }: EmitManyOptions, context: Context): [string, string | undefined][] {
  const { stacksIn } = require('./audit-many') as typeof import('./audit-many');
  const found = stacksIn(word, context);
  return found.length === 0 ? [[word, stack]] : found.map((name) => [name, `${word}/stacks/${name}`]);
}

const forOne = ({ from, stack }: EmitManyOptions): readonly ForOne[] => [
  {
    option: '--from',
    given: from,
    fix: 'Emit each by itself, with its own outputs: vault-env emit <environment> --from <file> --out <folder>/<environment>',
  },
  {
    option: '--stack',
    given: stack,
    fix: 'Name the folder of all stacks in the place of environments: vault-env emit cdktf.out --out <folder>',
  },
];

function emitTask(options: EmitOptions): Task {
  return async (context) => {
    const { renderSettingsSheetText, settingsSheet } = library();
    const { writeBackupEnvironment } =
      require('../lib/backup-environment/write-files') as typeof import('../lib/backup-environment/write-files');
    const config = await createConfig(options, context);
    const verifier = verifierSha256(context.root);
    const { written, removed, changed } = await writeBackupEnvironment(
      resolve(context.folder, options.out),
      config,
      verifier,
    );
    for (const file of changed) {
      const name = shortPath(file, context.folder);
      context.io.note(
        `${name} is of an earlier emit, and was changed since: remove it, or keep it under another name\n`,
      );
    }
    if (options.format === 'json') {
      const gone = removed.length > 0 && { removed };
      printJson(context.io, { version: 1, files: written, ...gone, backupEnvironment: config });
    } else printSheet(renderSettingsSheetText(settingsSheet(config, verifier)), { written, removed }, context);
    return 0;
  };
}

async function createConfig(
  { environment, stack, from }: EmitOptions,
  { env, folder, signal, stacksFolder = STACKS_FOLDER }: Context,
): Promise<BackupEnvironment> {
  const { createBackupEnvironment, readOutputs } = library();
  const { readOutputsText, readStack } = require('./deployed-stack') as typeof import('./deployed-stack');
  const stackFolder = stack ?? `${stacksFolder}/${environment}`;
  const stackText = readStack(resolve(folder, stackFolder));
  const name = from ?? stackFolder;
  const text = await readOutputsText({ path: resolve(folder, name), name }, { env, signal });
  const applied = { text: stackText, file: `${stackFolder}/cdk.tf.json` };
  return createBackupEnvironment(readOutputs({ text, file: name, environment }), applied);
}

/** Loaded when it is needed: the help of every verb must come quickly. */
function library() {
  return require('../lib/backup-environment') as typeof import('../lib/backup-environment');
}

interface Outcome {
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

function printSheet(sheet: string, { written, removed }: Outcome, context: Context): void {
  const { folder } = context;
  const listed = (title: string, files: readonly string[]) =>
    files.length === 0 ? '' : `\n${title}\n${files.map((file) => `  ${shortPath(file, folder)}\n`).join('')}`;
  printText(
    context,
    `${sheet}${listed('Written', written)}${listed('Removed, as this environment needs them no more', removed)}`,
  );
}
