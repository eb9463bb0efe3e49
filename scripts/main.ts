import { join } from 'node:path';
import { reportFailure } from '../lib/cli/failure';
import type { ExitCode, Io } from '../lib/cli/io';
import type { Surroundings } from '../lib/cli/run';
import { auditVerb } from './audit';
import { type Command, chooseTask } from './choose-task';
import { doctorVerb } from './doctor';
import { emitVerb } from './emit';
import { evidenceVerb } from './evidence';
import { explainVerb } from './explain';
import { proveVerb } from './prove';
import { rehearseVerb } from './rehearse';
import { simulateVerb } from './simulate';
import { synthVerb } from './synth';
import type { Context, Verb } from './verb';
import { verifyVerb } from './verify';

const VERBS: Readonly<Record<string, Verb>> = {
  synth: synthVerb,
  audit: auditVerb,
  prove: proveVerb,
  explain: explainVerb,
  emit: emitVerb,
  verify: verifyVerb,
  doctor: doctorVerb,
  rehearse: rehearseVerb,
  simulate: simulateVerb,
  evidence: evidenceVerb,
};
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
  const context: Context = { io, ...surroundings, root: join(__dirname, '..') };
  return reportFailure(io, surroundings.signal, () => chooseTask(COMMAND, argv, io)(context));
}
