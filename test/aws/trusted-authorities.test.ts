import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trustedAuthorities } from '../../lib/aws/trusted-authorities';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'authorities-'));
  for (const name of ['own', 'extra']) writeFileSync(join(folder, name), `-----BEGIN CERTIFICATE-----\n${name}\n`);
  writeFileSync(join(folder, 'text'), 'no certificate');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('further authorities', () => {
  test('are left to Node where AWS_CA_BUNDLE names none', () => {
    expect(trustedAuthorities({ NODE_EXTRA_CA_CERTS: join(folder, 'extra') })).toBeUndefined();
  });

  test('are those of AWS_CA_BUNDLE and of Node', () => {
    const env = { AWS_CA_BUNDLE: join(folder, 'own'), NODE_EXTRA_CA_CERTS: join(folder, 'extra') };
    expect(trustedAuthorities(env)).toMatch(/own\n\n-----BEGIN CERTIFICATE-----\nextra/);
  });

  test.each(['text', 'missing'])('must be a file of certificates, and not %s', (name) => {
    const file = join(folder, name);
    expect(() => trustedAuthorities({ AWS_CA_BUNDLE: file })).toThrow(
      expect.objectContaining({ code: 'BadCaBundle', message: expect.stringContaining(`'AWS_CA_BUNDLE'`) }),
    );
  });
});
