import fc from 'fast-check';
import type { SimulatedAccount } from '../../../lib/simulated-aws';
import { tryReadBundle, tryReadCertificate } from '../../../lib/simulated-aws/rolesanywhere/certificates/certificate';
import { tryReadCrl } from '../../../lib/simulated-aws/rolesanywhere/certificates/crl';
import { runsOf } from '../../support/property-runs';
import { accountId, region, startAccount } from '../account';
import { createAuthority, type Issued, issue, revoke } from './certificate-authority';
import { ask } from './control-plane';
import { askForSession, type SentRequest } from './session-client';

// Certificates, lists and requests from whoever means no good: nothing is granted, and the account stays up.

const run = { seed: 20_261_129, numRuns: runsOf(300) };
const roleArn = `arn:aws:iam::${accountId}:role/vault`;

let account: SimulatedAccount;
let authority: Issued;
let leaf: Issued;
let crlPem: string;
let trustAnchorArn: string;
let profileArn: string;

beforeAll(async () => {
  account = await startAccount();
  authority = await createAuthority({ subject: 'CN=Issuing CA' });
  leaf = await issue({ subject: 'CN=vault-1.example', issuer: authority });
  crlPem = await revoke(authority, leaf);
  trustAnchorArn = await make('/trustanchors', 'trustAnchor', {
    source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: authority.pem } },
  });
  profileArn = await make('/profiles', 'profile', { roleArns: [roleArn] });
});

afterAll(() => account.stop());

async function make(target: string, member: string, body: object): Promise<string> {
  const answer = await ask(account, { method: 'POST', target, body: { name: 'vault', enabled: true, ...body } });
  return (answer.body[member] as Readonly<Record<string, string>>)[`${member}Arn`] ?? '';
}

/** Some bytes of a document changed, left out or repeated. */
function damaged(bytes: () => Buffer): fc.Arbitrary<Buffer> {
  const edit = fc.record({ at: fc.nat(4095), kind: fc.constantFrom('set', 'cut', 'repeat'), value: fc.nat(255) });
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) =>
    edits.reduce((before, { at, kind, value }) => {
      const index = at % Math.max(before.length, 1);
      if (kind === 'cut') return before.subarray(0, index);
      if (kind === 'repeat') return Buffer.concat([before.subarray(0, index), before]);
      return Buffer.concat([before.subarray(0, index), Buffer.from([value]), before.subarray(index + 1)]);
    }, bytes()),
  );
}

/** Refused, without a bug of the account behind it. */
function expectRefusal(status: number): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect([500, 502, 503]).not.toContain(status);
  expect(account.requestLog.last?.stack).toBeUndefined();
}

const hostile = () => ({ leaf, trustAnchorArn, profileArn, roleArn });

test('damaged certificates and lists are read or rejected', () => {
  fc.assert(
    fc.property(
      damaged(() => leaf.der),
      fc.string(),
      (der, text) => {
        tryReadCertificate(der);
        tryReadBundle(`-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n${text}`);
      },
    ),
    run,
  );
  fc.assert(
    fc.property(
      damaged(() => Buffer.from(crlPem.split('\n').slice(1, -1).join(''), 'base64')),
      (der) => {
        tryReadCrl(`-----BEGIN X509 CRL-----\n${der.toString('base64')}\n-----END X509 CRL-----`);
      },
    ),
    run,
  );
});

test('a damaged certificate or chain gets no session', async () => {
  const certificate = fc.oneof(
    damaged(() => leaf.der),
    damaged(() => authority.der),
  );
  await fc.assert(
    fc.asyncProperty(certificate, fc.array(certificate, { maxLength: 3 }), async (der, chain) => {
      const intermediates = chain.map((bytes) => ({ ...authority, der: bytes }));
      expectRefusal((await askForSession(account, { ...hostile(), leaf: { ...leaf, der }, intermediates })).status);
      expectRefusal((await askForSession(account, { ...hostile(), intermediates })).status);
    }),
    run,
  );
});

test('a request with any header or body changed gets no session', async () => {
  const names = fc.constantFrom('authorization', 'x-amz-date', 'x-amz-x509', 'content-type', 'x-amz-x509-chain');
  const text = fc.string({ maxLength: 60 }).map((value) => value.replace(/[^\x20-\x7e]/g, '').trim());
  await fc.assert(
    fc.asyncProperty(names, text, text, async (name, value, body) => {
      const tamper = (sent: SentRequest) => ({ ...sent, headers: { ...sent.headers, [name]: value }, body });
      expectRefusal((await askForSession(account, { ...hostile(), tamper })).status);
    }),
    run,
  );
});

test('a signed request with any body gets no session', async () => {
  const members = fc.constantFrom('durationSeconds', 'roleSessionName', 'instanceProperties', 'profileArn', 'cert');
  await fc.assert(
    fc.asyncProperty(members, fc.jsonValue(), async (name, value) => {
      expectRefusal((await askForSession(account, { ...hostile(), body: { [name]: value } })).status);
    }),
    run,
  );
});

const targets = ['/trustanchors', '/profiles', '/crls', '/TagResource', '/UntagResource'];

test.each(targets)('any body sent to %s gets an answer', async (target) => {
  const name = fc.constantFrom(
    'name',
    'source',
    'roleArns',
    'tags',
    'crlData',
    'trustAnchorArn',
    'sessionPolicy',
    'resourceArn',
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, fc.jsonValue()), async (body) => {
      expectRefusal((await ask(account, { method: 'POST', target, body })).status);
    }),
    run,
  );
});

test(`the account in ${region} still answers`, async () => {
  expect(await ask(account, { method: 'GET', target: '/profiles' })).toMatchObject({ status: 200 });
});
