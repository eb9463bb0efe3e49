import { resolve } from 'node:path';
import { painter } from '../lib/cli/colour';
import { UsageError } from '../lib/errors';
import { FORMAT, printJson, type Task, type Verb } from './verb';

interface EvidenceOptions {
  readonly act: 'verify';
  readonly folder: string;
  readonly manifestSha256?: string | undefined;
  readonly format: 'text' | 'json';
}

const SHA256 = /^[0-9a-f]{64}$/;

export const evidenceVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('act', { choices: ['verify'] as const, demandOption: true, describe: 'What to do with the folder' })
        .positional('folder', { type: 'string', demandOption: true, describe: 'Folder that --evidence named' })
        .option('manifest-sha256', {
          type: 'string',
          requiresArg: true,
          describe: 'Expected SHA-256 of manifest.json; any other value is a failure',
        })
        .option('format', FORMAT)
        .example('$0 evidence verify evidence/aes-256', 'ends with 1 when a file is missing, changed or not listed')
        .example('$0 evidence verify evidence/aes-256 --format json', 'the same for a pipeline'),
    (options) => choose(evidenceTask(options)),
  );

function evidenceTask({ folder: name, manifestSha256, format }: EvidenceOptions): Task {
  return async ({ io, folder }) => {
    requireSha256(manifestSha256);
    const { verifyEvidence, renderEvidenceText } = require('../lib/evidence') as typeof import('../lib/evidence');
    const verification = await verifyEvidence(resolve(folder, name), { manifestSha256 });
    if (format === 'json') printJson(io, verification);
    else io.result(renderEvidenceText(verification, { paint: painter(io.useColour) }));
    return verification.verdict === 'pass' ? 0 : 1;
  };
}

function requireSha256(sum: string | undefined): void {
  if (sum === undefined || SHA256.test(sum)) return;
  throw new UsageError('BadArguments', `'--manifest-sha256' must be 64 hexadecimal digits in lower case, got: ${sum}`);
}
