import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ROOT } from '../e2e/run-vault-env';

const COPIED = [
  'package.json',
  'tsconfig.json',
  'lib/load-entry.cjs',
  'lib/noted-build.cjs',
  'lib/set-v8.cjs',
  'scripts/note-build.cjs',
];
/** Sources that are named one by one have to be there. */
const NAMED: readonly string[] = jest
  .requireActual(join(ROOT, 'lib', 'load-entry.cjs'))
  .sourcesOf('frame')
  .filter((path: string) => path.startsWith('lib/config/'));
const SOURCES = ['lib/errors.ts', 'lib/cli/run.ts', ...NAMED];
const SETTLED_MS = 2100;

let folder: string;
let file: string;

/** A program of the copy, as it finds the sources there. */
const load = (path: string) => jest.requireActual(join(folder, path));
const notedFile = (): string | undefined => load('lib/noted-build.cjs').notedFile('frame');
const builtFile = (): string => load('lib/load-entry.cjs').builtFile('frame');
const note = () => load('scripts/note-build.cjs').noteBuild('frame', builtFile());
const source = () => join(folder, 'lib', 'cli', 'run.ts');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'noted-build-'));
  for (const name of ['built', 'lib/cli/project', 'lib/config', 'scripts']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  for (const name of [...COPIED, ...SOURCES]) cpSync(join(ROOT, name), join(folder, name));
  await setTimeout(SETTLED_MS);
  file = builtFile();
});

afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(note);

test('the build of sources that stand as they were noted is found by the note', () => {
  expect(notedFile()).toBe(file);
});

test.each<[string, () => void, () => void]>([
  ['has grown', () => appendFileSync(source(), ' '), () => undefined],
  [
    'has other content of the same size and time',
    () => {
      const { atime, mtime, size } = statSync(source());
      writeFileSync(source(), 'x'.repeat(size));
      utimesSync(source(), atime, mtime);
    },
    () => undefined,
  ],
  [
    'is replaced by a file of the same size and time',
    () => {
      const { atime, mtime, size } = statSync(source());
      writeFileSync(join(folder, 'other'), 'x'.repeat(size));
      utimesSync(join(folder, 'other'), atime, mtime);
      renameSync(join(folder, 'other'), source());
    },
    () => undefined,
  ],
  ['is gone', () => rmSync(source()), () => undefined],
  [
    'has come to a folder that had none',
    () => writeFileSync(join(folder, 'lib', 'cli', 'project', 'added.ts'), ''),
    () => rmSync(join(folder, 'lib', 'cli', 'project', 'added.ts')),
  ],
  ['was touched alone', () => utimesSync(source(), new Date(), new Date()), () => undefined],
])('a note does not answer when a source %s', async (_, change, takeBack) => {
  expect(notedFile()).toBe(file);
  change();
  expect(notedFile()).toBeUndefined();
  takeBack();
  cpSync(join(ROOT, 'lib', 'cli', 'run.ts'), source());
  // The content is the same again, but nothing tells so.
  expect([notedFile(), builtFile()]).toEqual([undefined, file]);
  await setTimeout(SETTLED_MS);
});

test('what changed a moment ago is not noted: the next change could be told the same', async () => {
  utimesSync(source(), new Date(), new Date());
  note();
  expect(notedFile()).toBeUndefined();
  await setTimeout(SETTLED_MS);
  note();
  expect(notedFile()).toBe(file);
});

test('the build of other sources is not noted', () => {
  load('scripts/note-build.cjs').noteBuild('frame', join(folder, 'built', 'frame-other.cjs'));
  expect(notedFile()).toBeUndefined();
});

test('a note that is cut off anywhere is none', () => {
  const path = join(folder, 'built', 'frame.noted');
  const text = readFileSync(path, 'utf8');
  for (let size = text.length - 1; size >= 0; size -= 1) {
    truncateSync(path, size);
    expect(notedFile()).toBeUndefined();
  }
  rmSync(path);
  expect([existsSync(path), notedFile()]).toEqual([false, undefined]);
});
