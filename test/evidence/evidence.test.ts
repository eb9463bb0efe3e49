import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditReport } from '../../lib/audit/report/audit-report';
import { renderHtml } from '../../lib/audit/reports/html/page';
import type { StackOutput } from '../../lib/backup-environment';
import { sumOfConfig } from '../../lib/backup-environment/sum';
import {
  type AuditEvidence,
  addToEvidence,
  renderEvidenceText,
  tryToAdd,
  verificationFile,
  verifyEvidence,
  writeAuditEvidence,
} from '../../lib/evidence';
import { main } from '../../scripts/main';
import { EXAMPLE_REPORT } from '../audit/reports/example-report';
import { AES_256_CONFIG, AES_256_OUTPUT, asVersion1 } from '../backup-environment/example';
import { recordingIo } from '../support/recording-io';

let temporary: string;
let folder: string;

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'evidence-'));
  folder = join(temporary, 'evidence');
});

afterEach(() => rmSync(temporary, { recursive: true }));

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
const STACK = Buffer.from(`${JSON.stringify({ output: { backup_environment: { value: AES_256_OUTPUT } } })}\n`);
const WAIVERS = '- rule: tls-only\n';
const REPORT: AuditReport = {
  ...EXAMPLE_REPORT,
  inputs: [
    { name: 'somewhere/cdk.tf.json', kind: 'synthesized-stack', sha256: sha256(STACK) },
    { name: 'my-waivers.yaml', kind: 'waivers', sha256: sha256(WAIVERS) },
  ],
};
const EVIDENCE: AuditEvidence = {
  report: REPORT,
  inputs: [
    { kind: 'synthesized-stack', content: STACK },
    { kind: 'waivers', content: WAIVERS },
  ],
};
const PAGE = renderHtml(REPORT);
const NAMES = ['audit.html', 'audit.json', 'inputs/cdk.tf.json', 'inputs/waivers.yaml', 'versions.json'];
const OF_THIS_STACK = { evidence: { stackSha256: sha256(STACK) } };

const CUT = { ...AES_256_OUTPUT.permissions, capabilities: ['backup'] };

/** The values, and the sum of the config that they make. */
function withSum(values: typeof OF_THIS_STACK & Pick<StackOutput, 'permissions'>) {
  const configSha256 = sumOfConfig({ ...AES_256_CONFIG, ...values });
  return { ...values, evidence: { ...values.evidence, configSha256 } };
}

const read = (name: string) => readFileSync(join(folder, name));
const json = (value: unknown) => `${JSON.stringify(value)}\n`;
const config = (values: object) => ({ name: 'backup-environment.json', text: json({ ...AES_256_CONFIG, ...values }) });
const verification = (values: object) => ({ name: 'verification.json', text: json({ verdict: 'pass', ...values }) });

function tree(): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
}

async function vaultEnv(...argv: readonly string[]) {
  const io = recordingIo({ columns: 1000 });
  const signal = new AbortController().signal;
  const exitCode = await main(argv, io, { env: {}, folder: temporary, signal });
  return { exitCode, result: io.results(), notes: io.notes() };
}

describe('an audit as evidence', () => {
  test('is its report, its inputs, the versions, and a manifest with the sum of each', async () => {
    const seal = await writeAuditEvidence(folder, EVIDENCE);
    expect(tree()).toEqual([...NAMES, 'manifest.json'].sort());
    expect(JSON.parse(String(read('manifest.json')))).toEqual({
      version: 1,
      files: NAMES.map((name) => ({ name, sha256: sha256(read(name)), bytes: read(name).length })),
    });
    expect(seal).toBe(sha256(read('manifest.json')));
    expect(read('inputs/cdk.tf.json')).toEqual(STACK);
    expect(JSON.parse(String(read('audit.json')))).toEqual(REPORT);
    expect(JSON.parse(String(read('versions.json')))).toEqual({
      version: 1,
      environment: 'aws-kms',
      tool: REPORT.tool,
      catalogue: REPORT.catalogue,
    });
  });

  test('keeps the bytes of an input that is not text', async () => {
    const content = Uint8Array.of(0, 255, 254, 10);
    await writeAuditEvidence(folder, { ...EVIDENCE, inputs: [{ kind: 'plan', content }] });
    expect(new Uint8Array(read('inputs/plan.json'))).toEqual(content);
  });

  test('has the same bytes when it is written again, wherever it is', async () => {
    const seal = await writeAuditEvidence(folder, EVIDENCE);
    expect(await writeAuditEvidence(join(temporary, 'other'), EVIDENCE)).toBe(seal);
    expect(await writeAuditEvidence(folder, EVIDENCE)).toBe(seal);
  });

  test('takes the place of an earlier one, and leaves what others added', async () => {
    await writeAuditEvidence(folder, EVIDENCE);
    await addToEvidence(folder, [verification(OF_THIS_STACK)]);
    const changed = Buffer.from('{}\n');
    const inputs = [{ name: 'cdk.tf.json', kind: 'synthesized-stack' as const, sha256: sha256(changed) }];
    await writeAuditEvidence(folder, {
      ...EVIDENCE,
      report: { ...REPORT, inputs },
      inputs: [{ kind: 'synthesized-stack', content: changed }],
    });
    expect(tree()).toEqual([
      'audit.html',
      'audit.json',
      'inputs/cdk.tf.json',
      'manifest.json',
      'verification.json',
      'versions.json',
    ]);
    const { verdict, counts, links } = await verifyEvidence(folder);
    expect({ verdict, counts }).toEqual({
      verdict: 'fail',
      counts: { total: 5, intact: 5, changed: 0, missing: 0, extra: 0 },
    });
    expect(links.map(({ id, result }) => `${id} ${result}`)).toEqual([
      'inputs same',
      'config not-there',
      'verification different',
    ]);
  });

  test('is not written over the files of somebody else', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'thesis.tex'), 'mine');
    await expect(writeAuditEvidence(folder, EVIDENCE)).rejects.toMatchObject({
      code: 'NotEvidence',
      message: expect.stringContaining('must be an evidence folder, empty or new, got: a folder with thesis.tex'),
    });
    expect(tree()).toEqual(['thesis.tex']);
  });

  test('is tried without leaving a trace, whether files may be added or not', async () => {
    await tryToAdd(folder);
    expect(readdirSync(temporary)).toEqual([]);
    mkdirSync(folder);
    writeFileSync(join(folder, 'thesis.tex'), 'mine');
    await expect(tryToAdd(folder)).rejects.toMatchObject({ code: 'NotEvidence' });
    expect(tree()).toEqual(['thesis.tex']);
  });

  test('never holds a secret', async () => {
    const content = Buffer.from(`{"access_key":"AKIA${'IOSFODNN7EXAMPLE'}"}`);
    const evidence = { ...EVIDENCE, inputs: [{ kind: 'plan' as const, content }] };
    await expect(writeAuditEvidence(folder, evidence)).rejects.toMatchObject({ code: 'SecretInOutput' });
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe('adding to evidence', () => {
  test('does not hide that another file was changed', async () => {
    await writeAuditEvidence(folder, EVIDENCE);
    writeFileSync(join(folder, 'audit.html'), 'all is well');
    await addToEvidence(folder, [verification(OF_THIS_STACK)]);
    const { files } = await verifyEvidence(folder);
    expect(files.filter(({ result }) => result !== 'intact')).toEqual([
      { name: 'audit.html', result: 'changed', expected: sha256(PAGE), found: sha256('all is well') },
    ]);
  });

  test('begins a folder where there is none, and replaces a file of the same name', async () => {
    await addToEvidence(folder, [verification({ verdict: 'fail' })]);
    await addToEvidence(folder, [verification(OF_THIS_STACK)]);
    expect(await verifyEvidence(folder)).toMatchObject({ verdict: 'pass', counts: { total: 1, intact: 1 } });
  });
});

describe('verification of evidence', () => {
  beforeEach(async () => {
    await writeAuditEvidence(folder, EVIDENCE);
    await addToEvidence(folder, [config(OF_THIS_STACK), verification({ ...OF_THIS_STACK, simulated: true })]);
  });

  test('passes a folder that is as it was written, and repeats what the documents say', async () => {
    expect(await verifyEvidence(folder)).toMatchObject({
      verdict: 'pass',
      counts: { total: 7, intact: 7, changed: 0, missing: 0, extra: 0 },
      links: [
        { id: 'inputs', result: 'same' },
        { id: 'config', result: 'same', expected: sha256(STACK), found: sha256(STACK) },
        { id: 'config-content', result: 'same' },
        { id: 'verification', result: 'same', expected: sha256(STACK), found: sha256(STACK) },
      ],
      stated: [
        { name: 'audit.json', verdict: 'fail' },
        { name: 'verification.json', verdict: 'pass', simulated: true },
      ],
    });
  });

  test.each([
    {
      what: 'a changed file',
      act: () => writeFileSync(join(folder, 'inputs/cdk.tf.json'), '{}'),
      problems: ['changed inputs/cdk.tf.json', 'inputs different', 'config-content different'],
    },
    {
      what: 'a missing file',
      act: () => rmSync(join(folder, 'inputs/waivers.yaml')),
      problems: ['missing inputs/waivers.yaml', 'inputs different'],
    },
    {
      what: 'a file that is not listed',
      act: () => writeFileSync(join(folder, '.hidden'), ''),
      problems: ['extra .hidden'],
    },
    {
      what: 'a folder that is not listed',
      act: () => mkdirSync(join(folder, 'more/empty'), { recursive: true }),
      problems: ['extra more/empty/'],
    },
    {
      what: 'a link in the place of a file',
      act: () => {
        rmSync(join(folder, 'audit.html'));
        writeFileSync(join(temporary, 'elsewhere'), PAGE);
        symlinkSync(join(temporary, 'elsewhere'), join(folder, 'audit.html'));
      },
      problems: ['changed audit.html'],
    },
    {
      what: 'the config of another stack',
      act: () => addToEvidence(folder, [config({ evidence: { stackSha256: 'f'.repeat(64) } })]),
      problems: ['config different'],
    },
    {
      what: 'a config that lost a prohibition and has a matching sum',
      act: () => addToEvidence(folder, [config(withSum({ ...OF_THIS_STACK, permissions: CUT }))]),
      problems: ['config-content different', 'verified-config different'],
    },
    {
      what: 'a config of version 1 that lost a prohibition',
      act: () => {
        const output = asVersion1({ ...AES_256_OUTPUT, permissions: CUT });
        const text = json({ ...output, ...OF_THIS_STACK });
        return addToEvidence(folder, [{ name: 'backup-environment.json', text }]);
      },
      problems: ['config-content different'],
    },
    {
      what: 'a config whose sum is not its own',
      act: () =>
        addToEvidence(folder, [config({ evidence: { ...OF_THIS_STACK.evidence, configSha256: 'f'.repeat(64) } })]),
      problems: ['config-sum different', 'verified-config different'],
    },
    {
      what: 'verifications of another config',
      act: () => {
        const text = json({ verdict: 'pass', evidence: { ...OF_THIS_STACK.evidence, configSha256: 'f'.repeat(64) } });
        const names = (['host', 'operator'] as const).map((half) => verificationFile(half, 'json'));
        return addToEvidence(
          folder,
          names.map((name) => ({ name, text })),
        );
      },
      problems: ['verified-config different', 'operator-verified-config different'],
    },
    {
      what: 'a verification of another stack',
      act: () => addToEvidence(folder, [verification({ evidence: { stackSha256: 'f'.repeat(64) } })]),
      problems: ['verification different'],
    },
    {
      what: 'an operator’s verification of another stack',
      act: () =>
        addToEvidence(folder, [
          {
            ...verification({ evidence: { stackSha256: 'f'.repeat(64) } }),
            name: verificationFile('operator', 'json'),
          },
        ]),
      problems: ['operator-verification different'],
    },
    {
      what: 'a verification that does not name its stack',
      act: () => addToEvidence(folder, [verification({})]),
      problems: ['verification not-said'],
    },
    {
      what: 'an audit that is not a document, though its sum is right',
      act: () => addToEvidence(folder, [{ name: 'audit.json', text: 'null' }]),
      problems: ['inputs not-said', 'config not-said', 'verification not-said'],
    },
  ])('finds $what', async ({ act, problems }) => {
    await act();
    const { verdict, files, links } = await verifyEvidence(folder);
    const wrong = [
      ...files.filter(({ result }) => result !== 'intact').map(({ name, result }) => `${result} ${name}`),
      ...links.filter(({ result }) => result !== 'same').map(({ id, result }) => `${id} ${result}`),
    ];
    expect({ verdict, wrong }).toEqual({ verdict: 'fail', wrong: problems });
  });

  test('compares nothing with a missing document', async () => {
    await addToEvidence(join(temporary, 'new'), [config({})]);
    expect(await verifyEvidence(join(temporary, 'new'))).toMatchObject({
      verdict: 'pass',
      links: [{ result: 'not-there' }, { result: 'not-there' }, { result: 'not-there' }],
    });
  });

  test.each([
    { text: '{"version":1,"files":[', problem: 'must be a JSON document' },
    { text: '{"version":2,"files":[]}', problem: "'version' must be 1, got: 2" },
    { text: manifestOf('../../etc/passwd'), problem: 'must be a name below the folder, got: "../../etc/passwd"' },
    { text: manifestOf('/etc/passwd'), problem: 'must be a name below the folder' },
    { text: manifestOf('inputs/../../x'), problem: 'must be a name below the folder' },
    { text: manifestOf('a', 'a'), problem: "'files' must name each file once, got: a twice" },
  ])('refuses the manifest $text', async ({ text, problem }) => {
    writeFileSync(join(folder, 'manifest.json'), text);
    await expect(verifyEvidence(folder)).rejects.toMatchObject({
      code: 'BrokenManifest',
      message: expect.stringContaining(problem),
    });
  });
});

function manifestOf(...names: readonly string[]): string {
  return JSON.stringify({ version: 1, files: names.map((name) => ({ name, sha256: '0'.repeat(64), bytes: 0 })) });
}

describe('vault-env evidence verify', () => {
  test('ends with 0 and says that all is there', async () => {
    const seal = await writeAuditEvidence(folder, EVIDENCE);
    const { exitCode, result, notes } = await vaultEnv('evidence', 'verify', 'evidence', '--manifest-sha256', seal);
    expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: '' });
    expect(result).toBe(`Files
  intact   audit.html
  intact   audit.json
  intact   inputs/cdk.tf.json
  intact   inputs/waivers.yaml
  intact   versions.json

Do they belong together
  manifest.json is the one that was noted: yes
  What audit.json says it has read is there: yes
  backup-environment.json comes from the audited stack: nothing to compare
  verification.json is about the audited stack: nothing to compare

What they say
  audit.json: fail

SHA-256 of manifest.json: ${seal}
PASS: 5 of 5 files intact
`);
  });

  test('ends with 1 and one document when something is wrong', async () => {
    await writeAuditEvidence(folder, EVIDENCE);
    rmSync(join(folder, 'versions.json'));
    const { exitCode, result, notes } = await vaultEnv('evidence', 'verify', 'evidence', '--format', 'json');
    expect({ exitCode, notes }).toEqual({ exitCode: 1, notes: '' });
    expect(JSON.parse(result)).toEqual(JSON.parse(JSON.stringify(await verifyEvidence(folder))));
  });

  test('ends with 1 when everything was rewritten, the manifest too, and its sum had been noted', async () => {
    const noted = await writeAuditEvidence(folder, EVIDENCE);
    const seal = await addToEvidence(folder, [{ name: 'audit.html', text: 'all is well' }]);
    const { exitCode, result } = await vaultEnv('evidence', 'verify', 'evidence', '--manifest-sha256', noted);
    expect(exitCode).toBe(1);
    expect(result).toContain(
      `  manifest.json is the one that was noted: NO\n      expected ${noted}\n      found    ${seal}\n`,
    );
  });

  test.each([
    { argv: ['nowhere'], error: 'EvidenceNotFound' },
    { argv: ['a-file'], error: 'CannotReadEvidence' },
    { argv: ['.', '--manifest-sha256', 'abc'], error: 'BadArguments' },
  ])('ends with 2 for $argv', async ({ argv, error }) => {
    writeFileSync(join(temporary, 'a-file'), '');
    const { exitCode, result, notes } = await vaultEnv('evidence', 'verify', ...argv);
    expect({ exitCode, result }).toEqual({ exitCode: 2, result: '' });
    expect(notes).toContain(`error (${error}): `);
  });

  test('says where a config differs from its stack, and hides none of it', async () => {
    await writeAuditEvidence(folder, EVIDENCE);
    const permissions = { ...CUT, capabilities: ['\u202edrow'] };
    await addToEvidence(folder, [config({ ...OF_THIS_STACK, permissions })]);
    expect((await vaultEnv('evidence', 'verify', 'evidence')).result).toContain(
      '  backup-environment.json says all that the audited stack puts out: NO\n' +
        '      at       permissions.capabilities.0\n      expected backup\n      found    \ufffddrow\n',
    );
  });

  test('colours the verdict', async () => {
    await writeAuditEvidence(folder, EVIDENCE);
    const paint = (text: string, style: string) => `<${style}>${text}</>`;
    expect(renderEvidenceText(await verifyEvidence(folder), { paint })).toContain('<green>PASS</>: 5 of 5');
  });
});
