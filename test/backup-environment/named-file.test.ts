import { execFileSync, spawn } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { tryNamedFile, writeNamedFile } from '../../lib/backup-environment';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'named-file-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('writes a new file, its folder too, and over an old one', async () => {
  const file = join(folder, 'new/deep/a.json');
  await writeNamedFile(file, 'one');
  await writeNamedFile(file, 'two');
  expect(readFileSync(file, 'utf8')).toBe('two');
  expect(readdirSync(join(folder, 'new/deep'))).toEqual(['a.json']);
});

test('writes where a link leads, and leaves the link', async () => {
  writeFileSync(join(folder, 'report.json'), 'old');
  symlinkSync('report.json', join(folder, 'latest.json'));
  await tryNamedFile(join(folder, 'latest.json'));
  await writeNamedFile(join(folder, 'latest.json'), 'new');
  expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('new');
  expect(readlinkSync(join(folder, 'latest.json'))).toBe('report.json');
  expect(readdirSync(folder).sort()).toEqual(['latest.json', 'report.json']);
});

test('writes into a pipe, also behind a link, and puts no file in its place', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  symlinkSync('pipe', join(folder, 'out'));
  const read = textOf(spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'ignore'] }).stdout);
  await tryNamedFile(join(folder, 'out'));
  await writeNamedFile(join(folder, 'out'), 'through');
  expect(await read).toBe('through');
  expect(lstatSync(pipe).isFIFO()).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(['out', 'pipe']);
});

test.each([
  {
    what: 'a folder',
    path: () => folder,
    says: () => `'${folder}' must be a file that can be written, got: a folder\nName another one with --summary`,
  },
  {
    what: 'a file below a file',
    path: () => join(folder, 'plain/x/a.json'),
    says: () =>
      `'${join(folder, 'plain/x')}' must be a place that can be written to, got: a file, where a folder is needed\nName another one with --summary`,
  },
  // Node's own way to make a folder and those above it never ends there.
  {
    what: 'a folder that is never made',
    path: () => '/proc/self/nowhere/deep/a.json',
    says: () =>
      "'/proc/self/nowhere/deep' must be a place that can be written to, got: no such file or folder\nName another one with --summary",
  },
])('refuses $what, tried or written', async ({ path, says }) => {
  writeFileSync(join(folder, 'plain'), 'old');
  mkdirSync(join(folder, 'below'));
  const refused = { code: 'CannotWrite', message: says() };
  await expect(tryNamedFile(path(), '--summary')).rejects.toMatchObject(refused);
  await expect(writeNamedFile(path(), 'new', '--summary')).rejects.toMatchObject(refused);
  expect(readdirSync(folder).sort()).toEqual(['below', 'plain']);
});

test('writes no secret into a pipe', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  await expect(writeNamedFile(pipe, `AKIA${'IOSFODNN7EXAMPLE'}`)).rejects.toMatchObject({ code: 'SecretInOutput' });
});
