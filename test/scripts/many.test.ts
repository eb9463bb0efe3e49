import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { summarySchema } from '../../lib/summary/schema';
import type { Summary } from '../../lib/summary/summary';
import { main } from '../../scripts/main';
import { recordingIo } from '../support/recording-io';

/** The matrix of a fleet: two sound environments, one whose file is broken. */
let folder: string;

const environment = (name: string, bucket: string) =>
  writeFileSync(
    join(folder, 'environments', `${name}.yaml`),
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

  test.each([
    { file: 'nowhere.json', code: 'SummaryNotFound' },
    { file: 'environments/acme.yaml', code: 'NotASummary' },
  ])('refuses $file as the last summary', async ({ file, code }) => {
    const { exitCode, notes } = await vaultEnv('prove', 'environments', '--only-failed', file);
    expect({ exitCode, notes }).toEqual({ exitCode: 2, notes: expect.stringContaining(`error (${code})`) });
  });
});
