import { join, resolve } from 'node:path';
import { reportFailure } from '../lib/cli/failure';
import type { ExitCode, Io } from '../lib/cli/io';
import { readProjectFile } from '../lib/cli/project/read-project-file';
import type { Surroundings } from '../lib/cli/run';
import { ToolkitError } from '../lib/errors';
import type { ProcessEnvironment } from '../lib/process-environment';
import { chooseTask } from './choose-task';
import type { Command } from './command';
import { namingProjectFile } from './name-project-file';
import type { Settings } from './settings';
import type { ListedVerb } from './verb';
import { VERBS_ON_HOST } from './verbs-on-host';

const ROOT = join(__dirname, '..');

const VERBS: Readonly<Record<string, ListedVerb>> = {
  init: {
    usage: 'init <name>',
    readsEnvironments: true,
    does: 'Write a commented environment file from flags',
    load: () => (require('./init') as typeof import('./init')).initVerb,
  },
  list: {
    usage: 'list',
    readsEnvironments: true,
    does: 'List the environments: account, region, bucket, encryption, host; for a person or as the matrix of a pipeline',
    load: () => (require('./list') as typeof import('./list')).listVerb,
  },
  synth: {
    usage: 'synth [name..]',
    readsEnvironments: true,
    does: 'Turn environment files into Terraform stacks',
    load: () => (require('./synth') as typeof import('./synth')).synthVerb,
  },
  audit: {
    usage: 'audit <input>',
    readsEnvironments: true,
    does: 'Audit a stack or a plan with no AWS account: what is created, who can do what, control by control',
    load: () => (require('./audit') as typeof import('./audit')).auditVerb,
  },
  diff: {
    usage: 'diff <environment..>',
    readsEnvironments: true,
    does: 'Plan an environment, and say what the plan creates, changes, destroys and loses',
    load: () => (require('./diff') as typeof import('./diff')).diffVerb,
  },
  adopt: {
    usage: 'adopt <environment>',
    readsEnvironments: true,
    does: 'Say what taking over an existing bucket, key or role would change or lose; read-only',
    load: () => (require('./adopt') as typeof import('./adopt')).adoptVerb,
  },
  prove: {
    usage: 'prove <environment..>',
    readsEnvironments: true,
    does: 'Prove, with no AWS account, that an environment allows exactly what its capabilities need',
    load: () => (require('./prove') as typeof import('./prove')).proveVerb,
  },
  explain: {
    usage: 'explain <environment>',
    readsEnvironments: true,
    does: "Say whether an environment's role may do something, and which statement decides",
    load: () => (require('./explain') as typeof import('./explain')).explainVerb,
  },
  emit: {
    usage: 'emit <environment..>',
    does: 'Write backup-environment.json and the settings sheet of a deployed environment',
    load: () => (require('./emit') as typeof import('./emit')).emitVerb,
  },
  ...VERBS_ON_HOST,
  verifier: {
    usage: 'verifier',
    does: 'Write the one file with which Vault hosts verify, which needs Node alone, with its sum, licences and SBOM',
    load: () => (require('./verifier') as typeof import('./verifier')).verifierVerb,
  },
  rehearse: {
    usage: 'rehearse [name..]',
    readsEnvironments: true,
    does: 'Deploy, emit and verify environments against a simulated AWS account on this machine',
    load: () => (require('./rehearse') as typeof import('./rehearse')).rehearseVerb,
  },
  simulate: {
    usage: 'simulate [name..]',
    readsEnvironments: true,
    takesCommand: true,
    does: 'Run a simulated AWS account on this machine until Ctrl-C, or for as long as one command takes',
    load: () => (require('./simulate') as typeof import('./simulate')).simulateVerb,
  },
  evidence: {
    usage: 'evidence <act> <folder..>',
    does: 'Check evidence folders (verify), join what hosts handed back (collect), sum up a fleet (summary)',
    load: () => (require('./evidence') as typeof import('./evidence')).evidenceVerb,
  },
};
/** Whether the word makes the command load more than its own frame. */
export function isVerb(word: string): boolean {
  return Object.hasOwn(VERBS, word);
}

const COMMAND: Command = {
  name: 'vault-env',
  purpose: 'Creates, proves, rehearses and verifies the S3 backup environment of AutoRABIT Vault.',
  verbs: VERBS,
  examples: [
    ['$0 rehearse', 'tries every environment on a simulated AWS account'],
    ['$0 synth acme', 'writes the Terraform of environments/acme.yaml'],
    ['$0 verify backup-environment.json', 'proves it on the Vault host'],
    ['$0 <verb> --help', 'more examples'],
  ],
};

/**
 * The `vault-env` command.
 *
 * @param argv - arguments without the interpreter and the script
 * @returns 0: done or clean; 1: it ran and the answer is no; 2: it could not run
 */
export function main(argv: readonly string[], io: Io, surroundings: Surroundings): Promise<ExitCode> {
  const folder = folderOf(surroundings);
  const run = async (told: Io) => {
    const project = readProjectFile(folder);
    const settings = { environments: environmentsOf(surroundings.env), project };
    const environments = () => namesIn(resolve(folder, environmentsFolder(argv, settings)));
    const task = chooseTask({ ...COMMAND, typedAs: typedAs(surroundings.env), settings, environments }, argv, told);
    const stacksFolder = project.output === undefined ? undefined : `${project.output}/stacks`;
    try {
      return await task({ ...surroundings, folder, root: ROOT, stacksFolder, io: told });
    } catch (error) {
      throw namingProjectFile(error, { argv, project, folder });
    }
  };
  return reportFailure(io, surroundings.signal, run, argv);
}

/** `npm --prefix <checkout> run` changes to the checkout; the person stayed where `INIT_CWD` says. */
function folderOf({ env, folder }: Surroundings): string {
  const isOurScript = folder === ROOT && env.npm_package_json === join(ROOT, 'package.json');
  return isOurScript ? (env.INIT_CWD ?? folder) : folder;
}

/** As the stacks themselves take it. */
function environmentsOf({ VAULT_ENV_ENVIRONMENTS_DIR: folder }: ProcessEnvironment): string | undefined {
  return folder || undefined;
}

function environmentsFolder(argv: readonly string[], { environments, project }: Settings): string {
  const index = argv.findIndex((word) => /^--environments(=|$)/.test(word));
  const typed = argv[index]?.includes('=') ? argv[index].slice('--environments='.length) : argv[index + 1];
  const named = index === -1 ? undefined : typed;
  return named ?? environments ?? project.environments ?? 'environments';
}

function namesIn(folder: string): readonly string[] {
  const { chooseFiles } = require('../lib/config/choose-files') as typeof import('../lib/config/choose-files');
  try {
    return chooseFiles({ folder }).map(({ name }) => name);
  } catch (error) {
    if (error instanceof ToolkitError) return [];
    throw error;
  }
}

/** In a checkout nothing is on the PATH: npm runs the command there. */
function typedAs({ npm_lifecycle_event: script }: ProcessEnvironment): string {
  return script === COMMAND.name ? `npm run -s ${script} --` : COMMAND.name;
}
