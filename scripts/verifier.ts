import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { VERIFIER_FILE } from '../lib/backup-environment/settings-sheet';
import { FORMAT, printJson, shortPath, type Task, type Verb } from './verb';
import { BUILT_FOLDER, sha256OfFile, verifierSha256 } from './verifier-file';

interface VerifierOptions {
  readonly out: string;
  readonly format: 'text' | 'json';
}

export const verifierVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .option('out', { type: 'string', requiresArg: true, default: '.', describe: 'Folder to write to' })
        .option('format', FORMAT)
        .example('$0 verifier --out for-the-hosts', 'writes it with its sum, licences and SBOM'),
    (options) => choose(verifierTask(options)),
  );

function verifierTask({ out, format }: VerifierOptions): Task {
  return async ({ io, root, folder }) => {
    const target = resolve(folder, out);
    // A checkout has the sources, of which an earlier build may be older.
    const isInstalled = verifierSha256(root) !== undefined && !existsSync(join(root, '.git'));
    if (isInstalled) copyBuilt(join(root, BUILT_FOLDER), target);
    else await (require('./build-package') as typeof import('./build-package')).buildPackage(target);
    const file = join(target, VERIFIER_FILE);
    const sha256 = sha256OfFile(file);
    if (format === 'json') printJson(io, { version: 1, file, sha256 });
    else io.result(`${sha256}  ${shortPath(file, folder)}\n`);
    return 0;
  };
}

function copyBuilt(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((one) => one.startsWith(VERIFIER_FILE)))
    copyFileSync(join(from, name), join(to, name));
}
