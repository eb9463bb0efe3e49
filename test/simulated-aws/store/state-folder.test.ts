import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStateFolder, type StateFolder } from '../../../lib/simulated-aws/store/folder';
import { journalLine } from '../../../lib/simulated-aws/store/journal';

const header = { accountIds: ['111122223333'], regions: ['eu-west-1'], partition: 'aws' };
const record = (key: string) => ({ collection: 'iam/roles', key, value: key });

let root: string;
let folder: string;
const opened: StateFolder[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'state-'));
  folder = join(root, 'state');
});

afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  rmSync(root, { recursive: true });
});

function open(path = folder): StateFolder {
  const state = openStateFolder(path);
  opened.push(state);
  return state;
}

/** A state with a snapshot of two records, and a third in its journal. */
function write(): void {
  const state = open();
  state.writeSnapshot(header, [record('a'), record('b')]);
  state.append([record('c')]);
  state.close();
}

const keys = ({ records }: StateFolder) => [...records.entries('iam/roles')].map(([key]) => key);

/** Every file of a folder, with what is in it. */
function filesIn(path: string): object {
  const names = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(names.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'utf8')]));
}

describe('a folder of state', () => {
  test('gives back its snapshot and its journal', () => {
    write();
    expect([keys(open()), readdirSync(folder).sort()]).toEqual([
      ['a', 'b', 'c'],
      ['bodies', 'journal-1.jsonl', `lock-${process.pid}`, 'snapshot.jsonl'],
    ]);
  });

  test.each([
    { of: 'someone else', files: { 'precious.txt': 'text' } },
    { of: 'someone else, named like a lock', files: { lock: 'text' } },
    { of: 'someone else, named like a journal', files: { 'journal-9.jsonl': 'text' } },
    { of: 'someone else, among the bodies', files: { 'bodies/precious.txt': 'text' } },
    { of: 'someone else, named like the bodies', files: { bodies: 'text' } },
    { of: 'a state without its snapshot', files: { [`bodies/${'0'.repeat(64)}`]: 'text' } },
  ])('is refused, and left untouched, when it holds a file of $of', ({ files }) => {
    mkdirSync(join(folder, 'bodies'), { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      if (name === 'bodies') rmSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const before = filesIn(folder);
    expect(() => open()).toThrow(expect.objectContaining({ code: 'NotAState' }));
    expect(filesIn(folder)).toEqual(before);
  });

  test('keeps files that are not its own', () => {
    write();
    for (const name of ['notes.txt', 'bodies/notes.txt']) writeFileSync(join(folder, name), 'text');
    const state = open();
    state.bodies.removeOthers();
    state.writeSnapshot(header, []);
    expect(filesIn(folder)).toMatchObject({ 'notes.txt': 'text' });
    expect(readdirSync(join(folder, 'bodies'))).toEqual(['notes.txt']);
  });

  test('starts afresh where the first start was killed before its snapshot', () => {
    mkdirSync(join(folder, 'bodies'), { recursive: true });
    for (const name of ['journal-0.jsonl', 'journal-1.jsonl', 'lock-999999999']) writeFileSync(join(folder, name), '');
    writeFileSync(join(folder, 'snapshot.jsonl.new'), 'half');
    expect(open().header).toBeUndefined();
  });

  test('is damaged, and left untouched, wherever its snapshot was cut short', () => {
    write();
    const text = readFileSync(join(folder, 'snapshot.jsonl'), 'utf8');
    const cuts = [...text].flatMap((character, index) => (character === '\n' ? [index - 1, index, index + 1] : []));
    for (const cut of [0, ...cuts.slice(0, -1)]) {
      const copy = join(root, `cut-${cut}`);
      cpSync(folder, copy, { recursive: true });
      truncateSync(join(copy, 'snapshot.jsonl'), cut);
      const before = filesIn(copy);
      expect(() => open(copy)).toThrow(expect.objectContaining({ code: 'StateDamaged' }));
      expect(filesIn(copy)).toEqual(before);
    }
  });

  test('is damaged without the journal that its snapshot names', () => {
    write();
    rmSync(join(folder, 'journal-1.jsonl'));
    expect(() => open()).toThrow(expect.objectContaining({ code: 'StateDamaged' }));
  });

  test('is refused when it has another version', () => {
    write();
    writeFileSync(join(folder, 'snapshot.jsonl'), journalLine({ version: 1, journal: 1, ...header }));
    expect(() => open()).toThrow(expect.objectContaining({ code: 'StateOfOtherVersion' }));
  });

  test.each([
    { where: 'below a file', path: () => join(root, 'file', 'state'), got: 'a file, where a folder is needed' },
    { where: 'in place of a file', path: () => join(root, 'file'), got: 'another thing of that name' },
    ...(existsSync('/proc')
      ? [{ where: 'where the system makes no folder', path: () => '/proc/1/state/deep', got: 'no such file or folder' }]
      : []),
  ])('is refused $where', ({ path, got }) => {
    writeFileSync(join(root, 'file'), 'text');
    const message = `'${path()}' must be a folder that can be written, or one that can be made, got: ${got}\nName another folder`;
    expect(() => open(path())).toThrow(expect.objectContaining({ code: 'StateFolderUnusable', message }));
    expect(filesIn(root)).toEqual({ file: 'text' });
  });
});

describe('the lock of a folder', () => {
  const inUse = (pid: number | undefined) =>
    expect.objectContaining({ code: 'StateInUse', message: expect.stringContaining(`process ${pid}`) });

  test('is held once in a process', () => {
    open();
    expect(() => open()).toThrow(inUse(process.pid));
    opened.splice(0).forEach((one) => {
      one.close();
    });
    open();
  });

  test('is held by a running process, and not by one that was killed', async () => {
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    write();
    writeFileSync(join(folder, `lock-${holder.pid}`), '');
    expect(() => open()).toThrow(inUse(holder.pid));
    expect(readdirSync(folder)).not.toContain(`lock-${process.pid}`);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    open();
    expect(readdirSync(folder)).not.toContain(`lock-${holder.pid}`);
  });

  const ofAnother = existsSync('/proc/self/stat') ? test.each : test.skip.each;
  ofAnother([
    ['its own number', process.pid],
    ['the number of a running one', process.ppid],
  ])('is not held by a process that was killed and had %s', (_of, pid) => {
    write();
    writeFileSync(join(folder, `lock-${pid}`), '1');
    open();
    expect(readdirSync(folder).filter((name) => name.startsWith('lock-'))).toEqual([`lock-${process.pid}`]);
  });
});
