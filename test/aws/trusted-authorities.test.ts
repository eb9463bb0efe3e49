import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { trustedAuthorities } from '../../lib/aws/trusted-authorities';

const [OWN = '', EXTRA = ''] = rootCertificates;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'authorities-'));
  writeFileSync(join(folder, 'own'), OWN);
  writeFileSync(join(folder, 'extra'), EXTRA);
  writeFileSync(join(folder, 'broken'), `${OWN}\n${EXTRA.replace('\nM', '\n?')}\n`);
  writeFileSync(join(folder, 'text'), 'no certificate');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('further authorities', () => {
  test('are left to Node where AWS_CA_BUNDLE names none', () => {
    expect(trustedAuthorities({ NODE_EXTRA_CA_CERTS: join(folder, 'extra') })).toBeUndefined();
  });

  test('are those of AWS_CA_BUNDLE and of Node', () => {
    const env = { AWS_CA_BUNDLE: join(folder, 'own'), NODE_EXTRA_CA_CERTS: join(folder, 'extra') };
    expect(trustedAuthorities(env)).toBe(`${OWN}\n${EXTRA}`);
  });

  test.each(['AWS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'])('of %s are refused where one of them is broken', (name) => {
    const file = join(folder, 'broken');
    expect(() => trustedAuthorities({ [name]: file })).toThrow(
      expect.objectContaining({ message: expect.stringContaining(`'${name}' must`) }),
    );
    expect(() => trustedAuthorities({ [name]: file })).toThrow('whose certificate 2 is broken');
  });

  test.each(['text', 'missing'])('must be a file of certificates, and not %s', (name) => {
    const file = join(folder, name);
    expect(() => trustedAuthorities({ AWS_CA_BUNDLE: file })).toThrow(
      expect.objectContaining({ code: 'BadCaBundle', message: expect.stringContaining(`'AWS_CA_BUNDLE'`) }),
    );
  });
});
