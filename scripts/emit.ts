import { resolve } from 'node:path';
import type { BackupEnvironment } from '../lib/backup-environment';
import { STACKS_FOLDER } from './stacks-folder';
import { type Context, FORMAT, printJson, shortPath, type Task, type Verb } from './verb';
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
        .positional('environment', { type: 'string', demandOption: true, describe: 'Name of the environment' })
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
        .option('format', FORMAT)
        .example('$0 emit aes-256', `asks Terraform in ${STACKS_FOLDER}/aes-256`)
        .example('$0 emit aes-256 --from outputs.json', 'reads a file of outputs'),
    (options) => choose(emitTask(options)),
  );

function emitTask(options: EmitOptions): Task {
  return async (context) => {
    const { renderSettingsSheetText, settingsSheet } = library();
    const { writeBackupEnvironment } =
      require('../lib/backup-environment/write-files') as typeof import('../lib/backup-environment/write-files');
    const config = await createConfig(options, context);
    const verifier = verifierSha256(context.root);
    const written = await writeBackupEnvironment(resolve(context.folder, options.out), config, verifier);
    if (options.format === 'json') printJson(context.io, { version: 1, files: written, backupEnvironment: config });
    else printSheet(renderSettingsSheetText(settingsSheet(config, verifier)), written, context);
    return 0;
  };
}

async function createConfig(
  { environment, stack, from }: EmitOptions,
  { env, folder, signal }: Context,
): Promise<BackupEnvironment> {
  const { createBackupEnvironment, readOutputs } = library();
  const { readOutputsText, readStack } = require('./deployed-stack') as typeof import('./deployed-stack');
  const stackFolder = stack ?? `${STACKS_FOLDER}/${environment}`;
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

function printSheet(sheet: string, written: readonly string[], { io, folder }: Context): void {
  const names = written.map((file) => `  ${shortPath(file, folder)}\n`).join('');
  io.result(`${sheet}\nWritten\n${names}`);
}
