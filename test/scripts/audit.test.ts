import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../scripts/main';
import { recordingIo } from '../support/recording-io';
import { EXAMPLES, exampleStack, FIXTURES } from '../support/synthesize';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-'));
  const stacks = { one: [EXAMPLES, 'aws-kms'], two: [EXAMPLES, 'aes-256'], three: [FIXTURES, 'existing-key'] } as const;
  for (const [name, [from, example]] of Object.entries(stacks)) {
    const { text, versions } = exampleStack(from, example);
    write(`out/stacks/${name}`, text);
    writeFileSync(join(folder, 'out/stacks', name, 'versions.tf'), versions);
  }
  for (let index = 0; index < 12; index++) {
    write(`many/stacks/n${index}`, exampleStack(EXAMPLES, 'aes-256').text);
  }
  write('overridden/stacks/one', exampleStack(EXAMPLES, 'aws-kms').text);
  for (const name of ['a_override.tf', 'b.tf.json', 'notes.txt', 'terraform.tfstate', 'versions.tf'])
    writeFileSync(join(folder, 'overridden/stacks/one', name), '{}');
  const shared = { s3: { bucket: 'b', key: 'k', region: 'us-east-2', encrypt: true, use_lockfile: true } };
  for (const [name, settings] of [
    ['shared', { terraform: { backend: shared } }],
    ['unencrypted', { terraform: { backend: { s3: { ...shared.s3, encrypt: false } } } }],
    ['more', { terraform: { backend: shared, required_version: '> 1' }, resource: {} }],
  ] as const) {
    write(`backend/stacks/${name}`, exampleStack(EXAMPLES, 'aws-kms').text);
    writeFileSync(join(folder, 'backend/stacks', name, 'backend_override.tf.json'), JSON.stringify(settings));
  }
  write('broken/stacks/bad', '{');
  write('broken/stacks/good', exampleStack(EXAMPLES, 'aes-256').text);
});

afterAll(() => rmSync(folder, { recursive: true }));

function write(stack: string, text: string): void {
  mkdirSync(join(folder, stack), { recursive: true });
  writeFileSync(join(folder, stack, 'cdk.tf.json'), text);
}

function stackOf(stack: string): string {
  return readFileSync(join(folder, stack, 'cdk.tf.json'), 'utf8');
}

async function run(...argv: readonly string[]) {
  const io = recordingIo({ columns: 1000 });
  const surroundings = { env: {}, folder, signal: new AbortController().signal };
  const exitCode = await main(['audit', ...argv], io, surroundings);
  return { exitCode, results: io.results(), notes: io.notes() };
}

describe('vault-env audit', () => {
  test.each([
    ['a stack that passes', ['out/stacks/one'], 0, /^PASS: /m],
    ['the file of a stack', ['out/stacks/one/cdk.tf.json'], 0, /^PASS: /m],
    ['a stack that fails', ['out/stacks/three'], 1, /bucket-access-logging/],
    [
      'a stack that another file overrides',
      ['overridden/stacks/one'],
      1,
      /^ +because +Terraform reads more in its folder: a_override\.tf, b\.tf\.json, versions\.tf$/m,
    ],
    [
      'a shared backend beside it',
      ['backend/stacks/shared'],
      0,
      /^ {2}backend +backend\/stacks\/shared\/backend_override\.tf\.json/m,
    ],
    ['a shared backend that does not encrypt', ['backend/stacks/unencrypted'], 1, /encrypt is not true/],
    [
      'an override of more than the backend',
      ['backend/stacks/more'],
      1,
      /has 'resource', which is not read; '.*' has 'terraform\.required_version'/,
    ],
    ['a plan by itself', [join(FIXTURES, '..', 'plans', 'aws-kms.json')], 1, /^UNKNOWN: /m],
    [
      'a stack and its plan',
      ['out/stacks/one', '--plan', join(FIXTURES, '..', 'plans', 'aws-kms.json')],
      0,
      /^PASS: /m,
    ],
  ])('ends with the right exit code for %s', async (_, argv, exitCode, text) => {
    const ran = await run(...argv);
    expect({ exitCode: ran.exitCode, notes: ran.notes }).toEqual({ exitCode, notes: '' });
    expect(ran.results).toMatch(text);
  });

  test('writes the report to a file, which is then a baseline', async () => {
    expect(await run('out/stacks/one', '--format', 'json', '--out', 'approved.json')).toMatchObject({
      exitCode: 0,
      results: '',
    });
    const { exitCode, results } = await run('out/stacks/one', '--baseline', 'approved.json');
    expect({ exitCode, isSame: results.includes('nothing has changed') }).toEqual({ exitCode: 0, isSame: true });
  });

  test.each([
    ['a missing file', ['nothing.json'], 'InputNotFound'],
    [
      'a baseline that is not the approved one',
      ['out/stacks/one', '--baseline', 'out/stacks/one/cdk.tf.json', '--baseline-sha256', '0'.repeat(64)],
      'BaselineChanged',
    ],
    [
      'two plans',
      [join(FIXTURES, '..', 'plans', 'aws-kms.json'), '--plan', join(FIXTURES, '..', 'plans', 'aws-kms.json')],
      'TwoPlans',
    ],
    ['an invalid day', ['out/stacks/one', '--as-of', '2026-02-30'], 'BadArguments'],
    ['an invalid account', ['out/stacks/one', '--account', '12'], 'BadArguments'],
    ['an invalid region', ['out/stacks/one', '--region', 'nowhere'], 'BadArguments'],
    ['no jobs at all', ['out', '--jobs', '0'], 'BadArguments'],
    ['jobs that are not a number', ['out', '--jobs', 'many'], 'BadArguments'],
    ['a missing file of waivers', ['out/stacks/one', '--waivers', 'w.yaml'], 'InputNotFound'],
    ['a plan for many stacks', ['out', '--plan', 'x.json'], 'BadArguments'],
    ['a format for many stacks without a folder', ['out', '--format', 'sarif'], 'BadArguments'],
  ])('refuses %s', async (_, argv, code) => {
    const { exitCode, results, notes } = await run(...argv);
    expect({ exitCode, results }).toEqual({ exitCode: 2, results: '' });
    expect(notes).toContain(`error (${code})`);
  });

  test.each([
    ['--waivers', 'Name a YAML file of waivers with --waivers'],
    ['--baseline', 'Name a report that audit --format json wrote with --baseline'],
  ])('a missing file of %s gets a fix of its own', async (option, fix) => {
    expect((await run('out/stacks/one', option, 'nosuch')).notes).toContain(fix);
  });

  test('refuses a plan of 200 MB before it reads it', async () => {
    const file = openSync(join(folder, 'huge.json'), 'w');
    ftruncateSync(file, 200 * 1024 * 1024);
    closeSync(file);
    const before = process.memoryUsage().rss;
    const { exitCode, notes } = await run('huge.json');
    expect({ exitCode, notes }).toEqual({
      exitCode: 2,
      notes: expect.stringContaining('must be at most 64 MiB, got: 200 MiB'),
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });
});

describe('a folder of stacks', () => {
  test('is audited stack by stack, with progress and a summary', async () => {
    const { exitCode, results, notes } = await run('out', '--out', 'reports', '--format', 'json');
    expect(exitCode).toBe(1);
    expect(results).toBe('pass    one\nfail    three\npass    two\n2 pass, 1 fail\n');
    expect(notes).toBe('1 of 3: one\n2 of 3: three\n3 of 3: two\n');
    expect(readdirSync(join(folder, 'reports')).sort()).toEqual(['one.json', 'three.json', 'two.json']);
    expect(JSON.parse(readFileSync(join(folder, 'reports', 'two.json'), 'utf8')).environment).toBe('aes-256');
  });

  test('is one JSON document on standard output', async () => {
    const { exitCode, results } = await run('many', '--format', 'json');
    const { reports, outcomes } = JSON.parse(results);
    expect({ exitCode, count: reports.length, outcomes }).toEqual({ exitCode: 0, count: 12, outcomes: { pass: 12 } });
  });

  test('is audited to its end although one stack cannot be read', async () => {
    const { exitCode, results, notes } = await run('broken', '--format', 'json');
    expect({ exitCode, outcomes: JSON.parse(results).outcomes }).toEqual({
      exitCode: 2,
      outcomes: { error: 1, pass: 1 },
    });
    expect(notes).toContain('bad: error (BrokenJson)');
  });

  test('gives the same on threads, in order, with an unreadable stack among the others', async () => {
    for (const name of ['a', 'c', 'd']) write(`threads/stacks/${name}`, stackOf('out/stacks/two'));
    write('threads/stacks/b', '{');
    const files = (out: string) =>
      ['a', 'c', 'd'].map((name) => readFileSync(join(folder, out, `${name}.json`), 'utf8'));
    const [one, two] = [
      await run('threads', '--jobs', '1', '--format', 'json', '--out', 'of-one', '--evidence', 'evidence-of-one'),
      await run('threads', '--jobs', '2', '--format', 'json', '--out', 'of-two', '--evidence', 'evidence-of-two'),
    ];
    expect({ ...two, notes: two.notes.replaceAll('of-two', 'of-one') }).toEqual(one);
    expect(two).toMatchObject({ exitCode: 2, results: 'pass    a\npass    c\npass    d\n3 pass, 1 error\n' });
    expect(files('of-two')).toEqual(files('of-one'));
    expect(readdirSync(join(folder, 'evidence-of-two')).sort()).toEqual(['a', 'c', 'd']);
  });

  test('is left by every thread when told to stop', async () => {
    const threads = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
    const before = threads();
    const stop = new AbortController();
    const io = recordingIo({ columns: 1000 });
    const stopping = { ...io, note: (text: string) => (text.startsWith('2 of 12') ? stop.abort() : undefined) };
    const surroundings = { env: {}, folder, signal: stop.signal };
    expect(await main(['audit', 'many', '--jobs', '2', '--format', 'json'], stopping, surroundings)).toBe(2);
    expect(JSON.parse(`${io.results()}]}`).reports).toHaveLength(2);
    expect(threads()).toBe(before);
  });
});
