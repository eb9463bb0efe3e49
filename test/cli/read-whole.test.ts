import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWhole } from '../../lib/read-whole';
import { readText } from '../../lib/readable-text';

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-whole-'));
  writeFileSync(at('ten'), '0123456789');
  writeFileSync(at('huge'), '');
  truncateSync(at('huge'), 2 ** 30);
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['a file', 'ten', '0123456789'],
  ['a device that holds nothing', '/dev/null', ''],
])('%s is read to its end', (_, name, text) => {
  expect(readWhole(name.startsWith('/') ? name : at(name), 10).toString('utf8')).toBe(text);
});

test.each([
  ['a file', 'ten', 9],
  ['a device without an end', '/dev/zero', 200_000],
])('%s is refused above the bytes that can be read', (_, name, mostBytes) => {
  expect(() => readWhole(name.startsWith('/') ? name : at(name), mostBytes)).toThrow(
    expect.objectContaining({ code: 'ERR_FS_FILE_TOO_LARGE' }),
  );
});

test('a file of more than a text can hold is refused with the reason, and not read', () => {
  expect(readText(at('huge'))).toEqual({ reason: 'more than 512 MiB', cause: expect.any(Error) });
});
