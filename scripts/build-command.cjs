'use strict';

const { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { isBuiltin } = require('node:module');
const { tmpdir } = require('node:os');
const { dirname, join, relative } = require('node:path');
const { build } = require('esbuild');
const { builtFile, compile, runBuilt, sourcesOf } = require('../lib/load-entry.cjs');
const { noteBuild } = require('./note-build.cjs');

const ROOT = join(__dirname, '..');
/** What the benchmark times as a command runs it. */
const TIMED = [
  'lib/audit/audit',
  'lib/audit/permission-proof/prove',
  'lib/audit/policies/stack-policies',
  'lib/audit/stack/parse-input',
  'lib/catalogue/index',
];
const ENTRIES = {
  all: ['lib/cli/run', 'scripts/main', 'scripts/audit-worker', 'stacks/main'],
  frame: ['lib/cli/run', 'scripts/main'],
  audit: ['lib/cli/run', 'scripts/main', 'scripts/audit-worker', ...TIMED],
  stacks: ['stacks/main'],
};
/** The verbs of a part, as `scripts/main` asks for them. */
const VERBS_OF = { frame: [], audit: ['./audit'] };

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

/** The other verbs are loaded when they are typed, and then from the build of all. */
const withVerbs = (verbs) => ({
  name: 'with-verbs',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\// }, ({ kind, path, importer }) =>
      kind === 'require-call' && /scripts.(main|verbs-on-host)\.ts$/.test(importer) && !verbs.includes(path)
        ? { path, external: true }
        : undefined,
    );
  },
});

/** Packages stay outside, but for the one that reads the command line: finding and compiling it takes longer than its work. */
const packagesOutside = {
  name: 'packages-outside',
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^[^./]/ }, ({ kind, path, importer }) => {
      if (kind === 'import-statement' && path === 'yargs') return { path: require.resolve('yargs') };
      return PACKAGE.test(importer) && kind === 'require-call' ? undefined : { path, external: true };
    });
    onLoad({ filter: /[\\/]yargs[\\/]build[\\/]index\.cjs$/ }, ({ path }) => ({
      contents: FOLDER_OF_YARGS + readFileSync(path, 'utf8').replace('require("assert")', ASSERT_IN_NEED),
    }));
  },
};
/** Its translations are read from where it is installed; Node's search takes longer than a look where npm puts it. */
const FOLDER_OF_YARGS = `
const near = require('node:path').join(__filename, '..', '..', 'node_modules', 'yargs', 'build');
const __dirname = require('node:fs').existsSync(near) ? near : require('node:path').join(require.resolve('yargs'), '..', 'build');
`;
/** What it asserts is so, unless it is called wrongly; loading the module would take as long as reading a command line. */
const ASSERT_IN_NEED = `{
  strictEqual: (...pair) => Object.is(pair[0], pair[1]) || require('assert').strictEqual(...pair),
  notStrictEqual: (...pair) => !Object.is(pair[0], pair[1]) || require('assert').notStrictEqual(...pair),
}`;
/**
 * CDKTF is some hundred files, which take longer to find and compile than a stack to synthesize. A package of ours leaves this
 * part out: it would hand on code under the licence of CDKTF.
 */
const packagesInside = {
  name: 'packages-inside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^[^./]/ }, ({ path, resolveDir }) =>
      isBuiltin(path) ? { path, external: true } : { path: require.resolve(path, { paths: [resolveDir] }) },
    );
  },
};
const PACKAGE = /(^|[\\/])node_modules[\\/]/;

/** Builds one file, which `lib/load-entry.cjs` finds while none of its sources changes. */
async function buildPart(part, folder) {
  const file = builtFile(part);
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: ENTRIES[part].map((entry) => `exports['${entry}'] = () => require('./${entry}.ts');`).join('\n'),
      resolveDir: ROOT,
    },
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    // A script that is compiled by hand can import nothing by itself.
    supported: { 'dynamic-import': false },
    absWorkingDir: ROOT,
    logLevel: 'warning',
    metafile: true,
    plugins: [
      part === 'stacks' ? packagesInside : packagesOutside,
      ...(VERBS_OF[part] ? [withVerbs(VERBS_OF[part])] : []),
      folderOfSource,
    ],
  });
  const text = inAscii(outputFiles[0].text + licencesOf(Object.keys(metafile.inputs)));
  requireKnown(Object.keys(metafile.inputs), part);
  requireClassNames(Object.keys(metafile.inputs), text);
  if (builtFile(part) !== file) throw new Error('the sources changed meanwhile: build them again');
  place(file, text, await compiledOf(part, file, text, folder));
  return file;
}

/** What is left beyond ASCII stands in templates and in comments; with it, V8 would keep two bytes of each character. */
function inAscii(text) {
  return text.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The licences of the packages that are in it. */
function licencesOf(inputs) {
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []));
  const texts = [...folders].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
    const files = readdirSync(join(ROOT, folder)).filter((file) => /^licen[cs]e/i.test(file));
    return [`${name} ${version}`, ...files.map((file) => readFileSync(join(ROOT, folder, file), 'utf8'))].join('\n');
  });
  return texts.map((text) => `/*\n${text.replaceAll('*/', '* /').trim()}\n*/\n`).join('');
}

/** A source that the name does not stand for could change unseen. */
function requireKnown(inputs, part) {
  const known = new Set(['<stdin>', ...sourcesOf(part)]);
  const strange = inputs.filter((input) => !known.has(input) && !PACKAGE.test(input));
  if (strange.length > 0) throw new Error(`'${part}' must be built of its own sources, got: ${strange.join(', ')}`);
}

/**
 * An error of ours prints the name of its class. Where two things share a name, esbuild renames one; its own way to keep names costs
 * a call for each function that is made.
 */
function requireClassNames(inputs, text) {
  const ours = inputs.filter((input) => input !== '<stdin>' && !PACKAGE.test(input));
  const sources = ours.map((input) => readFileSync(join(ROOT, input), 'utf8'));
  const named = new Set(sources.flatMap((source) => [...source.matchAll(/\bclass (\w+)/g)].map(([, name]) => name)));
  const renamed = [...text.matchAll(/\b(\w+) = class\b/g)]
    .map(([, name]) => name)
    .filter((name) => !named.has(name) && named.has(name.replace(/\d+$/, '')));
  if (renamed.length > 0) throw new Error(`each class must have a name of its own, got: ${renamed.join(', ')}`);
}

/** Code that V8 compiles at the start, and while the part does its work. */
async function compiledOf(part, file, text, folder) {
  const script = compile(file, text);
  const programs = runBuilt(file, script);
  for (const work of WORK_OF[part]) await work(programs, folder);
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

const synthesize = async (programs, folder) => {
  writeFileSync(join(folder, 'sample.yaml'), JSON.stringify(SAMPLE));
  Object.assign(process.env, { VAULT_ENV_ENVIRONMENTS_DIR: folder, CDKTF_OUTDIR: join(folder, 'out') });
  await programs('stacks/main');
};

/** Runs a command line; its output is nobody's concern here. */
const type =
  (...words) =>
  (programs, folder) => {
    const io = { result: () => undefined, note: () => undefined, isTerminal: false, columns: 80, useColour: false };
    return programs('scripts/main').main(words, io, {
      env: process.env,
      folder,
      signal: new AbortController().signal,
    });
  };

const audits = ['out/stacks/sample/cdk.tf.json', 'out'].map((input) => type('audit', input, '--format', 'json'));

/** That of all comes first: the stack that it makes is audited by the part of the audit too. */
const WORK_OF = {
  all: [synthesize, ...audits],
  stacks: [synthesize],
  audit: audits,
  frame: [type('--help'), type('--version')],
};

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
  const folder = mkdtempSync(join(tmpdir(), 'vault-env-build-'));
  const built = new Map();
  try {
    for (const part of Object.keys(WORK_OF)) built.set(part, await buildPart(part, folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
  const files = [...built.values()];
  removeOthers(files);
  for (const [part, file] of built) noteBuild(part, file);
  for (const file of files) process.stdout.write(`${relative('', file)}\n`);
}

void buildCommand();
