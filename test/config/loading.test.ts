import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEach, loadEnvironments } from '../../lib/config/load';
import { skippedLine, splitSkipped } from '../../lib/config/skipped-files';
import { ConfigError, ToolkitError } from '../../lib/errors';
import { ACME as MINIMAL } from '../support/acme';
import { FIXTURES } from '../support/examples';
import { ON_PREMISES, ROLE } from './contents';

describe('loading', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'environments-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (file: string, content: object) => writeFileSync(join(folder, file), JSON.stringify(content));

  test('returns the chosen environments in order of name', () => {
    for (const name of ['c', 'a', 'b']) write(`${name}.yaml`, { ...MINIMAL, bucket: `acme-${name}` });
    expect(loadEnvironments({ folder, names: ['b', 'a', 'b'] }).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(loadEnvironments({ folder }).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  test('reports every problem of every file in one error', () => {
    write('a.yaml', { ...MINIMAL, label: 7, region: 'x' });
    write('b.yaml', { ...MINIMAL, bucket: 'B' });
    const load = () => loadEnvironments({ folder });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/a\.yaml: 'label'.*\n.*a\.yaml: 'region'.*\n.*b\.yaml: 'bucket' must be 3/);
  });

  test('reports a problem of the defaults once, however many have it', () => {
    const { bucket, region, ...shared } = MINIMAL;
    write('defaults.yaml', { ...shared, region: 'us-eest-2' });
    for (const name of ['a', 'b']) write(`${name}.yaml`, { bucket: `acme-${name}` });
    const issue = expect.objectContaining({ file: join(folder, 'defaults.yaml'), path: 'region' });
    expect(() => loadEnvironments({ folder })).toThrow(expect.objectContaining({ issues: [issue] }));
    expect(loadEach({ folder }).broken).toMatchObject([
      { name: 'a', issues: [issue] },
      { name: 'b', issues: [issue] },
    ]);
  });

  test('rejects two environments that create the same bucket', () => {
    write('a.yaml', MINIMAL);
    write('b.yaml', MINIMAL);
    expect(() => loadEnvironments({ folder })).toThrow(/b\.yaml: 'bucket' must be a bucket of its own/);
  });

  test('refuses each of two that share a bucket for its own part, and no other', () => {
    write('a.yaml', MINIMAL);
    write('b.yaml', MINIMAL);
    write('c.yaml', { ...MINIMAL, bucket: 'other-vault' });
    const { environments, broken } = loadEach({ folder });
    expect(environments.map(({ name }) => name)).toEqual(['c']);
    expect(broken.map(({ name, issues }) => ({ name, issues }))).toEqual([
      {
        name: 'a',
        issues: [
          {
            file: join(folder, 'a.yaml'),
            path: 'bucket',
            message: "must not be shared, got: the same as environment 'b', which is refused for it",
          },
        ],
      },
      {
        name: 'b',
        issues: [
          {
            file: join(folder, 'b.yaml'),
            path: 'bucket',
            message: expect.stringContaining('must be a bucket of its own'),
          },
        ],
      },
    ]);
  });

  test('reads the certificates of a trust anchor from the file next to it', () => {
    const host = { ...ON_PREMISES, trustAnchor: { certificates: 'ca.pem' } };
    write('a.yaml', { ...MINIMAL, host });
    expect(() => loadEnvironments({ folder })).toThrow(
      /'host\.trustAnchor\.certificates' must be a file beside this one/,
    );
    writeFileSync(join(folder, 'ca.pem'), 'nothing');
    expect(() => loadEnvironments({ folder })).toThrow(/got: it holds no certificate in PEM form/);
    writeFileSync(join(folder, 'ca.pem'), readFileSync(join(FIXTURES, 'example-ca.pem')));
    expect(loadEnvironments({ folder })[0]?.trustAnchorPem).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
  });

  describe('one of several environments', () => {
    const STATE = { s3: { bucket: 'state', key: 'k' } };
    const OTHER = { ...MINIMAL, bucket: 'acme-other' };

    test.each<[string, object, object, RegExp]>([
      [
        'a role',
        { ...MINIMAL, roleName: 'vault-backup-b' },
        OTHER,
        /a\.yaml: 'roleName' must be a role of its own, got: vault-backup-b of 111122223333, which is the role of environment 'b'/,
      ],
      [
        'a role that another names',
        MINIMAL,
        { ...OTHER, roleName: 'vault-backup-a' },
        /a\.yaml: 'name' must lead to a role of its own, got: vault-backup-a of 111122223333, which environment 'b' names/,
      ],
      [
        'a role that both name',
        { ...MINIMAL, roleName: 'vault' },
        { ...OTHER, roleName: 'vault' },
        /a\.yaml: 'roleName' must be a role of its own, got: vault of 111122223333, which environment 'b' names/,
      ],
      [
        'a bucket',
        MINIMAL,
        MINIMAL,
        /a\.yaml: 'bucket' must be a bucket of its own, got: 'acme-vault', which environment 'b'/,
      ],
      [
        'a name',
        MINIMAL,
        { ...OTHER, name: 'a' },
        /a\.yaml: 'name' must be a name of its own, got: 'a', which the environment of 'b\.yaml' has as well/,
      ],
      [
        'the name of the other file',
        { ...MINIMAL, name: 'b' },
        { ...OTHER, name: 'c' },
        /a\.yaml: 'name' must not be the name of another file, got: 'b', whose environment is 'c'/,
      ],
      [
        'a state',
        { ...MINIMAL, state: STATE },
        { ...OTHER, state: STATE },
        /a\.yaml: 'state' must be a state of its own/,
      ],
      [
        'a bucket with a state',
        { ...MINIMAL, state: { s3: { bucket: 'acme-other' } } },
        OTHER,
        /a\.yaml: 'state\.s3\.bucket' must be no bucket of backups/,
      ],
      [
        'a bucket with the other state',
        MINIMAL,
        { ...OTHER, state: { s3: { bucket: MINIMAL.bucket } } },
        /a\.yaml: 'bucket' must be no bucket of states/,
      ],
    ])('shares %s with no other, chosen or not', (_, a, b, message) => {
      write('a.yaml', a);
      write('b.yaml', b);
      expect(() => loadEnvironments({ folder, names: ['a'] })).toThrow(message);
      expect(() => loadEnvironments({ folder })).toThrow(ConfigError);
    });

    test('is loaded even if two others share something', () => {
      write('a.yaml', OTHER);
      for (const name of ['b', 'c']) write(`${name}.yaml`, MINIMAL);
      expect(loadEnvironments({ folder, names: ['a'] })).toMatchObject([{ name: 'a' }]);
    });

    test('is loaded next to a broken file, which is reported', () => {
      write('a.yaml', MINIMAL);
      write('b.yaml', { ...OTHER, label: 7 });
      const skipped: string[] = [];
      const told = loadEnvironments({ folder, names: ['a'] }, (file, issues) =>
        skipped.push(skippedLine(file, issues)),
      );
      expect(told).toMatchObject([{ name: 'a' }]);
      const because = "it is compared with no other environment: 'label' must be a string, got: 7";
      expect(skipped).toEqual([`skipped ${join(folder, 'b.yaml')}: ${because}\n`]);
      expect(splitSkipped(`${skipped}BadEnvironment\nx`)).toEqual({
        skipped: [{ file: join(folder, 'b.yaml'), because }],
        rest: 'BadEnvironment\nx',
      });
    });
  });

  describe('a file with a name in it', () => {
    test('is the environment of that name, and is found by both', () => {
      write('renamed.yaml', { ...MINIMAL, name: 'acme' });
      write('b.yaml', { ...MINIMAL, bucket: 'acme-b' });
      for (const name of ['acme', 'renamed'])
        expect(loadEnvironments({ folder, names: [name] })).toMatchObject([{ name: 'acme' }]);
      expect(loadEnvironments({ folder, names: ['acme', 'renamed'] })).toHaveLength(1);
      expect(loadEnvironments({ folder }).map(({ name }) => name)).toEqual(['acme', 'b']);
    });

    test('may have a file name that no environment can have', () => {
      write('Acme_2.yaml', { ...MINIMAL, name: 'acme' });
      expect(loadEnvironments({ folder })).toMatchObject([{ name: 'acme' }]);
    });

    test('must have a valid name', () => {
      write('a.yaml', { ...MINIMAL, name: 'Acme' });
      expect(() => loadEnvironments({ folder })).toThrow(
        /a\.yaml: 'name' must consist of lowercase letters.*got: "?Acme/,
      );
    });
  });

  test.each([
    { runBy: 'vendor', message: /b\.yaml: 'host\.role' must be a role of its own where the vendor runs the host/ },
    { runBy: 'own', message: undefined },
  ])(
    'lets two environments share an existing role only where no vendor runs the host ($runBy)',
    ({ runBy, message }) => {
      const host = { kind: 'existing-role', role: ROLE, runBy };
      write('a.yaml', { ...MINIMAL, host });
      write('b.yaml', { ...MINIMAL, bucket: 'acme-b', host });
      const load = expect(() => loadEnvironments({ folder }));
      if (message === undefined) load.not.toThrow();
      else load.toThrow(message);
    },
  );

  test.each([
    { shared: 'a key in a bucket', state: { s3: { bucket: 'state', key: 'k' } }, address: 's3://state/k' },
    {
      shared: 'a workspace',
      state: { cloud: { organization: 'acme', workspace: 'w' } },
      address: 'https://app.terraform.io/app/acme/workspaces/w',
    },
  ])('rejects two environments whose state is $shared', ({ state, address }) => {
    write('a.yaml', { ...MINIMAL, state });
    write('b.yaml', { ...MINIMAL, bucket: 'acme-b', state });
    const issue = `b.yaml: 'state' must be a state of its own, got: ${address}, which is the state of environment 'a'`;
    expect(() => loadEnvironments({ folder })).toThrow(issue);
  });

  test.each([{ s3: { bucket: 'state' } }, { cloud: { organization: 'acme' } }])(
    'takes two environments that name the same place for their states: %j',
    (state) => {
      write('a.yaml', { ...MINIMAL, state });
      write('b.yaml', { ...MINIMAL, bucket: 'acme-b', state });
      expect(loadEnvironments({ folder })).toHaveLength(2);
    },
  );

  test("rejects a state in another environment's bucket", () => {
    write('a.yaml', { ...MINIMAL, state: { s3: { bucket: 'acme-b' } } });
    write('b.yaml', { ...MINIMAL, bucket: 'acme-b' });
    const issue = "'state.s3.bucket' must be no bucket of backups, got: 'acme-b', which environment 'b' creates";
    expect(() => loadEnvironments({ folder })).toThrow(issue);
  });

  test('rejects one environment in two files', () => {
    write('a.yaml', MINIMAL);
    write('a.yml', MINIMAL);
    expect(() => loadEnvironments({ folder })).toThrow(/a\.yml: must be the only file of its environment/);
  });

  test('rejects an unknown name, and lists those it knows', () => {
    write('a.yaml', MINIMAL);
    expect(() => loadEnvironments({ folder, names: ['b'] })).toThrow(
      expect.objectContaining({ code: 'UnknownEnvironment', message: expect.stringContaining('Choose one of: a') }),
    );
  });

  test('rejects a folder that is missing or empty', () => {
    expect(() => loadEnvironments({ folder })).toThrow(expect.objectContaining({ code: 'NoEnvironments' }));
    expect(() => loadEnvironments({ folder: join(folder, 'none') })).toThrow(ToolkitError);
  });

  test('names the folders below a folder without environments in which there are some', () => {
    mkdirSync(join(folder, 'eu', 'prod'), { recursive: true });
    for (const below of ['us', 'empty', '.git']) mkdirSync(join(folder, below));
    for (const file of ['eu/prod/a.yaml', 'us/b.yaml', '.git/c.yaml']) write(file, MINIMAL);
    expect(() => loadEnvironments({ folder })).toThrow(
      `'${folder}' must hold one .yaml file per environment, got: none; folders below it are not read\n` +
        `Name one of 2 with --environments: ${join(folder, 'eu', 'prod')}, ${join(folder, 'us')}`,
    );
  });
});

describe('a file of the folder that is no text', () => {
  let folder: string;
  const FILE = { label: 'Acme', account: '111122223333', region: 'us-east-2', bucket: 'acme-vault' };
  const TEXT = JSON.stringify({ ...FILE, encryption: { method: 'AES-256' }, host: { kind: 'ec2' } });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'no-text-'));
    writeFileSync(join(folder, 'acme.yaml'), TEXT);
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('is broken, and keeps no other from being read', () => {
    symlinkSync('nowhere', join(folder, 'dangling.yaml'));
    mkdirSync(join(folder, 'inside.yaml'));
    const { environments, broken } = loadEach({ folder });
    expect(environments.map(({ name }) => name)).toEqual(['acme']);
    expect(broken.flatMap(({ issues }) => issues)).toEqual([
      {
        file: join(folder, 'dangling.yaml'),
        path: '',
        message: 'must be a file that can be read, got: no such file or folder',
      },
      {
        file: join(folder, 'inside.yaml'),
        path: '',
        message: 'must be a file that can be read, got: a folder, where a file is needed',
      },
    ]);
    expect(() => loadEach({ folder, names: ['unheard-of'] })).toThrow("'unheard-of' must be an environment");
  });

  test('keeps all from being read where it is that of the defaults', () => {
    mkdirSync(join(folder, 'defaults.yaml'));
    expect(() => loadEach({ folder })).toThrow('defaults.yaml: must be a file that can be read, got: a folder');
  });

  test('is left alone where an editor or a system keeps it there', () => {
    symlinkSync('somebody@somewhere.1', join(folder, '.#acme.yaml'));
    writeFileSync(join(folder, '._acme.yaml'), 'resource fork');
    expect(loadEach({ folder }).broken).toEqual([]);
  });

  test('is read in UTF-16 as well, as PowerShell writes it', () => {
    writeFileSync(join(folder, 'acme.yaml'), Buffer.from(`\ufeff${TEXT}`, 'utf16le'));
    expect(loadEach({ folder }).environments.map(({ name }) => name)).toEqual(['acme']);
  });

  test('stands in the place of the folder', () => {
    expect(() => loadEach({ folder: join(folder, 'acme.yaml') })).toThrow(
      `'${join(folder, 'acme.yaml')}' must be a folder of environment files that can be read, got: a file, where a folder is needed\n`,
    );
  });
});
