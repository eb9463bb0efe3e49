import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unreadFolders } from '../../lib/config/unread-folders';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unread-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('the folders that nobody reads', () => {
  test.each([
    ['an environment', 'eu/acme.yaml', 'label: Acme\nbucket: acme\n', ['eu']],
    ['an environment as JSON, which is YAML too', 'eu/acme.yml', '{\n"bucket": "acme"}\n', ['eu']],
    ['an environment three folders below', 'a/b/c/acme.yaml', 'bucket: acme\n', ['a/b/c']],
    ['one four folders below', 'a/b/c/d/acme.yaml', 'bucket: acme\n', []],
    ['waivers', 'notes/waivers.yaml', 'waivers:\n  - id: a\n    bucket: acme\n', []],
    ['what environments share', 'eu/defaults.yaml', 'bucket: acme\n', []],
    ['a file of a hidden folder', '.old/acme.yaml', 'bucket: acme\n', []],
    ['an environment beside', 'acme.yaml', 'bucket: acme\n', []],
  ])('with %s', (_, file, text, unread) => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    expect(unreadFolders(folder)).toEqual(unread.map((name) => join(folder, name)));
  });
});
