import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

const ROOT = join(__dirname, '..');
const FILE = 'vault-env-verify.cjs';
/** The oldest Node that is supported; later ones run the same file. */
const TARGET = 'node20.19';

/** Takes the parts that only run beside the package for those that say so. */
const hostHalfOnly: Plugin = {
  name: 'host-half-only',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/verify-as-operator$/ }, () => ({ path: join(__dirname, 'host-half-only.ts') }));
    onResolve({ filter: /\/workstation$/ }, () => ({ path: join(__dirname, 'workstation-not-here.ts') }));
  },
};

/**
 * Builds the one file that a Vault host needs beside Node, and the licences of what is in it.
 *
 * @returns path of the file
 */
export async function buildVerify(folder: string): Promise<string> {
  const outfile = join(folder, FILE);
  const { metafile } = await build({
    entryPoints: [join(__dirname, 'verify-on-host.ts')],
    outfile,
    bundle: true,
    minify: true,
    // Errors that are no ToolkitError show their stack, and their names are in reports.
    keepNames: true,
    platform: 'node',
    format: 'cjs',
    target: TARGET,
    banner: { js: '#!/usr/bin/env node' },
    legalComments: 'none',
    metafile: true,
    absWorkingDir: ROOT,
    logLevel: 'warning',
    // Of its two builds, the one for ES modules breaks the lines of the help inside words.
    alias: { yargs: join(ROOT, 'node_modules/yargs/index.cjs') },
    plugins: [hostHalfOnly],
  });
  writeFileSync(join(folder, `${FILE}.LICENSES.txt`), licencesOf(metafile));
  return outfile;
}

/** The licence text of every package of which something is in the file. */
function licencesOf({ inputs }: Metafile): string {
  const folders = Object.keys(inputs).flatMap(
    (file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
  );
  const packages = [...new Set(folders)].sort();
  return packages.map((folder) => licenceOf(join(ROOT, folder))).join('\n');
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...texts, ''].join('\n\n');
}

if (require.main === module) {
  void buildVerify(resolve('dist')).then((file) => {
    process.stdout.write(`${relative('', file)} (${(statSync(file).size / 1_000_000).toFixed(1)} MB)\n`);
  });
}
