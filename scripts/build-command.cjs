'use strict';

const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');
const { build } = require('esbuild');
const { builtFile, compile } = require('../lib/load-entry.cjs');

const ROOT = join(__dirname, '..');
const ENTRIES = ['lib/cli/run', 'scripts/main', 'scripts/audit-worker', 'stacks/main'];

/** A source reads and starts what lies beside it from the folder that it is in, not from that of the build. */
const folderOfSource = {
  name: 'folder-of-source',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const folder = JSON.stringify(relative(ROOT, dirname(path)));
      const line = `const __dirname = require('node:path').join(__filename, '..', '..', ${folder});\n`;
      return { contents: /\b__dirname\b/.test(source) ? line + source : source, loader: 'ts' };
    });
  },
};

/** Builds the command and its other programs as one file, which `lib/load-entry.cjs` finds while no source changes. */
async function buildCommand() {
  const file = builtFile();
  const { outputFiles } = await build({
    stdin: {
      contents: ENTRIES.map((entry) => `exports['${entry}'] = () => require('./${entry}.ts');`).join('\n'),
      resolveDir: ROOT,
    },
    write: false,
    bundle: true,
    packages: 'external',
    // Names of classes are in reports and stack traces.
    keepNames: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    absWorkingDir: ROOT,
    logLevel: 'warning',
    plugins: [folderOfSource],
  });
  if (builtFile() !== file) throw new Error('the sources changed meanwhile: build them again');
  place(file, outputFiles[0].text);
  return file;
}

/** The file comes last: it stands for both. */
function place(file, text) {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  const half = `${file}.${process.pid}`;
  writeFileSync(half, text);
  writeFileSync(`${half}.compiled`, compile(file, text).createCachedData());
  renameSync(`${half}.compiled`, `${file}.compiled`);
  renameSync(half, file);
  for (const old of readdirSync(folder))
    if (!join(folder, old).startsWith(file)) rmSync(join(folder, old), { force: true });
}

buildCommand().then((file) => process.stdout.write(`${relative('', file)}\n`));
