import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { OutputFile } from '../lib/backup-environment';
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
  return async ({ io, root, folder, signal }) => {
    const { writeFiles } = require('../lib/backup-environment') as typeof import('../lib/backup-environment');
    const target = resolve(folder, out);
    // A checkout has the sources, of which an earlier build may be older.
    const isInstalled = verifierSha256(root) !== undefined && !existsSync(join(root, '.git'));
    await writeFiles(target, isInstalled ? filesIn(join(root, BUILT_FOLDER)) : await build(signal));
    const file = join(target, VERIFIER_FILE);
    const sha256 = sha256OfFile(file);
    if (format === 'json') printJson(io, { version: 1, file, sha256 });
    else io.result(`${sha256}  ${shortPath(file, folder)}\n`);
    return 0;
  };
}

/** Elsewhere first: a build that ends halfway leaves nothing where hosts take it from. */
async function build(signal: AbortSignal): Promise<readonly OutputFile[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vault-env-verifier-'));
  try {
    await (require('./build-package') as typeof import('./build-package')).buildPackage(folder, signal);
    return filesIn(folder);
  } catch (error) {
    // Ctrl-C reaches esbuild as well, which then says that it was stopped.
    signal.throwIfAborted();
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The file for the hosts and what belongs to it; the sum comes last. */
function filesIn(folder: string): readonly OutputFile[] {
  const names = readdirSync(folder).filter((name) => name.startsWith(VERIFIER_FILE));
  return names.sort().map((name) => ({ name, text: readFileSync(join(folder, name)) }));
}
