import 'reflect-metadata';
import { rootCertificates } from 'node:tls';
import { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension } from '@peculiar/x509';
import { readAuthorities } from '../../lib/certificates/authorities';
import { createAuthority, type Issued, issue } from '../simulated-aws/rolesanywhere/certificate-authority';

const NOW = new Date('2026-11-29T00:00:00Z');
const year = (value: number) => new Date(`${value}-01-01T00:00:00Z`);
const inForce = { notBefore: year(2020), notAfter: year(2040) };

let root: Issued;
beforeAll(async () => {
  root = await createAuthority({ subject: 'CN=Acme Root CA', ...inForce });
});

test('takes a root and an authority below it, and always writes them alike', async () => {
  const below = await createAuthority({ subject: 'CN=Acme Issuing CA', issuer: root, ...inForce });
  const untidy = `Acme's authorities\r\n${root.pem.replaceAll('\n', '\r\n')}\r\n\r\n${below.pem}`;
  const read = readAuthorities(untidy, NOW);
  expect(read).toEqual(readAuthorities(`${root.pem}\n${below.pem}`, NOW));
  expect(read).toEqual({
    pem: expect.stringMatching(/^(-----BEGIN CERTIFICATE-----\n[^-]+\n-----END CERTIFICATE-----\n){2}$/),
  });
});

test.each<{ name: string; text: () => string | Promise<string>; problem: string | RegExp }>([
  { name: 'no PEM at all', text: () => 'CN=Acme', problem: 'it holds no certificate in PEM form' },
  {
    name: 'a private key next to the certificate',
    text: () => `${root.pem}\n${root.keyPem}`,
    problem: 'it holds a private key, which belongs to the authority alone',
  },
  {
    name: 'a block of another kind',
    text: () => `${root.pem}\n-----BEGIN X509 CRL-----\nMA==\n-----END X509 CRL-----\n`,
    problem: 'it holds a block of another kind (X509 CRL)',
  },
  {
    name: 'a certificate that is cut off',
    text: () => `-----BEGIN CERTIFICATE-----\n${root.pem.split('\n')[1]}\n-----END CERTIFICATE-----\n`,
    problem: 'it holds a certificate that cannot be read',
  },
  {
    name: 'the certificate of a host',
    text: async () => `${root.pem}\n${(await issue({ subject: 'CN=vault-1', issuer: root, ...inForce })).pem}`,
    problem: "'CN=vault-1' is the certificate of a host, not of an authority",
  },
  {
    name: 'an authority that may not sign certificates',
    text: async () => {
      const extensions = [
        new BasicConstraintsExtension(true, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.cRLSign, true),
      ];
      return (await createAuthority({ subject: 'CN=Acme Root CA', ...inForce, extensions })).pem;
    },
    problem: "'CN=Acme Root CA' may not sign certificates (key usage keyCertSign)",
  },
  {
    name: 'an authority that has expired',
    text: async () =>
      (await createAuthority({ subject: 'CN=Old CA', notBefore: year(2010), notAfter: year(2020) })).pem,
    problem: "'CN=Old CA' expired on 2020-01-01",
  },
  {
    name: 'a signature over SHA-1',
    text: async () => (await createAuthority({ subject: 'CN=Weak CA', hash: 'SHA-1', ...inForce })).pem,
    problem: "'CN=Weak CA' is signed over SHA-1, not over SHA-256 or stronger",
  },
  {
    name: 'a root that browsers trust',
    text: () => rootCertificates.find((pem) => pem !== '') ?? '',
    problem: /is a public authority, from which anybody can have a certificate$/,
  },
  {
    name: 'two roots',
    text: async () => `${root.pem}\n${(await createAuthority({ subject: 'CN=Other Root CA', ...inForce })).pem}`,
    problem: "it holds more than one root: 'CN=Acme Root CA' and 'CN=Other Root CA'",
  },
])('refuses $name by name', async ({ text, problem }) => {
  const read = readAuthorities(await text(), NOW);
  const matching = typeof problem === 'string' ? problem : expect.stringMatching(problem);
  expect(read).toMatchObject({ problems: expect.arrayContaining([matching]) });
});

test('checks no dates where no day is given', async () => {
  const old = await createAuthority({ subject: 'CN=Old CA', notBefore: year(2010), notAfter: year(2020) });
  expect(readAuthorities(old.pem)).toMatchObject({ pem: expect.any(String) });
});

test('an authority that a public root issued counts as public', async () => {
  const [publicRoot = ''] = rootCertificates;
  const { subject } = new (await import('@peculiar/x509')).X509Certificate(publicRoot);
  const issued = await createAuthority({ subject: 'CN=Middle', issuer: { ...root, subject }, ...inForce });
  expect(readAuthorities(issued.pem, NOW)).toMatchObject({
    problems: ["'CN=Middle' is a public authority, from which anybody can have a certificate"],
  });
});
