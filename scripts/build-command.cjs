'use strict';

const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');
const { build } = require('esbuild');
const { builtFile, compile, sourcesOf } = require('../lib/load-entry.cjs');

const ROOT = join(__dirname, '..');
const ENTRIES = {
  all: ['lib/cli/run', 'scripts/main', 'scripts/audit-worker', 'stacks/main'],
  frame: ['lib/cli/run', 'scripts/main'],
};

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

/** Verbs are loaded when they are typed, and then from the build of all. */
const withoutVerbs = {
  name: 'without-verbs',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\// }, ({ kind, path, importer }) =>
      kind === 'require-call' && importer !== '<stdin>' ? { path, external: true } : undefined,
    );
  },
};

/** Builds one file, which `lib/load-entry.cjs` finds while none of its sources changes. */
async function buildPart(part) {
  const file = builtFile(part);
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: ENTRIES[part].map((entry) => `exports['${entry}'] = () => require('./${entry}.ts');`).join('\n'),
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
    metafile: true,
    plugins: [...(part === 'frame' ? [withoutVerbs] : []), folderOfSource],
  });
  requireKnown(Object.keys(metafile.inputs), part);
  if (builtFile(part) !== file) throw new Error('the sources changed meanwhile: build them again');
  place(file, outputFiles[0].text);
  return file;
}

/** A source that the name does not stand for could change unseen. */
function requireKnown(inputs, part) {
  const known = new Set(['<stdin>', ...sourcesOf(part)]);
  const strange = inputs.filter((input) => !known.has(input));
  if (strange.length > 0) throw new Error(`'${part}' must be built of its own sources, got: ${strange.join(', ')}`);
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
}

/** Of another build of the same sources that is under way, nothing is taken away. */
function removeOthers(files) {
  const isKept = (path) => files.some((file) => path.startsWith(file));
  const paths = readdirSync(dirname(files[0])).map((name) => join(dirname(files[0]), name));
  for (const path of paths) if (!isKept(path)) rmSync(path, { force: true });
}

async function buildCommand() {
  const files = [await buildPart('all'), await buildPart('frame')];
  removeOthers(files);
  for (const file of files) process.stdout.write(`${relative('', file)}\n`);
}

void buildCommand();
