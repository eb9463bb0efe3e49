import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { VERIFIER_FILE } from '../lib/backup-environment/settings-sheet';
import { commitOf } from './commit';

const ROOT = join(__dirname, '..');
/** They are in front of all others, as in a command. */
const BEFORE_ALL = ['hold-signals', 'set-v8', 'quiet-sdk'].map((name) => join(ROOT, 'lib', `${name}.cjs`));
/** The oldest Node that is supported; later ones run the same file. */
const TARGET = 'node20.19';

/** The one file for a Vault host, and the folders of the packages of which something is in it. */
export interface BuiltVerifier {
  readonly file: string;
  readonly packageFolders: readonly string[];
}

/** Takes the parts that only run beside the package for those that say so. */
const hostHalfOnly: Plugin = {
  name: 'host-half-only',
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /\/verify-as-operator$/ }, () => ({ path: join(__dirname, 'host-half-only.ts') }));
    // Beside the file for the hosts there is neither Git nor a package.
    const commit = JSON.stringify(commitOf(ROOT)) ?? 'undefined';
    onLoad({ filter: /\/scripts\/commit\.ts$/ }, () => ({ contents: `export const commitOf = () => ${commit};` }));
    onResolve({ filter: /\/workstation$/ }, () => ({ path: join(__dirname, 'workstation-not-here.ts') }));
  },
};

/** Builds the one file that a Vault host needs beside Node, and the licences of what is in it: the same bytes each time. */
export async function buildVerify(folder: string): Promise<BuiltVerifier> {
  const file = join(folder, VERIFIER_FILE);
  const { metafile, outputFiles } = await build({
    entryPoints: [join(__dirname, 'verify-on-host.ts')],
    outfile: file,
    write: false,
    bundle: true,
    minify: true,
    // Errors that are no ToolkitError show their stack, and their names are in reports.
    keepNames: true,
    platform: 'node',
    format: 'cjs',
    target: TARGET,
    banner: { js: `#!/usr/bin/env node\n'use strict';\n${BEFORE_ALL.map(inBlock).join('')}` },
    legalComments: 'none',
    metafile: true,
    absWorkingDir: ROOT,
    logLevel: 'warning',
    // Its build for ES modules breaks the lines of the help inside words.
    alias: { yargs: require.resolve('yargs') },
    plugins: [hostHalfOnly],
  });
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  const packageFolders = foldersOf(metafile);
  writeFileSync(`${file}.LICENSES.txt`, packageFolders.map(licenceOf).join('\n'));
  return { file, packageFolders };
}

function foldersOf({ inputs }: Metafile): readonly string[] {
  const folders = Object.keys(inputs).flatMap(
    (file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
  );
  return [...new Set(folders)].sort().map((folder) => join(ROOT, folder));
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...texts, ''].join('\n\n');
}

function inBlock(file: string): string {
  return `{\n${readFileSync(file, 'utf8')}}\n`;
}
