import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMIT_FILE, commitOf } from '../../scripts/commit';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commit-'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', COMMIT_FILE), 'abc\n');
});

afterEach(() => rmSync(folder, { recursive: true }));

const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...args], { cwd: folder, encoding: 'utf8' }).trim();

test('an installed package names the commit it was built from', () => {
  expect(commitOf(folder)).toBe('abc');
  writeFileSync(join(folder, 'dist', COMMIT_FILE), '\n');
  expect(commitOf(folder)).toBeUndefined();
});

test('a checkout names the commit that Git reports, whatever was built there, and no tag', () => {
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'x');
  git('tag', '-a', 'v1', '-m', 'x');
  const head = git('rev-parse', 'HEAD');
  expect(commitOf(folder)).toBe(head);
  writeFileSync(join(folder, 'dist', COMMIT_FILE), 'other\n');
  expect(commitOf(folder)).toBe(`${head}-dirty`);
});
