import { resolve } from 'node:path';
import { ENVIRONMENTS, FORMAT, printJson, shortPath, type Task, type Verb } from './verb';

interface SynthOptions {
  readonly environments: string;
  readonly names: readonly string[];
  readonly out: string;
  readonly format: 'text' | 'json';
}

export const synthVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('name', {
          type: 'string',
          array: true,
          default: [],
          describe: 'Environments; all when none is named',
        })
        .option('environments', ENVIRONMENTS)
        .option('out', {
          type: 'string',
          requiresArg: true,
          default: 'cdktf.out',
          describe:
            'Folder to write to; what synthesis did not write there stays, and Terraform keeps its state beside it',
        })
        .option('format', FORMAT)
        .example('$0 synth', 'synthesizes every environment into cdktf.out/stacks')
        .example('$0 synth aes-256', 'synthesizes one environment'),
    (options) => choose(synthTask({ ...options, names: options.name })),
  );

function synthTask(options: SynthOptions): Task {
  return async ({ io, root, env, folder, signal }) => {
    const { synthesize } = require('../lib/synthesis/synthesize') as typeof import('../lib/synthesis/synthesize');
    const stacks = await synthesize({
      root,
      outFolder: resolve(folder, options.out),
      environmentsFolder: resolve(folder, options.environments),
      names: options.names,
      env,
      signal,
      onNote: ({ kind, path, because }) => io.note(`${kind} ${shortPath(path, folder)}: ${because}\n`),
    });
    if (options.format === 'json') printJson(io, { version: 1, stacks });
    else io.result(stacks.map((stack) => `${stack.name}  ${shortPath(stack.folder, folder)}\n`).join(''));
    return 0;
  };
}
