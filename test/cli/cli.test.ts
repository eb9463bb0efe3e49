import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles } from '../../lib/backup-environment';
import { painter, useColour } from '../../lib/cli/colour';
import { describeFailure, reportFailure } from '../../lib/cli/failure';
import type { Io } from '../../lib/cli/io';
import { createProgress } from '../../lib/cli/progress';
import { type HostProcess, type Main, run } from '../../lib/cli/run';
import { failureSchema } from '../../lib/cli/schema';
import { readTextFile } from '../../lib/cli/text-file';
import { ConfigError, ToolkitError } from '../../lib/errors';
import { createStepProgress } from '../../scripts/step-progress';
import { recordingIo } from '../support/recording-io';

describe('useColour', () => {
  test.each([
    { name: 'on a terminal', settings: {}, isTerminal: true, expected: true },
    { name: 'elsewhere', settings: {}, isTerminal: false, expected: false },
    { name: 'with NO_COLOR', settings: { NO_COLOR: '1' }, isTerminal: true, expected: false },
    { name: 'with an empty NO_COLOR', settings: { NO_COLOR: '' }, isTerminal: true, expected: true },
    { name: 'on a dumb terminal', settings: { TERM: 'dumb' }, isTerminal: true, expected: false },
    { name: 'with FORCE_COLOR', settings: { FORCE_COLOR: '1' }, isTerminal: false, expected: true },
    { name: 'with FORCE_COLOR=0', settings: { FORCE_COLOR: '0' }, isTerminal: true, expected: false },
    { name: 'with both', settings: { FORCE_COLOR: '1', NO_COLOR: '1' }, isTerminal: false, expected: true },
  ])('is $expected $name', ({ settings, isTerminal, expected }) => {
    expect(useColour(settings, isTerminal)).toBe(expected);
  });

  test('decides whether text is painted', () => {
    expect(painter(true)('no', 'red')).toBe('\u001b[31mno\u001b[39m');
    expect(painter(false)('no', 'red')).toBe('no');
  });
});

describe('describeFailure', () => {
  test.each([
    {
      name: 'a known error by its code and message',
      error: new ToolkitError('NoSuchThing', "'x' must exist, got: nothing\nMake it"),
      text: "error (NoSuchThing): 'x' must exist, got: nothing\nMake it\n",
    },
    {
      name: 'every problem of a file on a line of its own',
      error: new ConfigError('BadFile', [
        { file: 'a.yaml', path: 'region', message: 'must be a region, got: 5' },
        { file: 'a.yaml', path: '', message: 'must be valid YAML' },
      ]),
      text: "error (BadFile): 2 problems\n  a.yaml: 'region' must be a region, got: 5\n  a.yaml: must be valid YAML\n",
    },
  ])('tells $name', ({ error, text }) => {
    expect(describeFailure(error)).toBe(text);
  });

  test('tells a bug with its stack, and asks to report it', () => {
    const error = new TypeError('x is undefined');
    expect(describeFailure(error)).toBe(
      `${error.stack}\nThis is a defect of vault-env. Report it with the lines above and the command that led here.\n`,
    );
    expect(describeFailure('text')).toContain('thrown: text\n');
  });
});

describe('readTextFile', () => {
  const text = '{"label": "Ä"}';

  test.each([
    { encoding: 'UTF-8', bytes: Buffer.from(text) },
    { encoding: 'UTF-16, low bytes first', bytes: Buffer.from(`\ufeff${text}`, 'utf16le') },
    { encoding: 'UTF-16, high bytes first', bytes: Buffer.from(`\ufeff${text}`, 'utf16le').swap16() },
  ])('reads $encoding', ({ bytes }) => {
    const path = join(mkdtempSync(join(tmpdir(), 'text-file-')), 'a.json');
    writeFileSync(path, bytes);
    expect(readTextFile({ path, name: 'a.json', code: 'NotFound', fix: 'Write it' })).toBe(text);
  });
});

describe('reportFailure', () => {
  const never = new AbortController().signal;

  test('returns the exit code of the task', async () => {
    expect(await reportFailure(recordingIo(), never, async () => 1)).toBe(1);
  });

  test('turns an error into a note and exit code 2', async () => {
    const io = recordingIo();
    const task = () => Promise.reject(new ToolkitError('No', 'no'));
    expect(await reportFailure(io, never, task)).toBe(2);
    expect([io.results(), io.notes()]).toEqual(['', 'error (No): no\n']);
  });

  test.each([
    { argv: ['synth', '--format', 'json'], isDocument: true },
    { argv: ['synth', '--format=json'], isDocument: true },
    { argv: ['synth', '--format', 'text'], isDocument: false },
    { argv: ['simulate', '--', 'aws', '--format', 'json'], isDocument: false },
  ])('prints a document of the error for $argv: $isDocument', async ({ argv, isDocument }) => {
    const io = recordingIo();
    const issues = [{ file: 'a.yaml', path: 'bucket', message: 'must be another' }];
    expect(await reportFailure(io, never, () => Promise.reject(new ConfigError('BadEnvironment', issues)), argv)).toBe(
      2,
    );
    expect(io.notes()).toContain('error (BadEnvironment)');
    const document = { code: 'BadEnvironment', message: "a.yaml: 'bucket' must be another", issues };
    const printed = io.results() === '' ? undefined : failureSchema.parse(JSON.parse(io.results())).error;
    expect(printed).toEqual(isDocument ? document : undefined);
  });

  test('adds no document to a result that was printed', async () => {
    const io = recordingIo();
    const task = async (told: Io) => {
      told.result('{}');
      throw new Error('later');
    };
    await reportFailure(io, never, task, ['audit', '--format', 'json']);
    expect(io.results()).toBe('{}');
  });

  test.each([
    { title: 'nothing', files: [], prints: '', line: 'no file was written' },
    { title: 'a file', files: ['a'], prints: '', line: '1 file was written, whole' },
    {
      title: 'files and lines',
      files: ['a', 'b'],
      prints: 'a\nb\n',
      line: '2 files were written, whole, and what is printed is not all',
    },
  ])('says of a task that was stopped that it had written $title', async ({ files, prints, line }) => {
    const io = recordingIo();
    const folder = mkdtempSync(join(tmpdir(), 'stopped-'));
    const stopped = AbortSignal.abort();
    const task = async (told: Io) => {
      await writeFiles(
        folder,
        files.map((name) => ({ name, text: '' })),
      );
      if (prints !== '') told.result(prints);
      return Promise.reject(stopped.reason);
    };
    expect(await reportFailure(io, stopped, task)).toBe(2);
    rmSync(folder, { recursive: true });
    expect(io.notes()).toBe(`interrupted before the end: ${line}\n`);
  });

  test('says what went wrong while a task was stopped', async () => {
    const io = recordingIo();
    const leftBehind = new ToolkitError('LeftBehind', 'a probe');
    await reportFailure(io, AbortSignal.abort(), () => Promise.reject(leftBehind));
    expect(io.notes()).toBe('error (LeftBehind): a probe\ninterrupted before the end: no file was written\n');
  });

  test('takes the end of something else for no stop', async () => {
    const io = recordingIo();
    await reportFailure(io, never, () => Promise.reject(new DOMException('not ours', 'AbortError')));
    expect(io.notes()).toContain('not ours');
    expect(io.notes()).not.toContain('interrupted');
  });
});

describe('createProgress', () => {
  test('redraws one line on a terminal, cut to its width, and clears it', () => {
    const io = recordingIo({ isTerminal: true, columns: 10 });
    const progress = createProgress(io);
    progress.show('one');
    progress.show('two is\nlonger than that');
    progress.end();
    progress.end();
    expect(io.notes()).toBe('\r\u001b[2Kone\r\u001b[2Ktwo is l…\r\u001b[2K');
  });

  test('writes a line each elsewhere', () => {
    const io = recordingIo();
    const progress = createProgress(io);
    progress.show('one');
    progress.show('two');
    progress.end();
    expect(io.notes()).toBe('one\ntwo\n');
  });
});

describe('createStepProgress', () => {
  const steps = [
    { title: 'Find the provider' },
    { title: 'Find the provider', detail: '' },
    { title: 'Apply', detail: 'x' },
  ];

  test.each([
    { where: 'a log', isTerminal: false, notes: 'Find the provider\n' },
    {
      where: 'a terminal',
      isTerminal: true,
      notes: '\r\u001b[2KFind the provider\r\u001b[2KFind the provider\r\u001b[2KApply: x\r\u001b[2K',
    },
  ])('tells $where about the steps, and only a terminal about their details', ({ isTerminal, notes }) => {
    const io = recordingIo({ isTerminal, columns: 80 });
    const progress = createStepProgress(io);
    for (const step of steps) progress.onStep(step);
    progress.end();
    expect(io.notes()).toBe(notes);
  });
});

describe('run', () => {
  class Stream extends EventEmitter {
    text = '';
    write(chunk: string) {
      this.text += chunk;
    }
  }

  class Host extends EventEmitter {
    readonly argv = ['node', 'vault-env', 'synth', 'acme'];
    readonly env = { NO_COLOR: '1' };
    readonly stdout = new Stream();
    readonly stderr = new Stream();
    exitCode: number | undefined;
    readonly exits: number[] = [];
    cwd() {
      return '/somewhere';
    }
    exit(code: number) {
      this.exits.push(code);
    }
  }

  async function runOn(host: Host, main: Main) {
    await run(main, host as HostProcess);
    return host;
  }

  test('gives the command its arguments and channels, and sets its exit code', async () => {
    const host = await runOn(new Host(), async (argv, io, { env, folder }) => {
      io.result(JSON.stringify([argv, env, folder]));
      io.note('working\n');
      return 1;
    });
    expect(host.stdout.text).toBe('[["synth","acme"],{"NO_COLOR":"1"},"/somewhere"]');
    expect(host.stderr.text).toBe('working\n');
    expect(host.exitCode).toBe(1);
  });

  test.each([
    { signal: 'SIGINT', exitCode: 130 },
    { signal: 'SIGTERM', exitCode: 143 },
    { signal: 'SIGHUP', exitCode: 129 },
  ])('stops the command on $signal, waits for it, and ends with $exitCode', async ({ signal, exitCode }) => {
    const host = new Host();
    let isCleanedUp = false;
    await runOn(host, async (_argv, _io, surroundings) => {
      host.emit(signal);
      await new Promise((resolve) => setImmediate(resolve));
      isCleanedUp = surroundings.signal.aborted;
      surroundings.signal.throwIfAborted();
      return 0;
    });
    expect({ isCleanedUp, exitCode: host.exitCode, exits: host.exits }).toEqual({
      isCleanedUp: true,
      exitCode,
      exits: [],
    });
    expect(host.stderr.text).toBe(
      `\n${signal}: stopping and cleaning up; once more ends at once\ninterrupted before the end: no file was written\n`,
    );
  });

  test('hears of a signal that came while the command never waited', async () => {
    const host = new Host();
    await runOn(host, async () => {
      setImmediate(() => host.emit('SIGINT'));
      return 0;
    });
    expect({ exitCode: host.exitCode, notes: host.stderr.text }).toEqual({
      exitCode: 130,
      notes: '\nSIGINT: the work was done already; once more ends at once\n',
    });
  });

  test('ends on a signal while a slow reader takes what was printed', async () => {
    const host = await runOn(new Host(), async () => 1);
    host.emit('SIGTERM');
    expect({ exitCode: host.exitCode, exits: host.exits }).toEqual({ exitCode: 143, exits: [] });
    host.emit('SIGTERM');
    expect(host.exits).toEqual([143]);
  });

  test('ends at once on a second signal', async () => {
    const host = new Host();
    await runOn(host, async () => {
      host.emit('SIGTERM');
      host.emit('SIGINT');
      return 0;
    });
    expect(host.exits).toEqual([130]);
  });

  test('ends with 2 when an error escapes from the command', async () => {
    const host = await runOn(new Host(), async () => 0);
    host.emit('uncaughtException', new ToolkitError('Escaped', 'from a callback'));
    expect({ exits: host.exits, notes: host.stderr.text }).toEqual({
      exits: [2],
      notes: 'error (Escaped): from a callback\n',
    });
  });

  test('goes on when the reader of a stream went away, and names any other trouble', async () => {
    const host = await runOn(new Host(), async () => 0);
    host.stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    for (const [code, reason] of [
      ['ENOSPC', 'a disk that is full'],
      ['EAGAIN', 'a pipe that is full'],
      ['EIO', 'EIO'],
    ]) {
      expect(() => host.stdout.emit('error', Object.assign(new Error('write'), { code }))).toThrow(
        `the output must take what is printed, got: ${reason}`,
      );
    }
  });
});

const systemError = (code: string, more: object) => Object.assign(new Error(`${code}: refused`), { code, ...more });

describe('a refusal of the system', () => {
  test.each([
    [
      'EACCES',
      "'/ro/x' must be there for mkdir, got: no permission\nGive this user the permission, or name another place",
    ],
    ['EROFS', "'/ro/x' must be there for mkdir, got: a file system that is read-only\nName another place"],
    [
      'EEXIST',
      "'/ro/x' must be there for mkdir, got: another thing of that name\nTake it away, or choose another name",
    ],
  ])('%s is told without a stack', (code, message) => {
    const error = systemError(code, { syscall: 'mkdir', path: '/ro/x' });
    expect(describeFailure(error)).toBe(`error (RefusedBySystem): ${message}\n`);
  });

  test('to make a folder for a while names what says where it is made', () => {
    expect(describeFailure(systemError('ENOENT', { syscall: 'mkdtemp', path: '/no/vault-env-XXXXXX' }))).toBe(
      "error (RefusedBySystem): '/no' must be a folder for temporary files that can be written to, got: no such file or folder\nSet TMPDIR (on Windows, TEMP) to another one\n",
    );
  });

  test('while something is written has no path', () => {
    expect(describeFailure(systemError('ENOSPC', { syscall: 'write' }))).toBe(
      'error (RefusedBySystem): a file must be there for write, got: a disk that is full\nMake room there, or name another place\n',
    );
  });

  test('of a program that is missing names it', () => {
    expect(describeFailure(systemError('ENOENT', { syscall: 'spawn git', path: 'git' }))).toBe(
      "error (CannotStart): 'git' must be a program that can be started, got: no such program\nInstall it, and put it on the PATH\n",
    );
  });

  test('is a document with --format json, and ends with 2', async () => {
    const io = recordingIo();
    const fail = () => Promise.reject(systemError('EACCES', { syscall: 'open', path: 'x' }));
    const exitCode = await reportFailure(io, new AbortController().signal, fail, ['--format', 'json']);
    expect({ exitCode, code: JSON.parse(io.results()).error.code }).toEqual({ exitCode: 2, code: 'RefusedBySystem' });
  });

  test('that nobody knows stays a defect with its stack', () => {
    expect(describeFailure(systemError('EIEIO', { syscall: 'open', path: 'x' }))).toContain('This is a defect');
    expect(describeFailure(systemError('ENOENT', {}))).toContain('This is a defect');
  });
});
