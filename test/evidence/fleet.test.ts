import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AuditReport } from '../../lib/audit/report/audit-report';
import { addToEvidence, writeAuditEvidence } from '../../lib/evidence';
import { fleetSummarySchema } from '../../lib/evidence/fleet/schema';
import type { Verification } from '../../lib/verify/result/verification';
import { main } from '../../scripts/main';
import { EXAMPLE_REPORT, FINDINGS } from '../audit/reports/example-report';
import { recordingIo } from '../support/recording-io';
import { VERIFICATION } from '../verify/example-verification';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleet-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

async function vaultEnv(...argv: readonly string[]) {
  const io = recordingIo({ columns: 110 });
  const exitCode = await main(argv, io, { env: {}, folder, signal: new AbortController().signal });
  return { exitCode, result: io.results(), notes: io.notes() };
}

function write(name: string, content: unknown): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
}

const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const STACK = '{}';
const stackSha256 = createHash('sha256').update(STACK).digest('hex');
const INPUTS: AuditReport['inputs'] = [{ name: 'cdk.tf.json', kind: 'synthesized-stack', sha256: stackSha256 }];
const audited = (name: string, report: Partial<AuditReport> = {}) =>
  writeAuditEvidence(join(folder, 'evidence', name), {
    report: { ...EXAMPLE_REPORT, verdict: 'pass', asOf: '2026-11-01', findings: [], ...report, inputs: INPUTS },
    inputs: [{ kind: 'synthesized-stack', content: STACK }],
  });
const verification = (more: Partial<Verification>): Verification => ({
  ...VERIFICATION,
  half: 'host',
  verdict: 'pass',
  environment: 'acme',
  startedAt: '2026-11-20T10:00:00.000Z',
  evidence: { stackSha256 },
  ...more,
});

const waived = (days: Readonly<Record<string, string>>) =>
  Object.entries(days).map(([id, expires]) => ({
    ...FINDINGS[1],
    id,
    waiver: { reason: 'r', owner: 'ops', expires, source: 'file' },
  })) as AuditReport['findings'];

describe('evidence summary', () => {
  const summary = (...argv: readonly string[]) =>
    vaultEnv(
      'evidence',
      'summary',
      'evidence',
      ...(argv.includes('--as-of') ? [] : ['--as-of', '2026-11-29']),
      ...argv,
    );

  test('shows each environment by audit, host, operator and age, and the waivers that end soon', async () => {
    await audited('acme', { findings: waived({ far: '2027-11-29', near: '2026-12-09', gone: '2026-11-28' }) });
    await audited('zenith', { verdict: 'fail' });
    write('evidence/zenith/audit.html', 'changed');
    await addToEvidence(join(folder, 'evidence/acme'), [
      { name: 'verification.json', text: JSON.stringify(verification({})) },
    ]);
    const { exitCode, result } = await summary();
    expect({ exitCode, lines: result.split('\n') }).toEqual({
      exitCode: 1,
      lines: [
        'environment  audit    host              operator  age',
        'acme         pass     pass (simulated)  -         28 d',
        'zenith       CHANGED  -                 -         28 d',
        '',
        'Not passing',
        '  zenith',
        '    the evidence is not what was written, or not about one stack',
        '    the audit says fail',
        '',
        'Waivers that end within 30 days',
        '  acme: gone, by ops, until 2026-11-28 (ended 1 days ago)',
        '  acme: near, by ops, until 2026-12-09 (10 days left)',
        '',
        'FAIL: 1 of 2 pass, 1 fail, 0 could not be judged',
        '',
      ],
    });
  });

  test('leaves out a waiver that lacks what its line says', async () => {
    const [waiver] = waived({ near: '2026-12-09' });
    const without = (key: string) => ({ ...waiver, waiver: { ...waiver?.waiver, [key]: undefined } });
    const findings = [without('owner'), without('expires'), waiver];
    await audited('acme', { findings: findings as AuditReport['findings'] });
    const { result } = await summary();
    expect(result.split('\n').filter((line) => line.startsWith('  acme:'))).toEqual([
      '  acme: near, by ops, until 2026-12-09 (10 days left)',
    ]);
  });

  test('is a document by its schema, a table in Markdown, and a case for each environment in JUnit', async () => {
    await audited('acme');
    const json = await summary('--format', 'json');
    expect(fleetSummarySchema.parse(JSON.parse(json.result))).toMatchObject({
      verdict: 'pass',
      environments: [{ name: 'acme', outcome: 'pass', audit: { verdict: 'pass', day: '2026-11-01', ageDays: 28 } }],
    });
    const markdown = await summary('--format', 'markdown', '--out', 'fleet.md');
    expect(markdown).toMatchObject({ exitCode: 0, result: '', notes: expect.stringContaining('the page is fleet.md') });
    expect(readFileSync(join(folder, 'fleet.md'), 'utf8')).toContain('| `acme` | pass | pass | - | - | 28 d |  |');
    expect((await summary('--format', 'junit')).result).toContain('<testcase classname="fleet" name="acme">');
  });

  test.each([
    {
      about: 'a verification that must be there',
      argv: ['--require', 'verification'],
      exitCode: 1,
      says: 'the verification is missing',
    },
    {
      about: 'an environment without evidence',
      argv: ['--environments', 'environments'],
      exitCode: 2,
      says: 'there is no evidence',
    },
    { about: 'a day that is none', argv: ['--as-of', 'today'], exitCode: 2, says: "'--as-of' must be a day" },
    { about: 'days that are none', argv: ['--soon', '1.5'], exitCode: 2, says: "'--soon' must be a whole number" },
  ])('says no to $about', async ({ argv, exitCode, says }) => {
    await audited('acme');
    write('environments/zenith.yaml', 'regoin: x\n');
    const ran = await summary(...argv);
    expect({ exitCode: ran.exitCode, text: ran.result + ran.notes }).toEqual({
      exitCode,
      text: expect.stringContaining(says),
    });
  });

  test('refuses a folder without evidence', async () => {
    expect((await summary()).notes).toContain('error (EvidenceNotFound)');
  });
});

describe('evidence collect', () => {
  test('joins what hosts handed back: the worst decides, and all are kept', async () => {
    await audited('acme');
    write('results/host-1/verification.json', verification({}));
    write('results/host-2/stdout', verification({ verdict: 'inconclusive' }));
    write('results/host-3/other.json', { version: 1 });
    const { exitCode, result } = await vaultEnv('evidence', 'collect', 'results');
    expect({ exitCode, result }).toEqual({
      exitCode: 0,
      result: expect.stringMatching(/^pass {3}results\/host-1.*\npass {3}results\/host-2.*\n\n2 of 2 pass/),
    });
    expect(read('evidence/acme/verification.json').verdict).toBe('inconclusive');
    expect(read('evidence/acme/hosts/host-1/verification.json').verdict).toBe('pass');
    const names = read('evidence/acme/manifest.json').files.map(({ name }: { name: string }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['audit.json', 'hosts/host-2/verification.json', 'verification.html']),
    );
  });

  test('names a document that was changed on its way, and joins the others', async () => {
    await addToEvidence(join(folder, 'results/host-1'), [
      { name: 'verification.json', text: JSON.stringify(verification({ verdict: 'fail' })) },
    ]);
    write('results/host-1/verification.json', verification({}));
    write('results/host-2.json', verification({ half: 'operator' }));
    write('results/host-3.json', verification({ environment: '../outside' }));
    const { exitCode, result } = await vaultEnv('evidence', 'collect', 'results', '--format', 'json');
    expect({ exitCode, members: JSON.parse(result).members }).toMatchObject({
      exitCode: 2,
      members: [
        { name: 'results/host-1/verification.json', error: { message: 'it differs from the manifest beside it' } },
        { name: 'results/host-2.json', outcome: 'pass' },
        { name: 'results/host-3.json', error: { message: 'it names no environment: ../outside' } },
      ],
    });
    expect(read('evidence/acme/verification-operator.json').half).toBe('operator');
  });

  test('refuses a folder in which there is no verification', async () => {
    write('results/notes.txt', 'x');
    expect((await vaultEnv('evidence', 'collect', 'results')).notes).toContain('error (NothingToCollect)');
  });
});
