'use strict';

const { renameSync, rmSync, statSync, statfsSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { builtFile, pathsOf } = require('../lib/load-entry.cjs');
const { noteOf, standingOf } = require('../lib/noted-build.cjs');

const ROOT = join(__dirname, '..');

/**
 * File systems of this machine, which tell of every change at once: ext2 to ext4, XFS, Btrfs, F2FS, ZFS, tmpfs, overlay. What
 * a network's tells may be a minute old.
 *
 * @see https://man7.org/linux/man-pages/man2/statfs.2.html
 */
const LOCAL = new Set([0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0x2fc12fc1, 0x01021994, 0x794c7630]);
/** Two changes within so long may be told as one: ext3 counts whole seconds. */
const SETTLED_MS = 2000n;

/**
 * Notes how the sources stand beside the build of them, so that a start need not read them. Where what is told of them
 * could be true of other content too, nothing is noted.
 */
function noteBuild(part, file) {
  const note = noteOf(part);
  rmSync(note, { force: true });
  const paths = pathsOf(part);
  const standings = Object.fromEntries(paths.map((path) => [path, standingOf(path)]));
  const half = `${note}.${process.pid}`;
  writeFileSync(half, JSON.stringify({ file: basename(file), standings }));
  // The sources are read after what is told of them, so that no content goes with what was told of an older one.
  const isSure =
    ['built', ...paths].every(isLocal) && paths.every((path) => isSettled(path, half)) && builtFile(part) === file;
  if (isSure) renameSync(half, note);
  else rmSync(half);
}

function isLocal(path) {
  return LOCAL.has(statfsSync(join(ROOT, path)).type);
}

/** By the clock of the file system itself. */
function isSettled(path, now) {
  const { ctimeMs } = statSync(join(ROOT, path), { bigint: true });
  return ctimeMs + SETTLED_MS < statSync(now, { bigint: true }).ctimeMs;
}

module.exports = { noteBuild };
