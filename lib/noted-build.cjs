'use strict';

/*
 * Finds the build of the sources without reading them: while the file system tells the same of each source and folder as
 * when the build was noted, as Git's index does.
 *
 * Anything that writes a source, or adds, removes or replaces one, changes what is told: nobody can set the time of the
 * last change of an inode. Where something does not fit, the sources themselves say.
 */

const { readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '..');

/** Where a build is noted: its name, and how each source and folder stood. */
function noteOf(part) {
  return join(ROOT, 'built', `${part}.noted`);
}

/** @returns undefined where none is noted, or the sources stand otherwise now */
function notedFile(part) {
  try {
    const { file, standings } = JSON.parse(readFileSync(noteOf(part), 'latin1'));
    const isAsNoted = Object.entries(standings).every(([path, standing]) => standing === standingOf(path));
    return isAsNoted ? join(ROOT, 'built', file) : undefined;
  } catch {
    // There is no note, or half of one, or a source less.
    return undefined;
  }
}

/** What the file system tells of a path. */
function standingOf(path) {
  const { ino, size, mtimeNs, ctimeNs } = statSync(`${ROOT}/${path}`, { bigint: true });
  return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
}

module.exports = { noteOf, notedFile, standingOf };
