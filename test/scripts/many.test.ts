import fs, { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { summarySchema } from '../../lib/summary/schema';
import type { Summary } from '../../lib/summary/summary';
import { main } from '../../scripts/main';
import { recordingIo } from '../support/recording-io';

/** The matrix of a fleet: two sound environments, one whose file is broken. */
let folder: string;

const environment = (name: string, bucket: string, place = 'environments') =>
  writeFileSync(
    join(folder, place, `${name}.yaml`),
    `label: ${name}\naccount: "111122223333"\nregion: us-east-2\nbucket: ${bucket}\nencryption: { method: AES-256 }\nhost: { kind: ec2 }\n`,
  );

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'many-'));
  mkdirSync(join(folder, 'environments'));
  environment('acme', 'acme-vault');
  environment('broken', 'Acme');
  environment('zenith', 'zenith-vault');
});

afterAll(() => rmSync(folder, { recursive: true }));

async function vaultEnv(...argv: readonly string[]) {
  const io = recordingIo({ columns: 110 });
  const exitCode = await main(argv, io, { env: process.env, folder, signal: new AbortController().signal });
  return { exitCode, result: io.results(), notes: io.notes() };
}

const outcomesOf = (summary: Summary) => summary.members.map(({ name, outcome }) => `${name} ${outcome}`);

describe('prove for several', () => {
  test('goes through the whole folder, and a broken file stops no other', async () => {
    const { exitCode, result } = await vaultEnv('prove', 'environments', '--format', 'json', '--summary', 'last.json');
    const summary = summarySchema.parse(JSON.parse(result));
    expect({ exitCode, verdict: summary.verdict, counts: summary.counts, members: outcomesOf(summary) }).toEqual({
      exitCode: 2,
      verdict: 'error',
      counts: { total: 3, pass: 2, fail: 0, error: 1 },
      members: ['acme pass', 'broken error', 'zenith pass'],
    });
    expect(summary.members[1]?.error).toMatchObject({ code: 'BadEnvironment' });
    expect(summary.members[0]?.document).toMatchObject({ version: 1, environment: 'acme', verdict: 'pass' });
    expect(JSON.parse(readFileSync(join(folder, 'last.json'), 'utf8'))).toEqual(summary);

    const again = await vaultEnv('prove', 'environments', '--format', 'junit', '--only-failed', 'last.json');
    expect(again.exitCode).toBe(2);
    expect(again.result).toContain('<testsuite name="prove" tests="1" failures="0" errors="1" skipped="0">');
    expect(again.result).toContain('classname="prove" name="broken"');
  });

  test('has a JUnit case for each claim, and a line for each in text and Markdown', async () => {
    const junit = await vaultEnv('prove', 'acme', '--format', 'junit');
    expect(junit.exitCode).toBe(0);
    expect(junit.result).toMatch(/<testsuite name="acme" tests="\d\d" failures="0" errors="0" skipped="0">/);
    const text = await vaultEnv('prove', 'acme', 'broken');
    expect(text.result).toMatch(/^pass {3}acme {4}\d+\.\d s\nerror {2}broken {2}\d+\.\d s\n {7}BadEnvironment: /);
    expect(text.result).toContain('1 of 2 pass, 0 fail, 1 could not be judged\n');
    const markdown = await vaultEnv('prove', 'acme', 'broken', '--format', 'markdown');
    expect(markdown.result).toContain('| `acme` | pass |  |');
  });
});

const SUMMARY = {
  version: 1,
  verb: 'prove',
  verdict: 'fail',
  tool: { name: 'vault-backup-environment', version: '0.1.0' },
  counts: { total: 3, pass: 1, fail: 2, error: 0 },
  members: [
    { name: 'acme', outcome: 'pass', durationMs: 5 },
    { name: 'broken', outcome: 'fail', durationMs: 5 },
    { name: 'gone', outcome: 'fail', durationMs: 5 },
  ],
};

const keep = (file: string, summary: object) => writeFileSync(join(folder, file), JSON.stringify(summary));

describe('--only-failed', () => {
  test('leaves out what passed and what is no more, judges what is new, and keeps a summary of all', async () => {
    keep('prove.json', SUMMARY);
    const flags = ['--only-failed', 'prove.json', '--summary', 'prove.json'];
    const { exitCode, result, notes } = await vaultEnv('prove', 'environments', ...flags);
    expect(exitCode).toBe(2);
    expect(result).toContain('1 of 2 pass, 0 fail, 1 could not be judged\n');
    expect(notes).toContain('left out, as they are not among those that were named: gone\n');
    const kept = summarySchema.parse(JSON.parse(readFileSync(join(folder, 'prove.json'), 'utf8')));
    expect(outcomesOf(kept)).toEqual(['acme pass', 'broken error', 'zenith pass']);
  });

  test('says so when each passed, and ends with 0', async () => {
    keep('passed.json', { ...SUMMARY, members: SUMMARY.members.slice(0, 1) });
    const { exitCode, notes } = await vaultEnv('prove', 'acme', '--only-failed', 'passed.json');
    expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: 'nothing to prove: each passed in the last summary\n' });
  });

  test('repeats of synth those that were broken, also when no other is left', async () => {
    const first = await vaultEnv('synth', '--summary', 'synth.json');
    const again = await vaultEnv('synth', '--only-failed', 'synth.json', '--summary', 'synth.json');
    expect([first.exitCode, again.exitCode, again.result]).toEqual([2, 2, '']);
    expect(again.notes).toMatch(/^error \(BadEnvironment\): 1 problem\n/);
    const kept = summarySchema.parse(JSON.parse(readFileSync(join(folder, 'synth.json'), 'utf8')));
    expect(outcomesOf(kept)).toEqual(['acme pass', 'broken error', 'zenith pass']);
  });

  const FIX = 'Name the file that --summary wrote';
  const REFUSED = [
    { what: 'no file', file: 'nowhere.json', code: 'SummaryNotFound', got: `no such file or folder\n${FIX}` },
    { what: 'another file', file: 'environments/acme.yaml', code: 'NotASummary', got: `something else\n${FIX}` },
    { what: 'a later version', file: 'later.json', code: 'NotASummary', got: 'version 2 of that document, where this' },
  ];

  test.each(REFUSED)('refuses $what', async ({ file, code, got }) => {
    keep('later.json', { ...SUMMARY, version: 2 });
    const { exitCode, notes } = await vaultEnv('prove', 'environments', '--only-failed', file);
    expect(exitCode).toBe(2);
    expect(notes).toMatch(new RegExp(`^error \\(${code}\\): `));
    expect(notes).toContain(`, got: ${got}`);
  });

  const TAKES_MANY = [['prove'], ['diff'], ['emit'], ['verify'], ['synth'], ['evidence', 'verify']];

  test.each(TAKES_MANY)('of %s %s refuses the summary of another verb', async (...verb) => {
    keep('other.json', { ...SUMMARY, verb: 'audit' });
    const { exitCode, notes } = await vaultEnv(...verb, 'acme', 'zenith', '--only-failed', 'other.json');
    const wanted = verb.filter(Boolean).join(' ');
    expect({ exitCode, notes }).toEqual({
      exitCode: 2,
      notes: `error (NotASummary): 'other.json' must be a summary of ${wanted}, got: one of audit\n${FIX} in a run of ${wanted}\n`,
    });
  });
});

const ONE_BASELINE = ['--baseline', 'environments/acme.yaml'];

/** Options that belong to one, typed for two. */
const FOR_ONE = [
  { argv: ['prove', 'acme', 'zenith', '--role-policy', 'x.json'], fix: 'Prove each by itself' },
  { argv: ['diff', 'acme', 'zenith', '--role-policy', 'x.json'], fix: 'Plan each by itself' },
  { argv: ['emit', 'acme', 'zenith', '--from', 'outputs.json'], fix: 'Emit each by itself' },
  { argv: ['emit', 'acme', 'zenith', '--stack', 'cdktf.out'], fix: 'Name the folder of all stacks' },
  { argv: ['diff', 'environments', ...ONE_BASELINE], fix: 'Write them with vault-env audit cdktf.out' },
  { argv: ['audit', 'fleet', ...ONE_BASELINE], fix: 'Write them with vault-env audit cdktf.out' },
  { argv: ['audit', 'fleet', '--plan', 'plan.json'], fix: 'Name the folder of the one stack' },
  { argv: ['audit', 'fleet', '--role-policy', 'x.json'], fix: 'Name the folder of the one stack' },
  { argv: ['audit', 'fleet', '--baseline-sha256', '0'], fix: 'Name the folder of the one stack' },
  { argv: ['verify', 'a', 'b', '--as', 'operator', '--stack', 'cdktf.out'], fix: 'Leave it out: each is compared' },
  { argv: ['verify', 'a', 'b', '--format', 'html'], fix: 'Verify each by itself' },
  {
    argv: ['verify', 'a/x.json', 'b/../a/y.json', '--out', 'results'],
    fix: 'What is kept of each goes by the name of its folder: emit them',
  },
  { argv: ['evidence', 'verify', 'a', 'b', '--manifest-sha256', '0'], fix: 'Verify each by itself' },
  { argv: ['evidence', 'collect', 'a', '--only-failed', 'x.json'], fix: 'Leave it out' },
  { argv: ['evidence', 'summary', 'a', '--summary', 'x.json'], fix: 'Leave it out' },
  { argv: ['prove', 'environments', 'twins'], fix: 'Run the folders one by one' },
];

describe('for several', () => {
  beforeAll(() => {
    mkdirSync(join(folder, 'twins'));
    writeFileSync(join(folder, 'twins/acme.yaml'), 'label: another\n');
    for (const name of ['acme', 'zenith']) {
      mkdirSync(join(folder, 'fleet/stacks', name), { recursive: true });
      writeFileSync(join(folder, 'fleet/stacks', name, 'cdk.tf.json'), '{}');
    }
  });

  test.each(FOR_ONE)('$argv is refused with what to do instead', async ({ argv, fix }) => {
    const { exitCode, result, notes } = await vaultEnv(...argv);
    expect({ exitCode, result }).toEqual({ exitCode: 2, result: '' });
    expect(notes).toMatch(/^error \(BadArguments\): '.+' must .+, got: .+\n/);
    expect(notes).toContain(`\n${fix}`);
  });

  test('a folder of approved reports is the baseline of each', async () => {
    await vaultEnv('synth', 'acme', 'zenith');
    await vaultEnv('audit', 'cdktf.out', '--format', 'json', '--out', 'approved');
    rmSync(join(folder, 'approved/zenith.json'));
    const { exitCode, result, notes } = await vaultEnv(
      'audit',
      'cdktf.out',
      '--baseline',
      'approved',
      '--format',
      'json',
    );
    const { reports, outcomes } = JSON.parse(result);
    expect({ exitCode, outcomes }).toMatchObject({ exitCode: 2, outcomes: { error: 1 } });
    expect(reports).toMatchObject([
      { environment: 'acme', inputs: [{}, { name: 'approved/acme.json', kind: 'baseline' }] },
    ]);
    expect(notes).toContain("zenith: error (InputNotFound): 'approved/zenith.json' must be a file that can be read");
  });

  test('no file is read more often for five environments than for two', async () => {
    const spy = join(folder, 'spy.cjs');
    writeFileSync(spy, SPY);
    const mostReads = async (place: string, size: number) => {
      const log = join(folder, `reads-in-${place}`);
      writeFileSync(log, '');
      mkdirSync(join(folder, place));
      for (let index = 0; index < size; index++) environment(`acme-${index}`, `acme-vault-${index}`, place);
      const seen = jest.spyOn(fs, 'readFileSync');
      const env = { ...process.env, NODE_OPTIONS: `--require ${spy}`, READS: log };
      await main(['prove', place], recordingIo(), { env, folder, signal: new AbortController().signal });
      const own = seen.mock.calls.map(([path]) => String(path));
      seen.mockRestore();
      const reads = [...own, ...readFileSync(log, 'utf8').split('\n')].filter((path) => path.endsWith('.yaml'));
      const counts = new Map<string, number>();
      for (const path of reads) counts.set(path, (counts.get(path) ?? 0) + 1);
      expect(counts.size).toBeGreaterThanOrEqual(size);
      return Math.max(...counts.values());
    };
    expect(await mostReads('five', 5)).toBe(await mostReads('two', 2));
  });
});

/** Told to Node with `--require`: writes down what is read. */
const SPY = `
const fs = require('node:fs');
const { readFileSync } = fs;
fs.readFileSync = (path, ...rest) => {
  fs.appendFileSync(process.env.READS, path + '\\n');
  return readFileSync(path, ...rest);
};
`;
