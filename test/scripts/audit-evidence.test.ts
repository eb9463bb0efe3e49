import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { auditReportSchema } from '../../lib/audit/report/schema';
import { RENDERERS } from '../../lib/audit/reports';
import { main } from '../../scripts/main';
import {
  oscalValidator,
  sarifValidator,
  testWithSchema,
  testWithXmllint,
  xmllint,
} from '../audit/reports/official-schemas';
import { recordingIo } from '../support/recording-io';
import { EXAMPLES as ENVIRONMENTS, exampleStack } from '../support/synthesize';

const ROOT = join(__dirname, '../..');
interface Result {
  readonly locations: readonly { readonly physicalLocation: { readonly region?: object } }[];
}

const EXAMPLES = ['aes-256', 'aws-kms'];
let temporary: string;

async function vaultEnv(...argv: readonly string[]) {
  const io = recordingIo({ columns: 1000 });
  const exitCode = await main(argv, io, { env: process.env, folder: ROOT, signal: new AbortController().signal });
  return { exitCode, result: io.results(), notes: io.notes() };
}

const evidenceOf = (name: string) => join(temporary, name);
const read = (name: string, file: string) => readFileSync(join(evidenceOf(name), file), 'utf8');
const stackOf = (name: string) => join(temporary, 'cdktf.out/stacks', name);
const audit = (name: string, ...more: readonly string[]) =>
  vaultEnv('audit', stackOf(name), '--as-of', '2026-11-25', ...more);

beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), 'audit-evidence-'));
  for (const name of EXAMPLES) {
    const { text, versions } = exampleStack(ENVIRONMENTS, name);
    mkdirSync(stackOf(name), { recursive: true });
    writeFileSync(join(stackOf(name), 'cdk.tf.json'), text);
    writeFileSync(join(stackOf(name), 'versions.tf'), versions);
    await audit(name, '--evidence', evidenceOf(name));
  }
});

afterAll(() => rmSync(temporary, { recursive: true }));

describe.each(EXAMPLES)('the audit of %s as evidence', (name) => {
  const report = () => JSON.parse(read(name, 'audit.json'));
  const plain = { paint: (text: string) => text };

  test('is intact, and about one stack', async () => {
    const { exitCode, result } = await vaultEnv('evidence', 'verify', evidenceOf(name), '--format', 'json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(result)).toMatchObject({ verdict: 'pass', links: [{ id: 'inputs', result: 'same' }, {}, {}] });
  });

  test('has the same bytes a second time, and tells their sum on standard error', async () => {
    const again = join(temporary, `${name}-again`);
    const { notes } = await audit(name, '--evidence', again);
    expect(readFileSync(join(again, 'manifest.json'), 'utf8')).toBe(read(name, 'manifest.json'));
    expect(notes).toMatch(/^evidence in .*-again; SHA-256 of its manifest\.json: [0-9a-f]{64}\n$/);
  });

  test('holds a report that the published schema accepts, and that the code reads', () => {
    const schema = JSON.parse(readFileSync(join(ROOT, 'schemas/audit-report.schema.json'), 'utf8'));
    const isValid = new Ajv2020({ strict: false }).compile(schema);
    expect({ valid: isValid(report()), errors: isValid.errors }).toEqual({ valid: true, errors: null });
    expect(auditReportSchema.parse(report())).toEqual(report());
    expect(isValid({ ...report(), verdict: 'perhaps' })).toBe(false);
    expect(isValid({ ...report(), more: 1 })).toBe(false);
  });

  testWithSchema('makes SARIF that is valid', 'sarif-2.1.0.schema.json', (file) => {
    expect(sarifValidator(file)(JSON.parse(RENDERERS.sarif(report())))).toBe(true);
  });

  testWithSchema('makes OSCAL that is valid', 'oscal-assessment-results-1.0.6.schema.json', (file) => {
    expect(oscalValidator(file)(JSON.parse(RENDERERS.oscal(report())))).toBe(true);
  });

  testWithXmllint('makes JUnit that is valid', 'junit-10.xsd', (schema) => {
    expect(xmllint(RENDERERS.junit(report()), schema)).toEqual({ status: 0, stderr: '- validates\n' });
  });

  test('makes SARIF that points at the line of each resource', async () => {
    const { result } = await audit(name, '--format', 'sarif', '--all-results');
    const stack = read(name, 'inputs/cdk.tf.json').split('\n');
    const { results } = JSON.parse(result).runs[0];
    const placed = results.filter((one: Result) => one.locations[0]?.physicalLocation.region !== undefined);
    expect(placed.length).toBeGreaterThan(20);
    for (const {
      locations: [{ logicalLocations, physicalLocation }],
    } of placed) {
      const name = logicalLocations[0].fullyQualifiedName.split('.').at(-1);
      expect(stack[physicalLocation.region.startLine - 1]).toContain(`"${name}": `);
    }
  });

  test('reads the same in every format as on the command line', async () => {
    for (const format of ['markdown', 'text'] as const) {
      const { result } = await audit(name, '--format', format);
      expect(result).toBe(RENDERERS[format](report(), plain));
    }
  });
});

test('keeps an evidence folder for each of several stacks, the same as for each alone', async () => {
  const all = join(temporary, 'all');
  const stacks = join(temporary, 'cdktf.out');
  const { exitCode } = await vaultEnv('audit', stacks, '--as-of', '2026-11-25', '--evidence', all);
  expect(exitCode).toBe(0);
  for (const name of EXAMPLES) {
    expect(readFileSync(join(all, name, 'manifest.json'), 'utf8')).toBe(read(name, 'manifest.json'));
  }
});

test.each(['2026-02-30', 'today', '2026-1-1'])('rejects %s as a day', async (day) => {
  const { exitCode, result, notes } = await vaultEnv('audit', 'aes-256', '--as-of', day);
  expect({ exitCode, result }).toEqual({ exitCode: 2, result: '' });
  expect(notes).toContain(`error (BadArguments): '--as-of' must be a day as YYYY-MM-DD, got: ${day}`);
});

test('writes no evidence over the files of somebody else, and prints no report then', async () => {
  const { exitCode, result, notes } = await audit('aes-256', '--evidence', join(ROOT, 'docs'));
  expect({ exitCode, result }).toEqual({ exitCode: 2, result: '' });
  expect(notes).toContain('error (NotEvidence): ');
});
