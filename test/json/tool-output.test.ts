import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { readOutputs } from '../../lib/backup-environment';
import { createTerraform } from '../../lib/terraform';
import { AES_256_OUTPUT } from '../backup-environment/example';
import { bareEnvironment, fakeTerraform, removeFolders, temporaryFolder } from '../terraform/fake-terraform';

afterAll(removeFolders);

const OUTPUTS = { backup_environment: { sensitive: false, type: ['object', {}], value: AES_256_OUTPUT } };
const PLAN = JSON.parse(readFileSync(join(__dirname, '..', 'fixtures', 'plans', 'aes-256.json'), 'utf8'));

const MISSING_FILE = `There are some problems with the CLI configuration:
╷
│ Warning: Unable to open CLI configuration file
│
│ The CLI configuration file at "/root/.tofurc" does not exist.
╵

`;
const COLOURED = '\u001b[33m╷\u001b[0m\n\u001b[33m│\u001b[0m \u001b[1mWarning: \u001b[0mDeprecated {backend}\n';
const UPGRADE = '\nYour version of Terraform is out of date! The latest version\nis 1.14.0. {upgrade}\n';

const NOISES: readonly (readonly [string, (json: string) => string])[] = [
  ['nothing', (json) => json],
  ['a line break', (json) => `${json}\n`],
  ['a warning about the CLI configuration before it', (json) => MISSING_FILE + json],
  ['a warning in colours before it', (json) => COLOURED + json],
  ['Windows line ends in the warning before it', (json) => MISSING_FILE.replaceAll('\n', '\r\n') + json],
  ['a notice of an upgrade after it', (json) => json + UPGRADE],
  ['a notice after it that ends with a brace', (json) => `${json}\n│ Deprecated: {a}`],
  ['both', (json) => MISSING_FILE + json + UPGRADE],
];

/** A Terraform that prints the text for the subcommand, and plans without a word. */
function terraformThatPrints(text: string, subcommand: string) {
  const binary = fakeTerraform(
    { plan: 'true', [subcommand]: `cat <<'END_OF_TEXT'\n${text}\nEND_OF_TEXT\n` },
    'OpenTofu',
  );
  return createTerraform({ binary, folder: temporaryFolder(), env: bareEnvironment() });
}

type Place = (text: string) => unknown;

/** Every place where something here reads the JSON that a tool printed. */
const PLACES: readonly (readonly [string, object, Place])[] = [
  ['the outputs that emit asks for', OUTPUTS, (text) => terraformThatPrints(text, 'output').output()],
  ['the plan that an audit asks for', PLAN, (text) => terraformThatPrints(text, 'show').showPlan()],
  [
    'a file of outputs',
    OUTPUTS,
    (text) => readOutputs({ text, file: 'outputs.json', environment: AES_256_OUTPUT.environment }),
  ],
  ['a file with a plan', PLAN, (text) => parseInput(text, 'plan.json')],
];

describe.each(PLACES)('%s', (_place, document, read) => {
  const layouts = [JSON.stringify(document), JSON.stringify(document, null, 2)];

  test.each(NOISES)('is read with %s', async (_noise, around) => {
    const [plain, ...printed] = [layouts[0] ?? '', ...layouts.map(around)];
    const wanted = await read(plain);
    for (const text of printed) expect(await read(text)).toEqual(wanted);
  });

  test('is refused where the JSON is cut off below a warning', async () => {
    const cut = MISSING_FILE + (layouts[1] ?? '').slice(0, -20);
    await expect((async () => read(cut))()).rejects.toThrow();
  });
});
