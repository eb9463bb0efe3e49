import { reportFailure } from '../lib/cli/failure';
import type { ExitCode, Io } from '../lib/cli/io';
import { run, type Surroundings } from '../lib/cli/run';
import { chooseTask } from './choose-task';
import type { Command } from './command';
import { VERBS_ON_HOST } from './verbs-on-host';

const COMMAND: Command = {
  name: 'node vault-env-verify.cjs',
  purpose: 'Proves on the Vault host that its backup environment works. A config alone is verified.',
  verbs: VERBS_ON_HOST,
  examples: [
    ['$0 backup-environment.json', 'proves it with the credentials of this host'],
    ['$0 doctor backup-environment.json', 'looks at what lies between this host and AWS'],
  ],
};

/** The verbs of `vault-env` that a Vault host needs, to be built into one file. */
function main(argv: readonly string[], io: Io, surroundings: Surroundings): Promise<ExitCode> {
  const run = (told: Io) =>
    chooseTask(COMMAND, withVerb(argv), told)({ ...surroundings, io: told, root: surroundings.folder });
  return reportFailure(io, surroundings.signal, async (told) => run(told), argv);
}

/** `backup-environment.json` alone is to be verified. */
function withVerb(argv: readonly string[]): readonly string[] {
  const [first] = argv;
  const isFile = first !== undefined && !first.startsWith('-') && !Object.hasOwn(COMMAND.verbs, first);
  return isFile ? ['verify', ...argv] : argv;
}

void run(main);
