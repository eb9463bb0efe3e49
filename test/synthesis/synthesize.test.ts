import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SynthesisNote } from '../../lib/synthesis/notes';
import { synthesize } from '../../lib/synthesis/synthesize';
import { ROOT } from '../e2e/run-vault-env';
import { ACME } from '../support/acme';

/** Stacks in place of ours: each is the text of its file, so that a run takes no time. */
const QUICK_STACKS = `
const { mkdirSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { CDKTF_OUTDIR: out, VAULT_ENV_ENVIRONMENTS_DIR: folder, VAULT_ENV_ONLY: only } = process.env;
const all = readdirSync(folder).filter((file) => file.endsWith('.yaml')).map((file) => file.slice(0, -5));
const stacks = {};
for (const name of only === '' ? all : only.split(',')) {
  const workingDirectory = 'stacks/' + name;
  mkdirSync(out + '/' + workingDirectory, { recursive: true });
  writeFileSync(out + '/' + workingDirectory + '/cdk.tf.json', readFileSync(folder + '/' + name + '.yaml'));
  writeFileSync(out + '/' + workingDirectory + '/versions.tf', 'terraform {}');
  stacks[name] = { name, workingDirectory, synthesizedStackPath: workingDirectory + '/cdk.tf.json' };
}
writeFileSync(out + '/manifest.json', JSON.stringify({ version: '1', stacks }));
`;
const LOCK = '.terraform.lock.hcl';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synthesis-test-'));
  write('quick/stacks/main.cjs', QUICK_STACKS);
  write('quick/package.json', '{}');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'quick/node_modules'));
  for (const name of ['acme', 'zenith']) write(`environments/${name}.yaml`, name);
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}

const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const listed = () => Object.keys(JSON.parse(read('out/manifest.json')).stacks).sort();

/** Synthesizes, and returns what was reported and noted. */
async function run(names: readonly string[], root = join(folder, 'quick')) {
  const notes: SynthesisNote[] = [];
  const { stacks, broken } = await synthesize({
    root,
    outFolder: join(folder, 'out'),
    environmentsFolder: join(folder, 'environments'),
    names,
    env: process.env,
    signal: new AbortController().signal,
    onNote: (note) => notes.push(note),
  });
  return {
    stacks: stacks.map(({ name }) => name),
    ...(broken.length > 0 && { broken: broken.map(({ name }) => name) }),
    notes: notes.map(({ kind, path, because }) => `${kind} ${path.slice(folder.length + 1)}: ${because}`),
  };
}

/** The same, but that no stack has a folder: each is a line of the file that is named for them. */
const FILLED_STACKS = `
const { appendFileSync, readdirSync, readFileSync, rmSync } = require('node:fs');
${QUICK_STACKS.replace(/^const .* require.*$/m, 'const { mkdirSync, writeFileSync } = require("node:fs");')}
for (const { name, workingDirectory } of Object.values(stacks)) {
  const files = readdirSync(out + '/' + workingDirectory);
  const texts = files.map((file) => [file, readFileSync(out + '/' + workingDirectory + '/' + file, 'utf8')]);
  appendFileSync(process.env.VAULT_ENV_FILLED, name + '\\t' + JSON.stringify(Object.fromEntries(texts)) + '\\n');
}
rmSync(out + '/stacks', { recursive: true });
`;

test('stacks that are handed over in one file are placed, kept and recorded as those in folders', async () => {
  const contents = () => {
    const files = ['cdk.tf.json', 'versions.tf', LOCK].map((name) => `out/stacks/zenith/${name}`);
    return [...files, 'out/.synthesized/zenith.json', 'out/manifest.json'].map(read);
  };
  write(`environments/${LOCK}`, 'kept');
  write('environments/zenith.yaml', 'a\ttab,\n\u2028 lines and "quotes"');
  const whole = { stacks: ['acme', 'zenith'], notes: [] };
  expect(await run([])).toEqual(whole);
  const inFolders = contents();
  rmSync(join(folder, 'out'), { recursive: true });
  write('quick/stacks/main.cjs', FILLED_STACKS);
  expect(await run([])).toEqual(whole);
  expect(contents()).toEqual(inFolders);
  write('out/stacks/zenith/cdk.tf.json', 'changed');
  expect((await run([])).notes).toEqual([
    'overwrote out/stacks/zenith/cdk.tf.json: it was changed after it had been synthesized',
  ]);
  expect(contents()).toEqual(inFolders);
});

describe('a file that synthesis did not write', () => {
  const others = ['backend_override.tf.json', LOCK, '.terraform/providers', 'notes.txt'];

  beforeEach(async () => {
    await run([]);
    for (const name of others) write(`out/stacks/zenith/${name}`, 'mine');
  });

  const left = () => others.map((name) => read(`out/stacks/zenith/${name}`));

  test.each([{ names: ['acme'] }, { names: ['zenith'] }, { names: [] }])(
    'stays after a synthesis of $names, and so do the other stacks',
    async ({ names }) => {
      expect((await run(names)).notes).toEqual([]);
      expect(left()).toEqual(['mine', 'mine', 'mine', 'mine']);
      expect(read('out/stacks/zenith/cdk.tf.json')).toBe('zenith');
      expect(listed()).toEqual(['acme', 'zenith']);
    },
  );

  test('stays where the environment is gone, and is named', async () => {
    unlinkSync(join(folder, 'environments/zenith.yaml'));
    const rest = '.terraform, .terraform.lock.hcl, backend_override.tf.json, notes.txt';
    expect(await run([])).toEqual({
      stacks: ['acme'],
      notes: [`left out/stacks/zenith: no environment has its name; in it: ${rest}`],
    });
    expect(left()).toEqual(['mine', 'mine', 'mine', 'mine']);
    expect(listed()).toEqual(['acme']);
  });
});

describe('a stack whose environment is gone', () => {
  beforeEach(async () => {
    await run([]);
    unlinkSync(join(folder, 'environments/zenith.yaml'));
  });

  test('is removed where all environments are synthesized, with a note', async () => {
    expect((await run([])).notes).toEqual(['removed out/stacks/zenith: no environment has its name']);
    expect(readdirSync(join(folder, 'out/stacks'))).toEqual(['acme']);
    expect(listed()).toEqual(['acme']);
  });

  test('stays where it is the base of an account, which has no file', async () => {
    const base = 'account-base-111122223333-us-east-2';
    write(`environments/${base}.yaml`, base);
    await run([]);
    unlinkSync(join(folder, `environments/${base}.yaml`));
    expect((await run([])).notes).toEqual([]);
    expect(listed()).toEqual([base, 'acme']);
  });

  test('stays where one environment is synthesized', async () => {
    expect((await run(['acme'])).notes).toEqual([]);
    expect(listed()).toEqual(['acme', 'zenith']);
  });

  test.each([
    { change: 'was changed by hand', act: () => write('out/stacks/zenith/cdk.tf.json', 'changed') },
    { change: 'has no record', act: () => rmSync(join(folder, 'out/.synthesized'), { recursive: true }) },
    { change: 'has a broken record', act: () => write('out/.synthesized/zenith.json', '{') },
  ])('stays where it $change', async ({ act }) => {
    act();
    const rest = 'no environment has its name; in it: cdk.tf.json, versions.tf';
    expect((await run([])).notes).toEqual([`left out/stacks/zenith: ${rest}`]);
    expect(existsSync(join(folder, 'out/stacks/zenith/cdk.tf.json'))).toBe(true);
  });

  test('stays where its folder is a link, and nothing behind it is touched', async () => {
    rmSync(join(folder, 'out/stacks/zenith'), { recursive: true });
    write('elsewhere/cdk.tf.json', 'zenith');
    symlinkSync('../../elsewhere', join(folder, 'out/stacks/zenith'));
    expect((await run([])).notes).toEqual([
      'left out/stacks/zenith: no environment has its name; in it: not looked at, it is no folder',
    ]);
    expect(read('elsewhere/cdk.tf.json')).toBe('zenith');
  });
});

describe('its own files', () => {
  test('are overwritten where they were changed by hand, with a note', async () => {
    await run([]);
    write('out/stacks/acme/cdk.tf.json', 'changed');
    expect((await run(['acme'])).notes).toEqual([
      'overwrote out/stacks/acme/cdk.tf.json: it was changed after it had been synthesized',
    ]);
    expect(read('out/stacks/acme/cdk.tf.json')).toBe('acme');
  });

  test('replace a link, and not the file behind it', async () => {
    await run([]);
    write('precious.json', 'mine');
    unlinkSync(join(folder, 'out/stacks/acme/cdk.tf.json'));
    symlinkSync('../../../precious.json', join(folder, 'out/stacks/acme/cdk.tf.json'));
    await run(['acme']);
    expect(read('precious.json')).toBe('mine');
    expect(lstatSync(join(folder, 'out/stacks/acme/cdk.tf.json')).isFile()).toBe(true);
  });

  test('are refused by name where they cannot be written', async () => {
    write('out/manifest.json', '{"stacks":{}}');
    write('out/stacks/acme/cdk.tf.json/mine', 'mine');
    await expect(run(['acme'])).rejects.toMatchObject({ code: 'CannotWrite' });
    expect(readdirSync(join(folder, 'out/stacks/acme'))).toEqual(['cdk.tf.json']);
  });

  test('are written again after a run that ended halfway', async () => {
    write('out/manifest.json', '{"stacks":{}}');
    write('out/stacks/acme/.cdk.tf.json.0123456789ab.draft', 'half');
    expect((await run(['acme'])).stacks).toEqual(['acme']);
    expect(read('out/stacks/acme/cdk.tf.json')).toBe('acme');
  });
});

describe('a lock file next to the environments', () => {
  beforeEach(() => write(`environments/${LOCK}`, 'kept'));

  test('is put into every stack, and again when it changes', async () => {
    expect((await run([])).notes).toEqual([]);
    expect(['acme', 'zenith'].map((name) => read(`out/stacks/${name}/${LOCK}`))).toEqual(['kept', 'kept']);
    write(`environments/${LOCK}`, 'newer');
    expect((await run(['acme'])).notes).toEqual([]);
    expect(['acme', 'zenith'].map((name) => read(`out/stacks/${name}/${LOCK}`))).toEqual(['newer', 'kept']);
  });

  test('does not replace one that Terraform wrote, and says so', async () => {
    write(`out/stacks/acme/${LOCK}`, "Terraform's");
    write('out/manifest.json', '{"stacks":{}}');
    expect((await run(['acme'])).notes).toEqual([
      `left out/stacks/acme/${LOCK}: it is not the one that is kept with the environments`,
    ]);
    expect(read(`out/stacks/acme/${LOCK}`)).toBe("Terraform's");
  });
});

describe('runs side by side', () => {
  test('each report the stacks that they were asked for, and leave every stack whole', async () => {
    const names = Array.from({ length: 4 }, (_, index) => `env-${index}`);
    for (const name of names) write(`environments/${name}.yaml`, name.repeat(1000));
    const runs = [...names, ...names].map((name) => [name]);
    const results = await Promise.all([...runs, []].map((asked) => run(asked)));
    const all = [...'acme zenith'.split(' '), ...names].sort();
    expect(results.map(({ stacks }) => stacks.sort())).toEqual([...runs, all]);
    expect(results.flatMap(({ notes }) => notes)).toEqual([]);
    expect(names.map((name) => read(`out/stacks/${name}/cdk.tf.json`))).toEqual(names.map((name) => name.repeat(1000)));
    expect(listed()).toEqual(all);
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['.synthesized', 'manifest.json', 'stacks']);
  });

  test('do so with the real stacks', async () => {
    const text = readFileSync(join(ROOT, 'environments/aes-256.yaml'), 'utf8');
    for (const name of ['acme', 'zenith']) {
      write(`environments/${name}.yaml`, text.replace(/^bucket: .*$/m, `bucket: example-${name}`));
    }
    const results = await Promise.all([['acme'], ['zenith']].map((names) => run(names, ROOT)));
    expect(results).toEqual([
      { stacks: ['acme'], notes: [] },
      { stacks: ['zenith'], notes: [] },
    ]);
    expect(['acme', 'zenith'].map((name) => /example-\w+/.exec(read(`out/stacks/${name}/cdk.tf.json`))?.[0])).toEqual([
      'example-acme',
      'example-zenith',
    ]);
    expect(listed()).toEqual(['acme', 'zenith']);
  });
});

describe('environments besides the one that is synthesized', () => {
  const file = (more: object) => JSON.stringify({ ...ACME, ...more });

  test('may share nothing with it', async () => {
    for (const name of ['acme', 'zenith']) write(`environments/${name}.yaml`, file({}));
    await expect(run(['acme'], ROOT)).rejects.toMatchObject({
      code: 'BadEnvironment',
      message: expect.stringContaining(
        "acme.yaml: 'bucket' must be a bucket of its own, got: 'acme-vault', which environment 'zenith' creates",
      ),
    });
  });

  test('are noted where they are broken, and hold nothing up', async () => {
    write('environments/acme.yaml', file({}));
    write('environments/zenith.yaml', file({ region: 'us-esat-2' }));
    expect(await run(['acme'], ROOT)).toEqual({
      stacks: ['acme'],
      notes: [
        expect.stringMatching(
          /^skipped environments\/zenith\.yaml: it is compared with no other environment: 'region' must be a region/,
        ),
      ],
    });
  });

  test('go on where one that was asked for too is broken, and nothing is removed', async () => {
    for (const name of ['acme', 'old', 'twin', 'zenith'])
      write(`environments/${name}.yaml`, file({ bucket: `${name}-vault` }));
    await run([], ROOT);
    unlinkSync(join(folder, 'environments/old.yaml'));
    write('environments/twin.yaml', file({ bucket: 'twins-vault' }));
    write('environments/other-twin.yaml', file({ bucket: 'twins-vault' }));
    write('environments/zenith.yaml', file({ regoin: 'us-east-2' }));
    expect(await run([], ROOT)).toEqual({ stacks: ['acme'], broken: ['other-twin', 'twin', 'zenith'], notes: [] });
    expect(listed()).toEqual(['acme', 'old', 'twin', 'zenith']);
    await expect(run(['twin', 'zenith'], ROOT)).rejects.toMatchObject({
      code: 'BadEnvironment',
      issues: [
        { path: 'bucket', message: expect.stringContaining("which environment 'other-twin' creates") },
        { path: 'regoin' },
      ],
    });
  });

  test('keep their stacks when their files are renamed but still give the name', async () => {
    write('environments/acme.yaml', file({}));
    write('environments/zenith.yaml', file({ bucket: 'zenith-vault' }));
    await run([], ROOT);
    const before = read('out/stacks/acme/cdk.tf.json');
    unlinkSync(join(folder, 'environments/acme.yaml'));
    write('environments/renamed.yaml', file({ name: 'acme' }));
    expect(await run([], ROOT)).toEqual({ stacks: ['acme', 'zenith'], notes: [] });
    expect(read('out/stacks/acme/cdk.tf.json')).toBe(before);
    expect((await run(['renamed'], ROOT)).stacks).toEqual(['acme']);
  });
});
