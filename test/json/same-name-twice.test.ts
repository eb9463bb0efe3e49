import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { readBaseline } from '../../lib/audit/baseline/read-baseline';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { parseStackDocument } from '../../lib/audit/stack/read-stack-document';
import { parseWaivers } from '../../lib/audit/waivers/parse-waivers';
import { parseBackupEnvironment, readOutputs } from '../../lib/backup-environment';
import { parseEnvironment } from '../../lib/config/parse';
import { verifyEvidence } from '../../lib/evidence';
import { statedVerdicts } from '../../lib/evidence/known-documents';
import { parsePolicy } from '../../lib/iam';
import { parseFaultFile } from '../../lib/simulate-command/fault-source';
import { parseSigningKeysFile } from '../../lib/simulate-command/signing-keys-file';
import { createTerraform, lastBackend } from '../../lib/terraform';
import { readSummary } from '../../scripts/last-summary';
import type { Context } from '../../scripts/verb';
import { EXAMPLE_REPORT } from '../audit/reports/example-report';
import { AES_256_CONFIG, AES_256_OUTPUT } from '../backup-environment/example';
import { EXAMPLES } from '../support/examples';
import { bareEnvironment, fakeTerraform, removeFolders, temporaryFolder } from '../terraform/fake-terraform';

afterAll(removeFolders);

/** The text with its first name once more before it: who takes the last sees one thing, others another. */
function twice(text: string): string {
  const [name = ''] = /"[^"]+"/.exec(text) ?? [];
  return text.replace(/\{\s*/, `{${name}: null, `);
}

function folderWith(text: string, name: string): string {
  const folder = temporaryFolder();
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
  return folder;
}

function terraformThatPrints(text: string, subcommand: string) {
  const binary = fakeTerraform({ plan: 'true', [subcommand]: `cat <<'END_OF_TEXT'\n${text}\nEND_OF_TEXT\n` });
  return createTerraform({ binary, folder: temporaryFolder(), env: bareEnvironment() });
}

const PLAN = JSON.parse(readFileSync(join(__dirname, '..', 'fixtures', 'plans', 'aes-256.json'), 'utf8'));
const STACK = { provider: { aws: [{ region: 'us-east-2' }] }, resource: {} };
const OUTPUTS = { backup_environment: { sensitive: false, type: ['object', {}], value: AES_256_OUTPUT } };
const ENVIRONMENT = parseYaml(readFileSync(join(EXAMPLES, 'aes-256.yaml'), 'utf8'));
const SUMMARY = {
  ...{ version: 1, verb: 'audit', verdict: 'pass', tool: { name: 't', version: '0' } },
  ...{ counts: { total: 0, pass: 0, fail: 0, error: 0 }, members: [] },
};
const BACKEND = { backend: { type: 's3', config: { bucket: 'acme-state' } } };

/** Each tells whether it could read the text. */
type Reader = (text: string) => unknown;

test.each<[string, unknown, Reader]>([
  ['a stack', STACK, (text) => parseStackDocument(text, 'x')],
  ['a plan', PLAN, (text) => parseInput(text, 'x')],
  ['a report as baseline', EXAMPLE_REPORT, (text) => readBaseline(text, 'x')],
  ['waivers', { waivers: [] }, (text) => parseWaivers(text, 'x')],
  [
    'a policy',
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] },
    (text) => parsePolicy(text, 'x'),
  ],
  ['an environment file', ENVIRONMENT, (text) => 'environment' in parseEnvironment(text, 'aes-256', 'x')],
  ['a config', AES_256_CONFIG, (text) => parseBackupEnvironment(text, 'x')],
  ['a file of outputs', OUTPUTS, (text) => readOutputs({ text, file: 'x', environment: AES_256_OUTPUT.environment })],
  ['the outputs of Terraform', OUTPUTS, (text) => terraformThatPrints(text, 'output').output()],
  ['the plan of Terraform', PLAN, (text) => terraformThatPrints(text, 'show').showPlan()],
  [
    'the backend of Terraform',
    BACKEND,
    (text) => lastBackend(join(folderWith(text, '.terraform/terraform.tfstate')), {}) !== undefined,
  ],
  ['an evidence manifest', { version: 1, files: [] }, (text) => verifyEvidence(folderWith(text, 'manifest.json'))],
  [
    'a result in an evidence folder',
    { verdict: 'pass' },
    async (text) => (await statedVerdicts(folderWith(text, 'audit.json')))[0]?.verdict === 'pass',
  ],
  [
    'signing keys',
    { 'https://oidc.example.com': { keys: [{ kty: 'RSA' }] } },
    (text) => parseSigningKeysFile(text, 'x'),
  ],
  ['fault rules', [{ fault: { kind: 'throttling' } }], (text) => parseFaultFile(text, 'x')],
  ['a summary', SUMMARY, (text) => readSummary('audit', 'x.json', { folder: folderWith(text, 'x.json') } as Context)],
])('a name that stands twice in an object is refused in %s', async (_what, document, read) => {
  const isRead = async (text: string): Promise<boolean> => {
    try {
      return (await read(text)) !== false;
    } catch {
      return false;
    }
  };
  const text = JSON.stringify(document);
  expect([await isRead(text), await isRead(twice(text))]).toEqual([true, false]);
});
