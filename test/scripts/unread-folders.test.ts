import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../scripts/main';
import { recordingIo } from '../support/recording-io';

const BUCKET = 'bucket: acme\n';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unread-'));
  mkdirSync(join(folder, 'environments'));
  writeFileSync(join(folder, 'environments', 'acme.yaml'), BUCKET);
});

afterEach(() => rmSync(folder, { recursive: true }));

function below(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(join(folder, 'environments', name));
    writeFileSync(join(folder, 'environments', name, 'other.yaml'), BUCKET);
  }
}

async function notesOf(...argv: readonly string[]): Promise<readonly string[]> {
  const io = recordingIo();
  await main(argv, io, { env: {}, folder, signal: new AbortController().signal });
  return io
    .notes()
    .split('\n')
    .filter((line) => line.startsWith('not read'));
}

const FIX = 'name each by itself with --environments';

test.each([
  ['list'],
  ['synth'],
  ['rehearse'],
  ['evidence', 'summary', 'environments', '--environments', 'environments'],
])('%s names a folder below that it does not read', async (...argv) => {
  below('eu');
  expect(await notesOf(...argv)).toEqual([`not read: environments/eu, below environments; ${FIX}`]);
});

test('a folder that stands for its environments is told of as well', async () => {
  below('eu');
  expect(await notesOf('prove', 'environments', '--environments', 'none')).toEqual([
    `not read: environments/eu, below environments; ${FIX}`,
  ]);
});

test.each([
  ['synth', 'acme'],
  ['list', '--environments', 'environments/eu'],
])('nothing is said where a choice was made: %s %s', async (...argv) => {
  below('eu');
  expect(await notesOf(...argv)).toEqual([]);
});

test('five folders are named, and the others counted', async () => {
  below('a', 'b', 'c', 'd', 'e', 'f', 'g');
  const named = ['a', 'b', 'c', 'd', 'e'].map((name) => `environments/${name}`).join(', ');
  expect(await notesOf('list')).toEqual([`not read: ${named}, and 2 more, below environments; ${FIX}`]);
});
