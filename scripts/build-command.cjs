'use strict';

const { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join, relative } = require('node:path');
const { build } = require('esbuild');
const { builtFile, compile, runBuilt, sourcesOf } = require('../lib/load-entry.cjs');

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
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    absWorkingDir: ROOT,
    logLevel: 'warning',
    metafile: true,
    plugins: [...(part === 'frame' ? [withoutVerbs] : []), folderOfSource],
  });
  const { text } = outputFiles[0];
  requireKnown(Object.keys(metafile.inputs), part);
  requireClassNames(Object.keys(metafile.inputs), text);
  if (builtFile(part) !== file) throw new Error('the sources changed meanwhile: build them again');
  place(file, text, await compiledOf(part, file, text));
  return file;
}

/** A source that the name does not stand for could change unseen. */
function requireKnown(inputs, part) {
  const known = new Set(['<stdin>', ...sourcesOf(part)]);
  const strange = inputs.filter((input) => !known.has(input));
  if (strange.length > 0) throw new Error(`'${part}' must be built of its own sources, got: ${strange.join(', ')}`);
}

/**
 * An error prints the name of its class. Where two things share a name, esbuild renames one; its own way to keep names costs
 * a call for each function that is made.
 */
function requireClassNames(inputs, text) {
  const sources = inputs.filter((input) => input !== '<stdin>').map((input) => readFileSync(join(ROOT, input), 'utf8'));
  const named = new Set(sources.flatMap((source) => [...source.matchAll(/\bclass (\w+)/g)].map(([, name]) => name)));
  const renamed = [...text.matchAll(/\b(\w+) = class\b/g)].map(([, name]) => name).filter((name) => !named.has(name));
  if (renamed.length > 0) throw new Error(`each class must have a name of its own, got: ${renamed.join(', ')}`);
}

/** What V8 compiles at the start, and of the file of all, also what it compiles while a stack is made and audited. */
async function compiledOf(part, file, text) {
  const script = compile(file, text);
  if (part === 'all') await useOnce(runBuilt(file, script));
  return script.createCachedData();
}

const SAMPLE = {
  label: 'Sample',
  account: '111122223333',
  region: 'us-east-2',
  bucket: 'sample-vault',
  encryption: { method: 'AWS-KMS' },
  host: { kind: 'ec2' },
};

/** Synthesizes the sample and audits it. What comes out is nobody's concern here. */
async function useOnce(programs) {
  const folder = mkdtempSync(join(tmpdir(), 'vault-env-build-'));
  const io = { result: () => undefined, note: () => undefined, isTerminal: false, columns: 80, useColour: false };
  const audit = (input) =>
    programs('scripts/main').main(['audit', input, '--format', 'json'], io, {
      env: process.env,
      folder,
      signal: new AbortController().signal,
    });
  try {
    writeFileSync(join(folder, 'sample.yaml'), JSON.stringify(SAMPLE));
    Object.assign(process.env, { VAULT_ENV_ENVIRONMENTS_DIR: folder, CDKTF_OUTDIR: join(folder, 'out') });
    programs('stacks/main');
    await audit(join('out', 'stacks', 'sample', 'cdk.tf.json'));
    await audit('out');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The file comes last: it stands for both. */
function place(file, text, compiled) {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  const half = `${file}.${process.pid}`;
  writeFileSync(half, text);
  writeFileSync(`${half}.compiled`, compiled);
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
