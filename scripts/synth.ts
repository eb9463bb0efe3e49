import { resolve } from 'node:path';
import { ENVIRONMENTS, FORMAT, printJson, shortPath, type Task, type Verb } from './verb';

interface SynthOptions {
  readonly environments: string;
  readonly names: readonly string[];
  readonly out: string;
  readonly format: 'text' | 'json';
  readonly scanner: 'checkov' | undefined;
  readonly waivers: string | undefined;
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
          describe: 'Folder to write to; other files in it stay, and Terraform keeps its state beside it',
        })
        .option('format', FORMAT)
        .option('scanner', {
          choices: ['checkov'] as const,
          describe:
            'Also write its settings beside each stack: skips for what the audit waives or inherits, with reasons',
        })
        .option('waivers', {
          type: 'string',
          requiresArg: true,
          implies: 'scanner',
          describe: 'YAML file of waivers, which the settings of the scanner follow',
        })
        .example('$0 synth', 'synthesizes every environment into cdktf.out/stacks')
        .example('$0 synth aes-256', 'synthesizes one environment')
        .example('$0 synth --scanner checkov', 'writes a .checkov.yaml beside each stack too'),
    (options) => choose(synthTask({ ...options, names: options.name })),
  );

function synthTask(options: SynthOptions): Task {
  return async (context) => {
    const { io, root, env, folder, signal } = context;
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
    if (options.scanner === 'checkov') {
      const { writeCheckovSettings } = require('./scanner-settings') as typeof import('./scanner-settings');
      await writeCheckovSettings({ ...options, stacks, asOf: new Date().toISOString().slice(0, 10) }, context);
    }
    if (options.format === 'json') printJson(io, { version: 1, stacks });
    else io.result(stacks.map((stack) => `${stack.name}  ${shortPath(stack.folder, folder)}\n`).join(''));
    return 0;
  };
}
