import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DEPLOYED_FIXTURES } from '../provider/deployed-fixtures';
import { EDITS, environmentFile, REFUSED } from '../provider/life';
import { STATES } from '../provider/states';
import { EXAMPLES, FIXTURES } from '../support/synthesize';

const ROOT = join(__dirname, '../..');

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

/** Every file that is rehearsed in CI, or that a test deploys with the real Terraform, as it is read there. */
const DEPLOYED: readonly object[] = [
  ...readdirSync(EXAMPLES)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => readEnvironment(EXAMPLES, file)),
  ...DEPLOYED_FIXTURES.map((name) => readEnvironment(FIXTURES, `${name}.yaml`)),
  ...EDITS.filter(({ comesTo }) => comesTo !== REFUSED).map(environmentFile),
  ...STATES.map(({ state }) => ({ state })),
];

function untriedIn(files: readonly object[]): readonly string[] {
  const used = new Set(files.flatMap((file) => usedIn(file)));
  const schema: Schema = JSON.parse(readFileSync(join(ROOT, 'schemas/environment.schema.json'), 'utf8'));
  return [...new Set(optionsOf(schema))].filter((option) => !used.has(option));
}

test('every option of an environment file is rehearsed, or deployed with the real Terraform', () => {
  expect(untriedIn(DEPLOYED)).toEqual([]);
});

test('an option missing from every deployed file is found', () => {
  const without = (option: string) => DEPLOYED.filter((file) => !usedIn(file).includes(option));
  for (const option of ['name', 'objectLock.ended', 'encryption.givenUp=created', 'state.s3.kmsKey', 'tags'])
    expect(untriedIn(without(option))).toContain(option);
});
