import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DEPLOYED_FIXTURES } from '../provider/deployed-fixtures';
import { EXAMPLES, FIXTURES } from '../support/synthesize';

const ROOT = join(__dirname, '../..');

/** Options that no environment file here has, the test that tries each, and the word it has for it. */
const ELSEWHERE: Readonly<Record<string, readonly [test: string, word: string]>> = {
  'encryption.givenUp=created': ['test/provider/changes.test.ts', 'givenUp: [created]'],
  'objectLock.ended': ['test/provider/changes.test.ts', 'ended: true'],
  'state.s3.bucket': ['test/provider/state.test.ts', 's3: { bucket'],
  'state.s3.prefix': ['test/provider/state.test.ts', 'prefix:'],
  // A rehearsal keeps its own state, and HCP Terraform is not simulated.
  'state.s3.key': ['test/rehearsal/stack-to-deploy.test.ts', 'key:'],
  'state.s3.region': ['test/rehearsal/stack-to-deploy.test.ts', 'region:'],
  'state.s3.kmsKey': ['test/stacks/stacks.test.ts', 'kmsKey:'],
  'state.cloud.organization': ['test/rehearsal/stack-to-deploy.test.ts', 'organization:'],
  'state.cloud.workspace': ['test/rehearsal/stack-to-deploy.test.ts', 'workspaces:'],
  'state.cloud.hostname': ['test/stacks/stacks.test.ts', 'hostname:'],
};

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

/** Every key, and every value where the schema names them. */
function optionsOf(schema: Schema, path = ''): readonly string[] {
  const variants = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (variants.length > 0) return variants.flatMap((variant) => optionsOf(variant, path));
  if (schema.items) return optionsOf(schema.items, path);
  if (schema.properties) {
    return Object.entries(schema.properties).flatMap(([key, part]) => optionsOf(part, below(path, key)));
  }
  const values = schema.enum ?? ('const' in schema ? [schema.const] : []);
  return values.length > 0 ? values.map((value) => `${path}=${value}`) : [path];
}

/** The same of a file: each key, and each of its values. */
function usedIn(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => usedIn(item, path));
  if (typeof value !== 'object' || value === null) return [path, `${path}=${value}`];
  return [path, ...Object.entries(value).flatMap(([key, part]) => usedIn(part, below(path, key)))];
}

function below(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

const readEnvironment = (folder: string, file: string) => parse(readFileSync(join(folder, file), 'utf8'));

test('every option of an environment file is rehearsed, deployed, or tried where the table says', () => {
  const schema: Schema = JSON.parse(readFileSync(join(ROOT, 'schemas/environment.schema.json'), 'utf8'));
  const examples = readdirSync(EXAMPLES).filter((file) => file.endsWith('.yaml'));
  const files = [
    ...examples.map((file) => readEnvironment(EXAMPLES, file)),
    ...DEPLOYED_FIXTURES.map((name) => readEnvironment(FIXTURES, `${name}.yaml`)),
  ];
  const used = new Set(files.flatMap((file) => usedIn(file)));
  const untried = [...new Set(optionsOf(schema))].filter((option) => !used.has(option) && !(option in ELSEWHERE));
  expect(untried).toEqual([]);
});

test.each(Object.entries(ELSEWHERE))('%s is tried where the table says', (_option, [file, word]) => {
  expect(readFileSync(join(ROOT, file), 'utf8')).toContain(word);
});
