import 'reflect-metadata';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension } from '@peculiar/x509';
import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import { examineCertificate } from '../../lib/doctor/certificate/examine-certificate';
import { readHostCertificate } from '../../lib/doctor/certificate/read-host-certificate';
import {
  authorityExtensions,
  createAuthority,
  type Issued,
  issue,
  type Wanted,
} from '../simulated-aws/rolesanywhere/certificate-authority';

type OnPremises = Extract<BackupEnvironment['host'], { readonly kind: 'on-premises' }>;

const HOST: OnPremises = {
  kind: 'on-premises',
  trustAnchorArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/0f5c',
  profileArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:profile/1a2b',
  certificate: { subject: { CN: ['vault-1.acme.example'] }, issuer: { CN: 'Acme Issuing CA' }, maximumDays: 2 },
  sessionSeconds: 3600,
  helper: 'process',
  revocation: 'crl',
};

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);
const usage = new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true);

describe('the certificate of a host', () => {
  let folder: string;
  let [authority, good, other]: Issued[] = [];
  const file = (name: string) => join(folder, name);
  const FILES = () => ({ certificate: file('certificate.pem'), privateKey: file('private-key.pem') });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'certificate-'));
    authority = await createAuthority({ subject: 'CN=Acme Issuing CA' });
    good = await issue({ subject: 'CN=vault-1.acme.example', issuer: authority });
    other = await issue({ subject: 'CN=vault-1.acme.example' });
  });

  beforeEach(() => {
    write('certificate.pem', good?.pem);
    write('private-key.pem', good?.keyPem);
    write('intermediates.pem', authority?.pem);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text = '') => {
    writeFileSync(file(name), text);
    chmodSync(file(name), 0o600);
  };
  const remove = (name: string) => rmSync(file(name));
  const examined = (
    files: Partial<ReturnType<typeof FILES> & { intermediates: string }> = {},
    host = HOST,
    now = new Date(),
  ) => examineCertificate({ files: { ...FILES(), ...files }, host, now });

  test('that is in order passes, with its chain and without', () => {
    const found = [expect.stringMatching(/certificate\.pem is of CN=vault-1\.acme\.example, valid to /)];
    expect(examined()).toMatchObject({ result: 'pass', found });
    expect(examined({ intermediates: file('intermediates.pem') })).toMatchObject({ result: 'pass', found });
  });

  test.each<{ is: string; make: () => unknown; found: RegExp; fix: RegExp }>([
    {
      is: 'missing',
      make: () => remove('certificate.pem'),
      found: /certificate\.pem is not there\.$/,
      fix: /renew\.sh of host\//,
    },
    {
      is: 'no certificate',
      make: () => write('certificate.pem', '-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----\n'),
      found: /holds no certificate in PEM/,
      fix: /that the authority issued/,
    },
    {
      is: 'without its key',
      make: () => remove('private-key.pem'),
      found: /private-key\.pem is not there\.$/,
      fix: /issued/,
    },
    {
      is: 'beside the key of another',
      make: () => write('private-key.pem', other?.keyPem),
      found: /private-key\.pem does not belong to the certificate/,
      fix: /was requested with/,
    },
    {
      is: 'beside a key that is none',
      make: () => write('private-key.pem', 'no key'),
      found: /holds no private key that can be read/,
      fix: /was requested with/,
    },
    {
      is: 'without its chain',
      make: () => remove('intermediates.pem'),
      found: /intermediates\.pem is not there/,
      fix: /install/,
    },
    {
      is: 'of an authority that is not in its chain',
      make: () => write('intermediates.pem', other?.pem),
      found: /None of the certificates in .*intermediates\.pem issued that of this host: it was CN=Acme Issuing CA/,
      fix: /^Put into .*intermediates\.pem the certificate of CN=Acme Issuing CA, /,
    },
  ])('that is $is is told so', ({ make, found, fix }) => {
    make();
    const finding = examined({ intermediates: file('intermediates.pem') });
    expect({ result: finding.result, last: finding.found.at(-1), fix: finding.fix }).toEqual({
      result: 'fail',
      last: expect.stringMatching(found),
      fix: expect.stringMatching(fix),
    });
  });

  describe('whose trust anchor holds a root', () => {
    const ROOT = 'O=Acme\\, Inc, CN=Acme Root CA';
    let [root, between, leaf]: Issued[] = [];

    beforeAll(async () => {
      root = await createAuthority({ subject: 'O=Acme\\, Inc,CN=Acme Root CA' });
      between = await createAuthority({ subject: 'CN=Acme Issuing CA', issuer: root });
      leaf = await issue({ subject: 'CN=vault-1.acme.example', issuer: between });
    });

    beforeEach(() => {
      write('certificate.pem', leaf?.pem);
      write('private-key.pem', leaf?.keyPem);
    });

    const among = (given: { intermediates?: string; authorities?: readonly string[] }) => {
      const { intermediates, authorities = [ROOT] } = given;
      if (intermediates !== undefined) write('intermediates.pem', intermediates);
      const named = intermediates === undefined ? {} : { intermediates: file('intermediates.pem') };
      const { result, found, fix } = examined(named, { ...HOST, authorities: [...authorities] });
      return { result, found: found.slice(1), fix };
    };

    test('passes with what stands between, in any order, and where the trust anchor holds that itself', () => {
      const all = [root, between].map((one) => one?.pem).join('\n');
      for (const given of [
        { intermediates: between?.pem ?? '' },
        { intermediates: all },
        { authorities: ['CN=Acme Issuing CA'] },
        { authorities: ['CN=Acme Issuing CA'], intermediates: between?.pem ?? '' },
      ]) {
        expect(among(given)).toEqual({ result: 'pass', found: [], fix: undefined });
      }
    });

    test.each([
      ['none', undefined, 'CN=Acme Issuing CA', /^Name a file with the certificate of CN=Acme Issuing CA, .* --interm/],
      [
        'another',
        () => other?.pem,
        'CN=Acme Issuing CA',
        /^Put into .*intermediates\.pem the certificate of CN=Acme Issuing CA, /,
      ],
    ])('is told where its chain ends with %s between', (_what, make, end, fix) => {
      const found = `The certificates that the helper sends end below ${end}, and the trust anchor holds ${ROOT}.`;
      const intermediates = make?.();
      expect(among(intermediates === undefined ? {} : { intermediates })).toEqual({
        result: 'fail',
        found: [found],
        fix: expect.stringMatching(fix),
      });
    });

    test('is told that the trust anchor holds another authority than that of the chain', () => {
      const found = `The certificates that the helper sends end below ${ROOT}, and the trust anchor holds CN=Other.`;
      expect(among({ intermediates: between?.pem ?? '', authorities: ['CN=Other'] })).toMatchObject({
        result: 'fail',
        found: [found],
      });
    });
  });

  test.each([
    { name: 'certificate.pem', result: 'fail' },
    { name: 'private-key.pem', result: 'fail' },
  ])('whose $name may not be read is told so', ({ name, result }) => {
    // A folder is what nobody reads, an administrator included.
    const finding = examined({ [name === 'certificate.pem' ? 'certificate' : 'privateKey']: folder });
    expect(finding).toMatchObject({
      result,
      found: expect.arrayContaining([expect.stringMatching(/cannot be read \(EISDIR\)/)]),
      fix: expect.stringMatching(/^Run this as the user that runs the credential helper/),
    });
  });

  test('whose key only the user of a helper that serves may read is not at fault', () => {
    const finding = examined({ privateKey: folder }, { ...HOST, helper: 'serve' });
    expect(finding).toMatchObject({
      result: 'note',
      found: [expect.any(String), expect.stringMatching(/cannot be read/)],
    });
  });

  test.each([
    { days: 2, found: /^It expired at /, fix: /^Have it issued again/ },
    { days: -2, found: /^It is not valid before /, fix: /^Look at the clock of this host first/ },
  ])('is looked at $days days from now', ({ days, found, fix }) => {
    const finding = examined({}, HOST, new Date(Date.now() + days * 86_400_000));
    expect(finding).toMatchObject({
      result: 'fail',
      found: [expect.any(String), expect.stringMatching(found)],
      fix: expect.stringMatching(fix),
    });
  });

  test.each<{ is: string; wanted: Omit<Wanted, 'subject'>; result: 'fail' | 'note'; found: string }>([
    {
      is: 'of an authority',
      wanted: { extensions: authorityExtensions() },
      result: 'fail',
      found: 'It is the certificate of an authority (CA:TRUE), and a host must have one of its own.',
    },
    {
      is: 'without basic constraints',
      wanted: { extensions: [usage] },
      result: 'fail',
      found: 'Its basic constraints do not say CA:FALSE.',
    },
    {
      is: 'without digitalSignature',
      wanted: {
        extensions: [
          new BasicConstraintsExtension(false, undefined, true),
          new KeyUsagesExtension(KeyUsageFlags.keyEncipherment, true),
        ],
      },
      result: 'fail',
      found: 'Its key usage is without digitalSignature.',
    },
    {
      is: 'without key usage',
      wanted: { extensions: [new BasicConstraintsExtension(false, undefined, true)] },
      result: 'fail',
      found: 'Its key usage is without digitalSignature.',
    },
    {
      is: 'signed over SHA-1',
      wanted: { hash: 'SHA-1' },
      result: 'fail',
      found: 'It is signed over SHA-1, and must be over SHA-256 or stronger.',
    },
    {
      is: 'of a short key',
      wanted: { key: 'RSA-1024' },
      result: 'fail',
      found: 'Its RSA key has 1024 bits, and must have 2048.',
    },
    {
      is: 'about to expire',
      wanted: { notBefore: inDays(-1), notAfter: inDays(0.25) },
      result: 'note',
      found: '19 % of its validity is left: 0.2 days of 1.3 days.',
    },
    {
      is: 'valid for longer than was promised',
      wanted: { notBefore: inDays(-1), notAfter: inDays(9) },
      result: 'fail',
      found: 'It is valid for 10 days, and the environment file names 2 days at most.',
    },
  ])('that is $is is told so', async ({ wanted, result, found }) => {
    const { pem, keyPem } = await issue({ subject: 'CN=vault-1.acme.example', issuer: authority as Issued, ...wanted });
    write('certificate.pem', pem);
    write('private-key.pem', keyPem);
    const finding = examined();
    expect({ result: finding.result, found: finding.found.slice(1), fix: finding.fix }).toMatchObject({
      result,
      found: expect.arrayContaining([found]),
      fix: expect.stringMatching(/\w\.?$/),
    });
  });

  test('is found by the command line of the helper, and told by its names', async () => {
    const config = file('aws-config');
    writeFileSync(config, `[default]\ncredential_process = helper --certificate ${file('certificate.pem')}\n`);
    const saved = process.env;
    process.env = { ...saved, AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: '/nonexistent' };
    const found = await readHostCertificate(HOST, { env: {} });
    remove('certificate.pem');
    const gone = await readHostCertificate(HOST, { env: {} });
    const none = await readHostCertificate({ kind: 'ec2', instanceProfileArn: 'arn:x' }, { env: {} });
    process.env = saved;
    expect({ found, gone, none }).toEqual({
      found: {
        file: file('certificate.pem'),
        serialNumber: good?.serialNumber,
        commonName: 'vault-1.acme.example',
        issuer: 'Acme Issuing CA',
      },
      gone: undefined,
      none: undefined,
    });
  });

  test.each([
    { mode: 0o644, says: 'mode 0644' },
    { mode: 0o640, says: 'mode 0640' },
    { mode: 0o604, says: 'mode 0604' },
  ])('whose private key has $says is told so', ({ mode, says }) => {
    chmodSync(file('private-key.pem'), mode);
    expect(examined()).toMatchObject({
      result: 'fail',
      found: [expect.any(String), expect.stringContaining(says)],
      fix: expect.stringMatching(/^chmod 600 /),
    });
  });

  test('that lives as long as was promised, dated back by an hour, passes', async () => {
    const { pem, keyPem } = await issue({
      subject: 'CN=vault-1.acme.example',
      issuer: authority as Issued,
      notBefore: inDays(-1 / 24),
      notAfter: inDays(2),
    });
    write('certificate.pem', pem);
    write('private-key.pem', keyPem);
    expect(examined()).toMatchObject({ result: 'pass' });
  });

  test.each([
    {
      host: { ...HOST, certificate: { subject: { CN: ['vault-2.acme.example'] } } },
      found: /^Its common name is vault-1/,
    },
    {
      host: { ...HOST, certificate: { ...HOST.certificate, issuer: { CN: 'Other CA' } } },
      found: /^It was issued by Acme Issuing CA, and the role asks for Other CA/,
    },
  ])('that the trust policy lets in no more is told so: $found', ({ host, found }) => {
    expect(examined({}, host)).toMatchObject({
      result: 'fail',
      found: [expect.any(String), expect.stringMatching(found)],
      fix: expect.stringContaining('names of the environment file'),
    });
  });

  test('that stands with its chain in one file is told that the helper sends the first alone', () => {
    write('certificate.pem', `${good?.pem}\n${authority?.pem}`);
    expect(examined()).toMatchObject({ result: 'note', fix: expect.stringContaining('--intermediates') });
  });
});
