import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEnvironments } from '../../lib/config/load';
import type { ConfigError } from '../../lib/errors';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'defaults-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const OWN = { label: 'Acme', bucket: 'acme-vault', host: { kind: 'ec2' } };
const SHARED = {
  account: '111122223333',
  region: 'us-east-2',
  encryption: { method: 'AES-256' },
  tags: { team: 'backup', stage: 'production' },
};

function load(defaults: unknown, own: unknown = OWN) {
  writeFileSync(join(folder, 'defaults.yaml'), typeof defaults === 'string' ? defaults : JSON.stringify(defaults));
  writeFileSync(join(folder, 'acme.yaml'), JSON.stringify(own));
  return loadEnvironments({ folder });
}

function problemsOf(defaults: unknown, own?: unknown): string {
  try {
    load(defaults, own);
  } catch (error) {
    return (error as ConfigError).message.replaceAll(`${folder}/`, '');
  }
  return '';
}

test('environments share the values of defaults.yaml, which is not an environment itself', () => {
  expect(load(SHARED)).toMatchObject([{ name: 'acme', ...OWN, ...SHARED }]);
});

test('a key of the environment replaces that of the defaults as a whole', () => {
  expect(load(SHARED, { ...OWN, tags: { stage: 'test' } })).toMatchObject([{ tags: { stage: 'test' } }]);
  expect(load(SHARED, { ...OWN, tags: { stage: 'test' } })[0]?.tags).toEqual({ stage: 'test' });
});

test('empty defaults share nothing', () => {
  expect(load('# nothing yet\n', { ...OWN, ...SHARED })).toMatchObject([{ name: 'acme' }]);
});

test.each([
  {
    name: 'a wrong value of the defaults, in their file',
    defaults: { ...SHARED, region: 'nowhere' },
    problem: "defaults.yaml: 'region' must be a region of AWS",
  },
  {
    name: 'an unknown key of the defaults',
    defaults: { ...SHARED, regoin: 'us-east-2' },
    problem: "defaults.yaml: 'regoin' is not a known key",
  },
  {
    name: 'a wrong value of the environment, in its own file',
    defaults: SHARED,
    own: { ...OWN, region: 'nowhere' },
    problem: "acme.yaml: 'region' must be a region of AWS",
  },
  {
    name: 'a bucket that all would share',
    defaults: { ...SHARED, bucket: 'acme-vault' },
    problem: "defaults.yaml: 'bucket' must be in the file of each environment",
  },
  {
    name: 'a name that all would share',
    defaults: { name: 'acme' },
    problem: "defaults.yaml: 'name' must be in the file of each environment",
  },
  { name: 'a list', defaults: [1], problem: 'defaults.yaml: must be an object' },
  { name: 'text that is not YAML', defaults: '{', problem: 'defaults.yaml: must be valid YAML' },
])('reports $name', ({ defaults, own, problem }) => {
  expect(problemsOf(defaults, own)).toContain(problem);
});
