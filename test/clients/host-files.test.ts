import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostFiles } from '../../lib/host-files';
import type { HostToSetUp } from '../../lib/host-files/host-file';
import { PROCESS_HOST, SERVE_HOST } from '../host-files/host';
import { describeWithProgram, type Ended, runProgram } from './program';

// Programs that nobody here wrote, with the files that `emit` writes for a host on premises.

const SYNTAX = join(__dirname, 'python/powershell_syntax.py');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'host-files-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(toSetUp: HostToSetUp<'on-premises'>): string {
  for (const { name, text } of hostFiles(toSetUp)) {
    mkdirSync(join(folder, 'host'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return join(folder, 'host');
}

describeWithProgram('systemd-analyze', () => {
  const SYSTEM = ['/usr/lib/systemd/system', '/lib/systemd/system'];
  const TARGETS = ['basic', 'multi-user', 'network', 'network-online', 'shutdown', 'sysinit', 'timers'];

  /** Programs and targets as a host has them, and the units as the page puts them there. */
  function rootOf(files: string, units: readonly string[]): string {
    const root = join(folder, 'root');
    const etc = join(root, 'etc/systemd/system');
    mkdirSync(join(etc, 'tomcat.service.d'), { recursive: true });
    mkdirSync(join(root, 'usr/lib/systemd/system'), { recursive: true });
    for (const program of ['usr/local/bin/aws_signing_helper', 'usr/bin/openssl']) {
      mkdirSync(join(root, program, '..'), { recursive: true });
      writeFileSync(join(root, program), '#!/bin/sh\n', { mode: 0o755 });
    }
    for (const target of TARGETS) {
      const [found] = SYSTEM.map((place) => join(place, `${target}.target`)).filter((file) =>
        statSync(file, { throwIfNoEntry: false }),
      );
      if (found !== undefined) cpSync(found, join(root, 'usr/lib/systemd/system', `${target}.target`));
    }
    for (const unit of units) cpSync(join(files, unit), join(etc, unit));
    writeFileSync(join(etc, 'tomcat.service'), '[Service]\nExecStart=/usr/bin/openssl\n');
    cpSync(join(files, 'tomcat-vault.conf'), join(etc, 'tomcat.service.d/vault-backup.conf'));
    return root;
  }

  const EXPIRY = ['vault-certificate-expiry.service', 'vault-certificate-expiry.timer'];

  test.each([
    ['runs the helper', PROCESS_HOST, EXPIRY],
    ['is served credentials', SERVE_HOST, [...EXPIRY, 'vault-roles-anywhere.service']],
    [
      'has names that systemd would take for more',
      { ...SERVE_HOST, aws: { ...SERVE_HOST.aws, region: 'us-east-2', roleArn: 'arn:x; %n "$a" \\' } },
      [...EXPIRY, 'vault-roles-anywhere.service'],
    ],
  ])('finds nothing wrong with the units of a host that %s', async (_name, toSetUp, units) => {
    const root = rootOf(write(toSetUp), units);
    const checked = await runProgram('systemd-analyze', ['verify', `--root=${root}`, ...units, 'tomcat.service'], {
      env: {},
    });
    expect(checked).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });
});

// There is no PowerShell here to run it: what a grammar can tell is that it is a script.
describeWithProgram('python-powershell', () => {
  const linesIn = async (script: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await runProgram('python-powershell', [SYNTAX, script], { env: {} });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    return stdout;
  };
  const names = ["vault-1'; Remove-Item C:\\", 'vault-$(1)', 'vault-`"'];

  test.each([
    ['runs the helper', PROCESS_HOST],
    ['is served credentials', SERVE_HOST],
    [
      'has names that PowerShell would take for more',
      { ...SERVE_HOST, host: { ...SERVE_HOST.host, certificate: { subject: { CN: names } } } },
    ],
  ])('finds a script for Windows of a host that %s', async (_name, toSetUp) => {
    expect(await linesIn(join(write(toSetUp), 'windows.ps1'))).toBe('');
  });

  test('finds where a script is none', async () => {
    const script = join(folder, 'broken.ps1');
    writeFileSync(script, "$a = 'x'\nif ($a) {\n  $b = 'y\n}\n");
    expect(await linesIn(script)).not.toBe('');
  });
});

describeWithProgram('openssl', () => {
  let place: string;
  let files: string;
  const env = () => ({ VAULT_BACKUP_FOLDER: place });
  const openssl = (...args: readonly string[]) => runProgram('openssl', args, { env: {}, cwd: folder });
  const sh = (script: string, ...args: readonly string[]) =>
    runProgram('sh', [join(files, script), ...args], { env: env(), cwd: folder });

  beforeEach(async () => {
    files = write(PROCESS_HOST);
    place = join(folder, 'place');
    mkdirSync(place);
    await authority('ca', "Acme's Issuing CA (2)");
  });

  async function authority(name: string, commonName: string): Promise<void> {
    await openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${name}.key`);
    const subject = ['-subj', `/CN=${commonName}`, '-days', '30', '-out', `${name}.pem`];
    await openssl('req', '-x509', '-new', '-key', `${name}.key`, ...subject);
  }

  interface Signing {
    readonly request?: string;
    readonly by?: string;
    readonly days?: number;
    readonly arguments?: readonly string[];
    readonly extensions?: string;
  }

  /** Signs the request of the host, as an authority does that copies what was asked for. */
  async function sign({ request = join(place, 'request.pem'), by = 'ca', days = 90, ...other }: Signing = {}) {
    writeFileSync(join(folder, 'ext'), other.extensions ?? '');
    const copied = other.extensions === undefined ? ['-copy_extensions', 'copy'] : ['-extfile', 'ext'];
    const signer = ['-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-days', `${days}`];
    const signed = await openssl(
      ...['x509', '-req', '-in', request, '-out', 'new.pem', ...signer, ...copied, ...(other.arguments ?? [])],
    );
    if (signed.exitCode !== 0) throw new Error(signed.stderr);
  }

  const said = ({ exitCode, stdout, stderr }: Ended) => [exitCode, (stdout + stderr).trim().replace(/^.*\.sh: /, '')];

  test('a host makes its key once, readable by its user alone, and a request as AWS wants it', async () => {
    expect((await sh('request.sh', 'vault-1.acme.example')).exitCode).toBe(0);
    const key = readFileSync(join(place, 'private-key.pem'), 'utf8');
    expect(statSync(join(place, 'private-key.pem')).mode & 0o777).toBe(0o600);
    expect((await sh('request.sh', 'vault-2.acme.example')).exitCode).toBe(0);
    expect(readFileSync(join(place, 'private-key.pem'), 'utf8')).toBe(key);
    const { stdout } = await openssl('req', '-in', join(place, 'request.pem'), '-noout', '-text', '-verify');
    expect(stdout).toContain('Subject: CN = vault-2.acme.example');
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'X509v3 Basic Constraints: critical CA:FALSE X509v3 Key Usage: critical Digital Signature ' +
        'X509v3 Extended Key Usage: TLS Web Client Authentication',
    );
  });

  test('a key that is there already goes to the user who is named', async () => {
    await sh('request.sh', 'vault-1.acme.example');
    const key = readFileSync(join(place, 'private-key.pem'), 'utf8');
    expect((await sh('request.sh', 'vault-1.acme.example', 'nobody')).exitCode).toBe(0);
    expect(readFileSync(join(place, 'private-key.pem'), 'utf8')).toBe(key);
    expect(statSync(join(place, 'private-key.pem'))).toMatchObject({ mode: 0o100600, uid: 65_534 });
  });

  test('a name that the role does not trust gets no request', async () => {
    expect(said(await sh('request.sh', 'laptop.acme.example'))).toEqual([
      1,
      'the common name must be one that the role trusts, got: laptop.acme.example',
    ]);
    expect(statSync(join(place, 'private-key.pem'), { throwIfNoEntry: false })).toBe(undefined);
  });

  test('a certificate goes into its place, and the same one only once', async () => {
    await sh('request.sh', 'vault-1.acme.example');
    await sign();
    const renewed = [0, 'renewed: the helper reads it with the next session, and needs no restart'];
    expect(said(await sh('renew.sh', 'new.pem'))).toEqual(renewed);
    expect(readFileSync(join(place, 'certificate.pem'))).toEqual(readFileSync(join(folder, 'new.pem')));
    expect(said(await sh('renew.sh', 'new.pem'))).toEqual([0, 'unchanged']);
    await sign({ days: 30 });
    expect(said(await sh('renew.sh', 'new.pem'))).toEqual(renewed);
  });

  const LEAF = 'basicConstraints=CA:FALSE\nkeyUsage=digitalSignature';

  test.each<readonly [string, () => Promise<unknown>, string]>([
    [
      'no PEM in it',
      async () => writeFileSync(join(folder, 'new.pem'), 'x'),
      'it must be a certificate in PEM, got: new.pem',
    ],
    ['another authority', () => other(), "it must be issued by Acme's Issuing CA (2), got: Other CA"],
    ['another key', () => anotherKey(), 'it must belong to the private key of this host'],
    ['a longer validity', () => sign({ days: 92 }), 'it must expire within the days that the environment file names'],
    ['an end in the past', () => sign({ arguments: ['-days', '-1'] }), 'it must be valid, and has expired'],
    [
      'the marks of an authority',
      () => sign({ extensions: 'basicConstraints=CA:TRUE\nkeyUsage=digitalSignature' }),
      'it must be of a host, and is of an authority',
    ],
    [
      'no basic constraints',
      () => sign({ extensions: 'keyUsage=digitalSignature' }),
      'its basic constraints must say CA:FALSE',
    ],
    [
      'another use',
      () => sign({ extensions: 'basicConstraints=CA:FALSE\nkeyUsage=keyAgreement' }),
      'its key usage must have digitalSignature',
    ],
    [
      'a signature over SHA-1',
      () => sign({ extensions: LEAF, arguments: ['-sha1'] }),
      'it must be signed over SHA-256 or stronger',
    ],
  ])('a certificate with %s stays out', async (_name, make, why) => {
    await sh('request.sh', 'vault-1.acme.example');
    await make();
    const [exitCode, text] = said(await sh('renew.sh', 'new.pem'));
    expect([
      exitCode,
      String(text)
        .split('\n')
        .at(-1)
        ?.replace(/^.*\.sh: /, ''),
    ]).toEqual([1, why]);
    expect(statSync(join(place, 'certificate.pem'), { throwIfNoEntry: false })).toBe(undefined);
  });

  test('a certificate of another name stays out', async () => {
    await sh('request.sh', 'vault-1.acme.example');
    const key = ['-key', join(place, 'private-key.pem'), '-subj', '/CN=laptop.acme.example', '-out', 'other.csr'];
    await openssl('req', '-new', ...key);
    await sign({ request: 'other.csr', extensions: LEAF });
    expect(said(await sh('renew.sh', 'new.pem'))).toEqual([
      1,
      'its common name must be one that the role trusts, got: laptop.acme.example',
    ]);
  });

  async function other() {
    await authority('other', 'Other CA');
    await sign({ by: 'other' });
  }

  async function anotherKey() {
    await openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'else.key');
    await openssl('req', '-new', '-key', 'else.key', '-subj', '/CN=vault-1.acme.example', '-out', 'else.csr');
    await sign({ request: 'else.csr', extensions: LEAF });
  }
});
