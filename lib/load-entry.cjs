'use strict';

/*
 * Loads a program of ours: from the one file that `npm run build` makes of all sources, or from the sources themselves.
 *
 * The file is named after the content of the sources: an older build of sources that were changed, added or removed since
 * is never found.
 */

require('./set-v8.cjs');
const { createHash } = require('node:crypto');
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');
const { getEnvironmentData, isMainThread, setEnvironmentData } = require('node:worker_threads');
const { notedFile } = require('./noted-build.cjs');

const ROOT = join(__dirname, '..');
const SETTINGS = ['package.json', 'tsconfig.json'];
const LOCK = 'package-lock.json';
/** Sources of each build, and the folders that they are looked for in, which end with a slash. */
const PATHS_OF = {
  all: () => ['lib', 'scripts', 'stacks'].flatMap(pathsBelow),
  /** Help, version, and a word that is no verb are answered from these. */
  frame: framePaths,
  /** An audit is answered from these, which are less than half of all. */
  audit: () => [...framePaths(), ...AUDIT_FOLDERS.flatMap((folder) => pathsBelow(`lib/${folder}`))],
  /** A synthesis runs these, with the packages that they use, whose versions are in the lock. */
  stacks: () => [
    ...(existsSync(`${ROOT}/${LOCK}`) ? [LOCK] : []),
    ...pathsBelow('stacks'),
    ...pathsIn('lib'),
    ...STACKS_FOLDERS.flatMap((folder) => pathsBelow(`lib/${folder}`)),
  ],
};
/** Where an argument is missing, the environments are named. */
const NAMES_OF_ENVIRONMENTS = ['choose-files', 'environment-files', 'environment-name', 'folders-below'].map(
  (name) => `lib/config/${name}.ts`,
);
const AUDIT_FOLDERS = [
  'audit',
  'backup-environment',
  'catalogue',
  'certificates',
  'config',
  'deployer',
  'evidence',
  'hosts',
  'iam',
  'policy',
  'summary',
  'synthesis',
];
const STACKS_FOLDERS = ['certificates', 'config', 'constructs', 'deployer', 'hosts', 'iam', 'policy'];
/** Data beside the sources is read when it is needed, from where it is. */
const SOURCE = /\.(ts|cjs)$/;

/** Path of the build of the sources as they are now, whether it is there or not. */
function builtFile(part = 'all') {
  const files = sourcesOf(part);
  const contents = files.map((file) => readFileSync(`${ROOT}/${file}`, 'utf8'));
  const sizes = contents.map(({ length }) => length);
  const hash = createHash('sha256').update(JSON.stringify([files, sizes]));
  for (const content of contents) hash.update(content);
  return join(ROOT, 'built', `${part}-${hash.digest('hex')}.cjs`);
}

function sourcesOf(part) {
  return pathsOf(part).filter((path) => !path.endsWith('/'));
}

function pathsOf(part) {
  return [...SETTINGS, ...new Set(PATHS_OF[part]().sort())];
}

function framePaths() {
  return [...pathsIn('lib'), ...pathsBelow('lib/cli'), ...NAMES_OF_ENVIRONMENTS, ...pathsIn('scripts')];
}

function pathsIn(folder, below = () => []) {
  const paths = readdirSync(`${ROOT}/${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return below(path);
    return SOURCE.test(entry.name) ? [path] : [];
  });
  return [`${folder}/`, ...paths];
}

function pathsBelow(folder) {
  return pathsIn(folder, pathsBelow);
}

let programs;

/**
 * @param entry - a program by its path without ending, as in `scripts/main`; `VAULT_ENV_FROM_SOURCES` with any value takes
 *   its sources in any case
 * @returns what the program exports
 */
function loadEntry(entry) {
  programs ??= tryLoadPart('all') ?? fromSources();
  return programs(entry);
}

/**
 * Loads programs as `loadEntry` does, from the build of a part of the sources, without a look at the others.
 *
 * Node would compile the file anew each time, which takes longer than most commands do.
 *
 * @returns undefined where it was not built
 */
function tryLoadPart(part) {
  if (process.env.VAULT_ENV_FROM_SOURCES) return undefined;
  const filename = buildInUse(part);
  if (!existsSync(filename)) return undefined;
  const compiled = `${filename}.compiled`;
  // A package that was packed comes without it: it is not the same bytes each time.
  const cachedData = existsSync(compiled) ? readFileSync(compiled) : undefined;
  // It is in ASCII, which needs no decoding.
  return runBuilt(filename, compile(filename, readFileSync(filename, 'latin1'), cachedData));
}

/** A thread runs the build that its process runs, and need not read the sources to find it. */
function buildInUse(part) {
  const key = `vault-env build of ${part}`;
  const told = isMainThread ? undefined : getEnvironmentData(key);
  if (told?.root === ROOT) return told.filename;
  const filename = notedFile(part) ?? builtFile(part);
  setEnvironmentData(key, { root: ROOT, filename });
  return filename;
}

/** Runs a build as Node runs a module, and gives its programs by their paths. */
function runBuilt(filename, script) {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, Module.createRequire(filename), module, filename, dirname(filename));
  return (entry) => module.exports[entry]();
}

/** V8 compiles anew by itself where what was kept comes from another version of it. */
function compile(filename, source, cachedData) {
  return new Script(Module.wrap(source), { filename, cachedData });
}

function fromSources() {
  require('./load-sources.cjs');
  return (entry) => require(join(ROOT, `${entry}.ts`));
}

module.exports = { builtFile, compile, loadEntry, pathsOf, runBuilt, sourcesOf, tryLoadPart };
