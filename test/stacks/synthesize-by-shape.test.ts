import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import type { Environment } from '../../lib/config/environment';
import { OPENTOFU_VERSIONS_TEXT } from '../../lib/versions-files';
import { BackupEnvironmentStack } from '../../stacks/backup-environment-stack';
import { shapeOf } from '../../stacks/shape';
import type { CreateStack } from '../../stacks/stack-template';
import { synthesizeByShape } from '../../stacks/synthesize-by-shape';
import { EXAMPLES, FIXTURES, loadExample } from '../support/examples';
import { synthesizeNow } from '../support/synthesize-now';

const ENOUGH = 6;
const aes256 = loadExample(EXAMPLES, 'aes-256');
const everyOption = loadExample(FIXTURES, 'every-option');

/** The same environment under other names, as often as a shape needs to share a template. */
function fleetOf(model: Environment): readonly Environment[] {
  return Array.from({ length: ENOUGH }, (_, index) => ({
    ...inAccount(model, String(555_500_000_000 + index)),
    name: `fleet-${index}`,
    label: `Fleet no. ${index}: all of it`,
    bucket: `vault-${index}.example`,
    tags: { ...model.tags, Owner: `team-${index}@example.com` },
    ...(model.otherBucket && { otherBucket: `other-${index}` }),
    ...(model.accessLog && { accessLog: { bucket: `logs-${index % 2}`, prefix: `fleet-${index}/` } }),
  }));
}

/** The ARNs of its keys go with it. */
function inAccount(model: Environment, account: string): Environment {
  return JSON.parse(JSON.stringify(model).replaceAll(model.account, account));
}

let outdir: string;
let created: string[];

const create: CreateStack = (app, environment) => {
  created.push(environment.name);
  return new BackupEnvironmentStack(app, environment);
};

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'by-shape-'));
  created = [];
});

afterEach(() => rmSync(outdir, { recursive: true }));

/** The text of each stack after all were synthesized together. */
function synthesizeAll(environments: readonly Environment[], createStack = create): readonly string[] {
  synthesizeByShape(new App({ outdir }), environments, createStack);
  return environments.map(({ name }) => readFileSync(join(outdir, 'stacks', name, 'cdk.tf.json'), 'utf8'));
}

test('files that Terraform left in the folder of a stack stay, and keep no shape from being shared', () => {
  mkdirSync(join(outdir, 'stacks/fleet-0/.terraform'), { recursive: true });
  synthesizeAll(fleetOf(aes256));
  expect(created).toHaveLength(3);
  expect(readdirSync(join(outdir, 'stacks/fleet-0'))).toEqual([
    '.terraform',
    'cdk.tf.json',
    'versions.tf',
    'versions.tofu',
  ]);
});

const alone = (environments: readonly Environment[]) => environments.map((one) => synthesizeNow(one).text);

test.each<[string, Environment]>([
  ['AES-256', aes256],
  ['a created key', loadExample(EXAMPLES, 'aws-kms')],
  ['an existing key', loadExample(FIXTURES, 'existing-key')],
  ['former keys', loadExample(FIXTURES, 'former-keys')],
  ['every option', everyOption],
  ['a state in S3', { ...aes256, state: { s3: { bucket: 'states', prefix: 'vault/' } } }],
  ['a state in a workspace', { ...aes256, state: { cloud: { organization: 'acme' } } }],
])('environments that differ in names share one stack, and are the same bytes with %s', (_, model) => {
  const fleet = fleetOf(model);
  expect(synthesizeAll(fleet)).toEqual(alone(fleet));
  expect(created).toEqual(['fleet-0', 'fleet-5', expect.stringMatching(/^\d{12}$/)]);
});

test('each stack has its versions files and stands in the manifest, as CDKTF writes it', () => {
  const fleet = fleetOf(aes256);
  const app = new App({ outdir });
  synthesizeByShape(app, fleet, create);
  app.synth();
  const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
  expect(manifest.stacks['fleet-3']).toEqual({
    annotations: [],
    constructPath: 'fleet-3',
    dependencies: [],
    name: 'fleet-3',
    stackMetadataPath: 'stacks/fleet-3/metadata.json',
    synthesizedStackPath: 'stacks/fleet-3/cdk.tf.json',
    workingDirectory: 'stacks/fleet-3',
  });
  expect(readFileSync(join(outdir, 'stacks/fleet-3/versions.tf'), 'utf8')).toBe(synthesizeNow(aes256).versions);
  expect(readFileSync(join(outdir, 'stacks/fleet-3/versions.tofu'), 'utf8')).toBe(OPENTOFU_VERSIONS_TEXT);
});

test('names that JSON or CDKTF would change are not part of a shape', () => {
  const labels = ['"', '\\', 'é', '1e+9', 'String Map Token Value', '${a}'];
  for (const label of labels) expect(shapeOf({ ...aes256, label })?.environment.label).toBe(label);
});

test.each<[string, Partial<Environment>]>([
  ['another region', { region: 'eu-west-1' }],
  ['another retention', { noncurrentVersionDays: 31 }],
  ['a name for two things', { label: aes256.bucket }],
  ['another tag', { tags: { ...aes256.tags, another: 'tag' } }],
])('%s makes another shape', (_, change) => {
  expect(shapeOf({ ...aes256, ...change })?.key).not.toBe(shapeOf(aes256)?.key);
});

test('an environment that holds a stand-in has no shape', () => {
  expect(shapeOf({ ...aes256, label: 'No. 6180339887' })).toBeUndefined();
});

test.each<[string, CreateStack]>([
  ['the length of a name', (app, one) => create(app, { ...one, noncurrentVersionDays: one.bucket.length })],
  ['a name of the last one', (app, one) => create(app, { ...one, deletionProtection: one.name !== 'fleet-5' })],
])('a stack that asks about %s is not shared', (_, createStack) => {
  const fleet = fleetOf(aes256);
  const asked: string[] = [];
  const texts = synthesizeAll(fleet, (app, one) => {
    asked.push(one.name);
    return createStack(app, one);
  });
  expect(asked.filter((name) => name.startsWith('fleet-')).sort()).toEqual(fleet.map(({ name }) => name));
  expect(texts).toEqual(fleet.flatMap((one) => synthesizeAll([one], createStack)));
});
