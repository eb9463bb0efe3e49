import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { main } from '../../scripts/main';
import { publishedSchemas } from '../../scripts/write-schemas';
import { AES_256_OUTPUT } from '../backup-environment/example';
import { ROOT } from '../e2e/run-vault-env';
import { recordingIo } from '../support/recording-io';

let folder: string;

const ACME = {
  bucket: 'acme-vault',
  otherBucket: 'acme-other',
  accessLog: { bucket: 'acme-logs' },
  encryption: { method: 'AES-256' },
};
const DEFAULTS = { label: 'Acme', account: '111122223333', region: 'us-east-2', host: { kind: 'ec2' } };

function write(name: string, content: unknown): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), JSON.stringify(content));
}

async function vaultEnv(argv: readonly string[]) {
  const io = recordingIo();
  await main(argv, io, { env: process.env, folder, signal: new AbortController().signal });
  return io.results();
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'documents-'));
  write('environments/acme.yaml', ACME);
  write('environments/broken.yaml', {});
  write('environments/defaults.yaml', DEFAULTS);
  write('emitted/cdk.tf.json', { output: { backup_environment: { value: AES_256_OUTPUT } } });
  write('outputs.json', { acme: { backup_environment: AES_256_OUTPUT } });
});

afterAll(() => rmSync(folder, { recursive: true }));

let audited: Promise<string> | undefined;

/** The stack is synthesized and audited once, when a document is about it. */
function audit(): Promise<string> {
  audited ??= vaultEnv(['synth', 'acme']).then(() =>
    vaultEnv(['audit', 'cdktf.out', '--evidence', 'evidence', '--out', 'reports']),
  );
  return audited;
}

const asking = (action: string, resource: string) => ['--action', action, '--resource', resource];

/** Documents that no other test holds against their schemas. */
const DOCUMENTS: readonly { schema: string; argv: readonly string[]; isOfAudit?: true }[] = [
  { schema: 'listing', argv: ['list'] },
  { schema: 'synthesis', argv: ['synth'] },
  { schema: 'proof', argv: ['prove', 'acme'] },
  { schema: 'access-explanation', argv: ['explain', 'acme', ...asking('s3:PutObject', 'bucket/a.csv')] },
  {
    schema: 'access-explanation',
    argv: ['explain', 'acme', ...asking('s3:PutObject', 'bucket/a.csv'), '--context', 'aws:SecureTransport=false'],
  },
  { schema: 'access-explanation', argv: ['explain', 'acme', ...asking('s3:PutObjectAcl', 'bucket/a.csv')] },
  { schema: 'audits', argv: ['audit', 'cdktf.out'], isOfAudit: true },
  { schema: 'emission', argv: ['emit', 'acme', '--stack', 'emitted', '--from', 'outputs.json'] },
  { schema: 'evidence-verification', argv: ['evidence', 'verify', 'evidence/acme'], isOfAudit: true },
  {
    schema: 'fleet-summary',
    argv: ['evidence', 'summary', 'evidence', '--environments', 'environments'],
    isOfAudit: true,
  },
  { schema: 'summary', argv: ['prove', 'acme', 'broken'] },
  { schema: 'failure', argv: ['prove', 'broken'] },
  { schema: 'verifier', argv: ['verifier', '--out', 'handed-over'] },
];

const validatorOf = (name: string) => {
  const ajv = new Ajv2020({ strict: false });
  addFormats(ajv);
  return ajv.compile(JSON.parse(readFileSync(join(ROOT, `schemas/${name}.schema.json`), 'utf8')));
};

describe('the JSON documents', () => {
  test.each(DOCUMENTS)('$argv prints one by its schema', async ({ schema, argv, isOfAudit }) => {
    if (isOfAudit) await audit();
    const isValid = validatorOf(schema);
    const document = JSON.parse(await vaultEnv([...argv, '--format', 'json']));
    isValid(document);
    expect(isValid.errors).toBeNull();
    expect(isValid({ ...document, version: 99 })).toBe(false);
  });

  test('have schemas that are those of the code, and there is no other', () => {
    const written = publishedSchemas().map(({ file }) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
    expect(written).toEqual(publishedSchemas());
    expect(readdirSync(join(ROOT, 'schemas')).sort()).toEqual(
      written.map(({ file }) => file.slice('schemas/'.length)).sort(),
    );
  });
});

test.each([
  { schema: 'environment', content: ACME, isValid: true },
  { schema: 'environment', content: { ...ACME, regoin: 'us-east-2' }, isValid: false },
  { schema: 'environment', content: { label: 'Acme' }, isValid: false },
  { schema: 'defaults', content: DEFAULTS, isValid: true },
  { schema: 'defaults', content: ACME, isValid: false },
])('the schema of $schema takes $content: $isValid', ({ schema, content, isValid }) => {
  expect(validatorOf(schema)(content)).toBe(isValid);
});
