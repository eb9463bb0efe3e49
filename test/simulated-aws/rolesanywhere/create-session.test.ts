import 'reflect-metadata';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
} from '@peculiar/x509';
import type { SimulatedAccount } from '../../../lib/simulated-aws';
import { readPermissionsPolicy, readTrustPolicy } from '../../../lib/simulated-aws/iam/entities/policy-document';
import { accountId, Clock, clientConfig, policyDocument, region, startAccount } from '../account';
import { keepState } from '../operations/prepared-state';
import { authorityExtensions, createAuthority, type Issued, issue, revoke } from './certificate-authority';
import { ask } from './control-plane';
import { askForSession, type SessionAnswer, type SessionAsk } from './session-client';

const roleArn = `arn:aws:iam::${accountId}:role/vault`;
const dayMs = 86_400_000;
const hour = 3600;
const clock = new Clock();

let account: SimulatedAccount;
let root: Issued;
let issuing: Issued;
let leaf: Issued;
let anchorArn: string;
let profileArn: string;
let restore: () => void;

const idOf = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

/** A request of the host, with its certificate under the issuing authority, which the trust anchor does not hold. */
function askAs(change: Partial<SessionAsk> = {}): Promise<SessionAnswer> {
  return askForSession(account, {
    leaf,
    intermediates: [issuing],
    trustAnchorArn: anchorArn,
    profileArn,
    roleArn,
    now: clock.now(),
    ...change,
  });
}

/** Statement of the role's trust policy, with everything that pins a host. */
function trust(change: object = {}, conditions: object = {}): string {
  return policyDocument({
    Effect: 'Allow',
    Principal: { Service: 'rolesanywhere.amazonaws.com' },
    Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
    Condition: {
      ArnEquals: { 'aws:SourceArn': anchorArn },
      StringEquals: {
        'aws:PrincipalTag/x509Subject/CN': 'vault-1.example',
        'aws:PrincipalTag/x509Issuer/CN': 'Issuing CA',
        ...conditions,
      },
    },
    ...change,
  });
}

function setTrust(text: string): void {
  const role = account.state.iam.roles.get('vault');
  if (role === undefined) throw new Error('the role is not there');
  account.state.iam.roles.set('vault', { ...role, trustPolicy: readTrustPolicy(account.state, text) });
}

async function control(method: string, target: string, body?: object): Promise<Readonly<Record<string, never>>> {
  const answer = await ask(account, { method, target, ...(body && { body }) });
  if (answer.status >= 300) throw new Error(JSON.stringify(answer));
  return answer.body as never;
}

function bundleOf(...authorities: readonly Issued[]): object {
  const x509CertificateData = authorities.map(({ pem }) => pem).join('\n');
  return { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData } };
}

async function createAnchor(...authorities: readonly Issued[]): Promise<string> {
  const body = { name: 'anchor', enabled: true, source: bundleOf(...authorities) };
  const { trustAnchor } = await control('POST', '/trustanchors', body);
  return (trustAnchor as { readonly trustAnchorArn: string } | undefined)?.trustAnchorArn ?? '';
}

beforeAll(async () => {
  account = await startAccount(clock);
  root = await createAuthority({ subject: 'CN=Root CA' });
  issuing = await createAuthority({
    subject: 'CN=Issuing CA,O=Acme',
    issuer: root,
    extensions: authorityExtensions(0),
  });
  leaf = await issue({ subject: 'CN=vault-1.example,O=Acme', issuer: issuing });
  account.state.iam.roles.set('vault', {
    name: 'vault',
    path: '/',
    id: 'AROAEXAMPLEEXAMPLE00',
    arn: roleArn,
    createdAt: clock.now(),
    tags: new Map(),
    trustPolicy: readTrustPolicy(account.state, policyDocument({ Effect: 'Deny', Principal: '*', Action: 'sts:*' })),
    maxSessionDurationSeconds: 2 * hour,
    inlinePolicies: new Map([
      [
        'rights',
        readPermissionsPolicy(
          policyDocument({
            Effect: 'Allow',
            Action: 'rolesanywhere:ListProfiles',
            Resource: '*',
            Condition: {
              StringEquals: {
                'aws:PrincipalTag/x509Subject/CN': 'vault-1.example',
                'aws:SourceIdentity': 'CN=vault-1.example',
              },
            },
          }),
          'rights',
        ),
      ],
    ]),
    attachedPolicyArns: [],
  });
  anchorArn = await createAnchor(root);
  const { profile } = await control('POST', '/profiles', { name: 'profile', enabled: true, roleArns: [roleArn] });
  profileArn = (profile as { readonly profileArn: string } | undefined)?.profileArn ?? '';
  setTrust(trust());
});

beforeEach(() => {
  const { trustAnchors, profiles, crls, subjects } = account.state.rolesAnywhere;
  restore = keepState(trustAnchors, profiles, crls, subjects, account.state.iam.roles);
});

afterEach(() => {
  clock.reset();
  restore();
});

afterAll(() => account.stop());

const refused = (message: string) => ({ status: 403, code: 'AccessDeniedException', body: { message } });
const untrusted = refused('Untrusted signing certificate');
const insufficient = refused('Untrusted certificate. Insufficient certificate');
const invalidSignature = refused('Invalid signature');
const unableToAssume = refused(`Unable to assume role for ${roleArn}`);

/** The host's session, or a failure of the test. */
function sessionOf({ status, body }: SessionAnswer) {
  if (status !== 201) throw new Error(JSON.stringify(body));
  const [first] = body.credentialSet as readonly {
    readonly credentials: {
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken: string;
      readonly expiration: string;
    };
  }[];
  if (first === undefined) throw new Error('there is no session');
  return { ...first.credentials, expiration: new Date(first.credentials.expiration) };
}

describe('a host gets a session', () => {
  test('that identifies it', async () => {
    const serial = leaf.serialNumber;
    const answer = await askAs();
    expect(answer).toEqual({
      status: 201,
      code: undefined,
      body: {
        credentialSet: [
          {
            assumedRoleUser: {
              arn: `arn:aws:sts::${accountId}:assumed-role/vault/${serial}`,
              assumedRoleId: `AROAEXAMPLEEXAMPLE00:${serial}`,
            },
            credentials: {
              accessKeyId: expect.stringMatching(/^ASIA/),
              secretAccessKey: expect.stringMatching(/^.{40}$/),
              sessionToken: expect.any(String),
              expiration: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
            },
            packedPolicySize: expect.any(Number),
            roleArn,
            sourceIdentity: 'CN=vault-1.example',
          },
        ],
        subjectArn: expect.stringMatching(`^arn:aws:rolesanywhere:${region}:${accountId}:subject/`),
      },
    });
    const sts = new STSClient({ ...clientConfig(account), credentials: sessionOf(answer) });
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: `arn:aws:sts::${accountId}:assumed-role/vault/${serial}`,
    });
    sts.destroy();
  });

  test('whose requests carry the attributes of the certificate', async () => {
    const credentials = sessionOf(await askAs());
    expect(await ask(account, { method: 'GET', target: '/profiles' }, credentials)).toMatchObject({ status: 200 });
  });

  test.each(['query', 'body'] as const)('with its parameters in the %s', async (form) => {
    sessionOf(await askAs({ form }));
  });

  test.each(['RSA-2048', 'P-256'] as const)(
    'with a key of %s, with or without an intermediate authority',
    async (key) => {
      const above = await createAuthority({ subject: 'CN=Issuing CA', key });
      const below = await createAuthority({ subject: 'CN=Issuing CA', issuer: above, keys: above.keys });
      const subject = 'CN=vault-1.example';
      const direct = await issue({ subject, issuer: above, key });
      const under = await issue({ subject, issuer: below, keys: direct.keys });
      const trustAnchorArn = await createAnchor(above);
      setTrust(trust({}, {}).replace(anchorArn, trustAnchorArn));
      sessionOf(await askAs({ leaf: direct, intermediates: [], trustAnchorArn }));
      sessionOf(await askAs({ leaf: under, intermediates: [below], trustAnchorArn }));
    },
  );

  test('with RSA-4096 keys throughout, sending the root along, in any order', async () => {
    const top = await createAuthority({ subject: 'CN=Top', key: 'RSA-4096' });
    const { keys } = top;
    const middle = await createAuthority({ subject: 'CN=Middle', issuer: top, keys });
    const low = await createAuthority({ subject: 'CN=Issuing CA', issuer: middle, keys });
    const host = await issue({ subject: 'CN=vault-1.example', issuer: low, keys });
    const direct = await issue({ subject: 'CN=vault-1.example', issuer: top, keys });
    const trustAnchorArn = await createAnchor(top);
    setTrust(trust({ Condition: { ArnEquals: { 'aws:SourceArn': trustAnchorArn } } }));
    sessionOf(await askAs({ leaf: host, intermediates: [middle, low, top], trustAnchorArn }));
    sessionOf(await askAs({ leaf: direct, intermediates: [], trustAnchorArn }));
  });

  test.each([
    ['the duration that it asks for', { durationSeconds: 900 }, 900],
    ['the longest time that the role allows', { durationSeconds: 12 * hour }, 2 * hour],
    ['the duration of the profile', { body: { durationSeconds: undefined } }, hour],
  ])('for %s', async (_limit, change, seconds) => {
    const now = clock.now();
    const { expiration } = sessionOf(await askAs(change));
    expect(Math.abs(expiration.getTime() - now.getTime() - seconds * 1000)).toBeLessThan(60_000);
  });

  test('under a session name of its own where the profile accepts one', async () => {
    const body = { roleSessionName: 'host' };
    expect(await askAs({ body })).toMatchObject(unableToAssume);
    await control('PATCH', `/profile/${idOf(profileArn)}`, { acceptRoleSessionName: true });
    expect(await askAs({ body })).toMatchObject({
      body: { credentialSet: [{ assumedRoleUser: { arn: `arn:aws:sts::${accountId}:assumed-role/vault/host` } }] },
    });
  });

  test('which the profile narrows', async () => {
    const sessionPolicy = policyDocument({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
    await control('PATCH', `/profile/${idOf(profileArn)}`, { sessionPolicy });
    const credentials = sessionOf(await askAs());
    expect(await ask(account, { method: 'GET', target: '/profiles' }, credentials)).toMatchObject({ status: 403 });
  });

  test('with a serial number that begins with zeros and has twenty bytes', async () => {
    const serialNumber = `00${'9'.repeat(38)}`;
    const host = await issue({ subject: 'CN=vault-1.example', issuer: issuing, serialNumber });
    sessionOf(await askAs({ leaf: host }));
  });

  test('that the list of subjects shows', async () => {
    sessionOf(await askAs());
    setTrust(trust({ Action: ['sts:AssumeRole'] }));
    await askAs({ leaf: await issue({ subject: 'CN=vault-1.example,O=Acme', issuer: issuing }) });
    const { subjects } = account.state.rolesAnywhere;
    const found = [...subjects.values()].map(({ x509Subject, credentials }) => [
      x509Subject,
      [...credentials.values()].map(({ issuer, hasFailed }) => [issuer, hasFailed]),
    ]);
    expect(found).toEqual([
      [
        'CN=vault-1.example, O=Acme',
        [
          ['CN=Issuing CA, O=Acme', false],
          ['CN=Issuing CA, O=Acme', true],
        ],
      ],
    ]);
  });

  test('from a private CA whose certificate is supplied', async () => {
    const acmPcaArn = `arn:aws:acm-pca:${region}:${accountId}:certificate-authority/11111111-2222-3333-4444-555555555555`;
    const source = { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn } };
    await control('PATCH', `/trustanchor/${idOf(anchorArn)}`, { source });
    expect(await askAs()).toMatchObject(untrusted);
    account.state.rolesAnywhere.suppliedAuthorities.set(acmPcaArn, root.pem);
    sessionOf(await askAs());
    account.state.rolesAnywhere.suppliedAuthorities.delete(acmPcaArn);
  });
});

interface Refusal {
  readonly name: string;
  /** The change that is made before. */
  readonly before?: () => unknown;
  /** How the request differs. */
  readonly given?: () => Partial<SessionAsk> | Promise<Partial<SessionAsk>>;
  readonly answer: object;
}

const unusual = (wanted: object) => async () => ({
  leaf: await issue({ subject: 'CN=vault-1.example', issuer: issuing, ...wanted }),
});

const leafWith = (isAuthority: boolean | undefined, usage: KeyUsageFlags) => [
  ...(isAuthority === undefined ? [] : [new BasicConstraintsExtension(isAuthority, undefined, true)]),
  new KeyUsagesExtension(usage, true),
];

const untrustedCertificates: readonly Refusal[] = [
  {
    name: 'of another authority with the same names',
    given: async () => {
      const other = await createAuthority({ subject: 'CN=Root CA' });
      const between = await createAuthority({ subject: 'CN=Issuing CA,O=Acme', issuer: other });
      return { leaf: await issue({ subject: 'CN=vault-1.example', issuer: between }), intermediates: [between] };
    },
    answer: untrusted,
  },
  { name: 'without the intermediate authority', given: () => ({ intermediates: [] }), answer: untrusted },
  {
    name: 'under an authority that has one below it, and may have none',
    given: async () => {
      const below = await createAuthority({ subject: 'CN=Below', issuer: issuing });
      return { leaf: await issue({ subject: 'CN=vault-1.example', issuer: below }), intermediates: [issuing, below] };
    },
    answer: untrusted,
  },
  {
    name: 'signed by a certificate that is not an authority’s',
    given: async () => ({
      leaf: await issue({ subject: 'CN=vault-1.example', issuer: leaf }),
      intermediates: [issuing, leaf],
    }),
    answer: untrusted,
  },
  {
    name: 'under an authority that has expired',
    given: async () => {
      const old = await createAuthority({ subject: 'CN=Old', issuer: root, notAfter: new Date(Date.now() - 60_000) });
      return { leaf: await issue({ subject: 'CN=vault-1.example', issuer: old }), intermediates: [old] };
    },
    answer: untrusted,
  },
  { name: 'that has expired', given: unusual({ notAfter: new Date(Date.now() - 60_000) }), answer: insufficient },
  { name: 'that is not yet valid', given: unusual({ notBefore: new Date(Date.now() + 60_000) }), answer: insufficient },
  { name: 'signed over SHA-1', given: unusual({ hash: 'SHA-1' }), answer: insufficient },
  { name: 'with a key of 1,024 bits', given: unusual({ key: 'RSA-1024' }), answer: insufficient },
  {
    name: 'that does not say whether it is an authority’s',
    given: unusual({ extensions: leafWith(undefined, KeyUsageFlags.digitalSignature) }),
    answer: insufficient,
  },
  {
    name: 'of an authority',
    given: unusual({ extensions: leafWith(true, KeyUsageFlags.digitalSignature) }),
    answer: insufficient,
  },
  {
    name: 'that may not be used for signatures',
    given: unusual({ extensions: leafWith(false, KeyUsageFlags.keyEncipherment) }),
    answer: insufficient,
  },
  {
    name: 'followed by something that is not a certificate',
    given: () => ({ intermediates: [{ ...issuing, der: Buffer.from('none') }] }),
    answer: insufficient,
  },
  {
    name: 'followed by one under a negative serial number',
    given: () => ({ intermediates: [underNegativeNumber(issuing)] }),
    answer: insufficient,
  },
];

/** Twos' complement: the number's first bit is its sign. */
function underNegativeNumber(issued: Issued): Issued {
  const der = Buffer.from(issued.der);
  const at = der.indexOf(Buffer.from(issued.serialNumber, 'hex'));
  der.writeUInt8(der.readUInt8(at) | 0x80, at);
  return { ...issued, der };
}

test.each(untrustedCertificates)('a certificate $name is refused', async ({ before, given, answer }) => {
  await before?.();
  expect(await askAs(await given?.())).toMatchObject(answer);
});

const unsound: readonly Refusal[] = [
  {
    name: 'with the key of another certificate',
    given: async () => ({ signingKeyPem: (await issue({ subject: 'CN=vault-1.example' })).keyPem }),
    answer: invalidSignature,
  },
  {
    name: 'under another serial number',
    given: () => ({ credentialId: '1' }),
    answer: invalidSignature,
  },
  {
    name: 'over another body',
    given: () => ({ tamper: (sent) => ({ ...sent, body: '{"durationSeconds":43200}' }) }),
    answer: invalidSignature,
  },
  {
    name: 'over another query',
    given: () => ({ tamper: (sent) => ({ ...sent, target: sent.target.replace('role%2Fvault', 'role%2Fother') }) }),
    answer: invalidSignature,
  },
  {
    name: 'that claims a key of another kind',
    given: () => ({ tamper: (sent) => withAuthorization(sent, (text) => text.replace('ECDSA', 'RSA')) }),
    answer: invalidSignature,
  },
  {
    name: 'over fewer headers',
    given: () => ({ tamper: (sent) => withAuthorization(sent, (text) => text.replace('x-amz-x509;', '')) }),
    answer: { status: 403, code: 'IncompleteSignatureException' },
  },
  {
    name: 'without its certificate',
    given: () => ({ tamper: (sent) => ({ ...sent, headers: { ...sent.headers, 'x-amz-x509': 'bm9uZQ==' } }) }),
    answer: { status: 403, code: 'IncompleteSignatureException' },
  },
  {
    name: 'with a certificate under a negative serial number',
    given: () => ({ leaf: underNegativeNumber(leaf) }),
    answer: { status: 403, code: 'IncompleteSignatureException' },
  },
  {
    name: 'made with ML-DSA',
    given: () => ({ tamper: (sent) => withAuthorization(sent, (text) => text.replace('ECDSA-SHA256', 'MLDSA')) }),
    answer: { status: 403, code: 'IncompleteSignatureException' },
  },
  {
    name: 'of ten minutes ago',
    given: () => ({ now: new Date(Date.now() - 600_000) }),
    answer: { status: 403, code: 'InvalidSignatureException' },
  },
  {
    name: 'for another region',
    given: () => ({ region: 'us-east-2' }),
    answer: { status: 403, code: 'InvalidSignatureException' },
  },
];

function withAuthorization(
  sent: { readonly target: string; readonly headers: Readonly<Record<string, string>>; readonly body: string },
  change: (text: string) => string,
) {
  return { ...sent, headers: { ...sent.headers, authorization: change(sent.headers.authorization ?? '') } };
}

test.each(unsound)('a signature $name is refused', async ({ before, given, answer }) => {
  await before?.();
  expect(await askAs(await given?.())).toMatchObject(answer);
});

const other = 'arn:aws:rolesanywhere:eu-west-1:111122223333:';
const nobody = '00000000-0000-0000-0000-000000000000';

const lockedOut: readonly Refusal[] = [
  {
    name: 'whose trust anchor is disabled',
    before: async () => control('POST', `/trustanchor/${idOf(anchorArn)}/disable`),
    answer: untrusted,
  },
  {
    name: 'whose trust anchor holds another authority',
    before: async () => {
      const source = bundleOf(await createAuthority({ subject: 'CN=Root CA' }));
      await control('PATCH', `/trustanchor/${idOf(anchorArn)}`, { source });
    },
    answer: untrusted,
  },
  {
    name: 'whose trust anchor is not there',
    given: () => ({ trustAnchorArn: `${other}trust-anchor/${nobody}` }),
    answer: { status: 404, code: 'ResourceNotFoundException' },
  },
  {
    name: 'whose trust anchor is in another region',
    given: () => ({ trustAnchorArn: anchorArn.replace(region, 'us-east-2') }),
    answer: { status: 404, code: 'ResourceNotFoundException' },
  },
  {
    name: 'whose profile is not there',
    given: () => ({ profileArn: `${other}profile/${nobody}` }),
    answer: { status: 404, code: 'ResourceNotFoundException' },
  },
  {
    name: 'whose profile is disabled',
    before: async () => control('POST', `/profile/${idOf(profileArn)}/disable`),
    answer: unableToAssume,
  },
  {
    name: 'whose profile lacks the role',
    before: async () => control('PATCH', `/profile/${idOf(profileArn)}`, { roleArns: [] }),
    answer: unableToAssume,
  },
  {
    name: 'whose role is not there',
    before: () => account.state.iam.roles.delete('vault'),
    answer: unableToAssume,
  },
  {
    name: 'whose certificate is on an enabled revocation list of the trust anchor',
    before: async () => importCrl(await revoke(issuing, leaf)),
    answer: refused('Untrusted certificate. Revoked certificate'),
  },
  {
    name: 'whose issuing authority is on a revocation list',
    before: async () => importCrl(await revoke(root, issuing)),
    answer: refused('Untrusted certificate. Revoked certificate'),
  },
  {
    name: 'that asks for an impossible duration',
    given: () => ({ durationSeconds: 899 }),
    answer: { status: 400, code: 'ValidationException' },
  },
  { name: 'that names no role', given: () => ({ roleArn: '' }), answer: { status: 400, code: 'ValidationException' } },
  {
    name: 'that sends an unknown field',
    given: () => ({ body: { cert: 'x' } }),
    answer: { status: 501, code: 'NotImplemented' },
  },
];

async function importCrl(pem: string, enabled = true): Promise<void> {
  const crlData = Buffer.from(pem).toString('base64');
  await control('POST', '/crls', { name: 'crl', crlData, enabled, trustAnchorArn: anchorArn });
}

test.each(lockedOut)('a host $name is refused', async ({ before, given, answer }) => {
  await before?.();
  expect(await askAs(await given?.())).toMatchObject(answer);
});

test.each([
  ['is disabled', async () => importCrl(await revoke(issuing, leaf), false)],
  [
    'is signed by another authority of the same name',
    async () => {
      await importCrl(await revoke(await createAuthority({ subject: 'CN=Issuing CA,O=Acme' }), leaf));
    },
  ],
  [
    'names another certificate',
    async () => {
      await importCrl(await revoke(issuing, await issue({ subject: 'CN=other', issuer: issuing })));
    },
  ],
])('a revocation list that %s revokes nothing', async (_why, given) => {
  await given();
  sessionOf(await askAs());
});

const trusts: readonly (readonly [string, () => string])[] = [
  ['sts:TagSession is missing', () => trust({ Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] })],
  ['sts:SetSourceIdentity is missing', () => trust({ Action: ['sts:AssumeRole', 'sts:TagSession'] })],
  ['sts:AssumeRole is missing', () => trust({ Action: ['sts:TagSession', 'sts:SetSourceIdentity'] })],
  ['another service is trusted', () => trust({ Principal: { Service: 'ec2.amazonaws.com' } })],
  ['another common name is trusted', () => trust({}, { 'aws:PrincipalTag/x509Subject/CN': 'vault-2.example' })],
  ['the name is in another case', () => trust({}, { 'aws:PrincipalTag/x509Subject/CN': 'Vault-1.example' })],
  ['another issuer is trusted', () => trust({}, { 'aws:PrincipalTag/x509Issuer/CN': 'Root CA' })],
  [
    'the trust policy asks for tags of the request',
    () => trust({}, { 'aws:RequestTag/x509Subject/CN': 'vault-1.example' }),
  ],
  ['the trust policy asks for another source account', () => trust({}, { 'aws:SourceAccount': '999988887777' })],
  [
    'the trust policy asks a request that tags for the source identity',
    () => trust({}, { 'sts:SourceIdentity': 'CN=vault-1.example' }),
  ],
  [
    'another trust anchor is trusted',
    () => trust({ Condition: { ArnEquals: { 'aws:SourceArn': `${other}trust-anchor/${nobody}` } } }),
  ],
];

test.each(trusts)('a host is refused where %s', async (_why, text) => {
  setTrust(text());
  expect(await askAs()).toMatchObject(unableToAssume);
  expect(account.requestLog.last).toMatchObject({
    eventName: 'CreateSession',
    errorCode: 'AccessDeniedException',
    decisions: expect.arrayContaining([expect.objectContaining({ resource: roleArn, result: 'implicitly-denied' })]),
  });
});

test('a field that the profile no longer maps is not a tag', async () => {
  const target = `/profiles/${idOf(profileArn)}/mappings?certificateField=x509Subject`;
  await control('DELETE', target);
  expect(await askAs()).toMatchObject(unableToAssume);
});

test.each([
  [
    'of several names of a host',
    new SubjectAlternativeNameExtension([
      { type: 'dns', value: 'a' },
      { type: 'dns', value: 'b' },
      { type: 'url', value: 'spiffe://x' },
    ]),
    { 'x509SAN/DNS': 'a', 'x509SAN/URI': 'spiffe://x' },
  ],
  [
    'of a directory name',
    new SubjectAlternativeNameExtension([{ type: 'dn', value: 'CN=directory' }]),
    { 'x509SAN/Name/CN': 'directory' },
  ],
])('the tags %s are those of the default mapping', async (_of, names, expected) => {
  const host = await issue({
    subject: 'CN=vault-1.example,OU=a,OU=b',
    issuer: issuing,
    extensions: [...leafWith(false, KeyUsageFlags.digitalSignature), names],
  });
  const { accessKeyId } = sessionOf(await askAs({ leaf: host }));
  const session = account.state.iam.accessKeys.get(accessKeyId);
  expect(session?.kind === 'role-session' && Object.fromEntries(session.tags)).toEqual({
    'x509Subject/CN': 'vault-1.example',
    'x509Subject/OU': 'a/b',
    'x509Issuer/CN': 'Issuing CA',
    'x509Issuer/O': 'Acme',
    ...expected,
  });
});

test('a name that cannot be a tag is reported', async () => {
  const host = await issue({ subject: 'CN=Vault (1)', issuer: issuing });
  expect(await askAs({ leaf: host })).toMatchObject(
    refused(
      `Unable to assume role for ${roleArn}. Some attributes failed to be mapped into session tags. Issuer: [  ]; Subject: [ CN ]; SAN: [  ]`,
    ),
  );
});

test('an access key signs no request for a session', async () => {
  const body = { trustAnchorArn: anchorArn, profileArn, roleArn };
  expect(await ask(account, { method: 'POST', target: '/sessions', body })).toMatchObject({
    status: 403,
    body: { __type: 'IncompleteSignatureException' },
  });
});

test('a certificate signs nothing but requests for sessions', async () => {
  const tamper = (sent: {
    readonly target: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  }) => ({ ...sent, target: '/profiles' });
  expect(await askAs({ tamper })).toMatchObject({ status: 403, code: 'IncompleteSignatureException' });
});

test('the session outlives the certificate’s trust, until it expires', async () => {
  const credentials = sessionOf(await askAs());
  await control('POST', `/trustanchor/${idOf(anchorArn)}/disable`);
  expect(await ask(account, { method: 'GET', target: '/profiles' }, credentials)).toMatchObject({ status: 200 });
  clock.advance(2 * dayMs);
  expect(await ask(account, { method: 'GET', target: '/profiles' }, credentials)).toMatchObject({
    status: 403,
    body: { __type: 'ExpiredTokenException' },
  });
});
