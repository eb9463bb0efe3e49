import type { SimulatedAccount } from '../../../lib/simulated-aws';
import { ROLES_ANYWHERE_OPERATIONS } from '../../../lib/simulated-aws/rolesanywhere/operations';
import { accountId, policyDocument, region, startAccount } from '../account';
import { limitedRole } from '../limited-role';
import { createAuthority, type Issued, issue, revoke } from '../rolesanywhere/certificate-authority';
import { ask, type ControlRequest, type JsonAnswer } from '../rolesanywhere/control-plane';
import { keepState } from './prepared-state';
import { configWithout } from './recorded-client';

/** Tests of one operation. */
interface Row {
  readonly request: () => ControlRequest;
  readonly status?: number;
  /** Members of its answer. */
  readonly answer: () => object;
  /** Each is denied in turn. @default - the one that has the operation's name */
  readonly permissions?: readonly string[];
  /** Requests that are refused, by the code of the error. */
  readonly errors: Readonly<Record<string, () => ControlRequest>>;
}

const roleArn = `arn:aws:iam::${accountId}:role/vault`;
const pca = `arn:aws:acm-pca:${region}:${accountId}:certificate-authority/11111111-2222-3333-4444-555555555555`;
const nobody = '00000000-0000-0000-0000-000000000000';
const tags = [{ key: 'team', value: 'backup' }];
const sessionPolicy = policyDocument({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });

let account: SimulatedAccount;
let authority: Issued;
let leaf: Issued;
let crlPem: string;
let restore: () => void;
/** Ids of what the account holds before each request. */
let anchorId: string;
let profileId: string;
let crlId: string;
const subjectId = '99999999-8888-7777-6666-555555555555';

const arnOf = (type: string, id: string) => `arn:aws:rolesanywhere:${region}:${accountId}:${type}/${id}`;
const bundle = () => ({ sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: authority.pem } });
const crlData = (pem = crlPem) => Buffer.from(pem).toString('base64');
const get = (target: string) => () => ({ method: 'GET', target });
const post = (target: string, body?: object) => () => ({ method: 'POST', target, ...(body && { body }) });
const newAnchor = (change: object = {}) => ({ name: 'new', source: bundle(), ...change });
const newProfile = (change: object = {}) => ({ name: 'new', roleArns: [roleArn], ...change });

/** Get, delete, enable and disable of a kind of resource. */
function rowsOf(noun: string, member: string, path: string, id: () => string): Readonly<Record<string, Row>> {
  const one =
    (suffix = '', method = 'POST') =>
    () => ({ method, target: `/${path}/${id()}${suffix}` });
  const absent = (suffix = '', method = 'POST') => ({
    ResourceNotFoundException: () => ({ method, target: `/${path}/${nobody}${suffix}` }),
  });
  const answer =
    (change: object = {}) =>
    () => ({ [member]: { [`${member}Id`]: id(), ...change } });
  return {
    [`Get${noun}`]: { request: one('', 'GET'), answer: answer(), errors: absent('', 'GET') },
    [`Delete${noun}`]: { request: one('', 'DELETE'), answer: answer(), errors: absent('', 'DELETE') },
    [`Enable${noun}`]: { request: one('/enable'), answer: answer({ enabled: true }), errors: absent('/enable') },
    [`Disable${noun}`]: { request: one('/disable'), answer: answer({ enabled: false }), errors: absent('/disable') },
    [`List${noun}s`]: {
      request: get(`/${path}s`),
      answer: () => ({ [`${member}s`]: [expect.objectContaining({ [`${member}Id`]: id() })] }),
      errors: { ValidationException: get(`/${path}s?pageSize=none`) },
    },
  };
}

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf('TrustAnchor', 'trustAnchor', 'trustanchor', () => anchorId),
  ...rowsOf('Profile', 'profile', 'profile', () => profileId),
  ...rowsOf('Crl', 'crl', 'crl', () => crlId),
  GetSubject: {
    request: get(`/subject/${subjectId}`),
    answer: () => ({ subject: { subjectId, x509Subject: 'CN=host' } }),
    errors: { ResourceNotFoundException: get(`/subject/${nobody}`) },
  },
  ListSubjects: {
    request: get('/subjects?pageSize=5'),
    answer: () => ({ subjects: [{ subjectId, lastSeenAt: expect.stringMatching(/^20\d\d-/) }] }),
    errors: { ValidationException: get('/subjects?nextToken=other') },
  },
  CreateTrustAnchor: {
    request: () => ({ method: 'POST', target: '/trustanchors', body: newAnchor({ enabled: true, tags }) }),
    status: 201,
    answer: () => ({
      trustAnchor: {
        name: 'new',
        enabled: true,
        source: bundle(),
        notificationSettings: ['CA_CERTIFICATE_EXPIRY', 'END_ENTITY_CERTIFICATE_EXPIRY'].map((event) => ({
          enabled: true,
          event,
          threshold: 45,
          channel: 'ALL',
          configuredBy: 'rolesanywhere.amazonaws.com',
        })),
      },
    }),
    permissions: ['rolesanywhere:CreateTrustAnchor', 'rolesanywhere:TagResource'],
    errors: {
      ValidationException: () => ({ method: 'POST', target: '/trustanchors', body: newAnchor({ name: 'a/b' }) }),
      NotImplemented: () => ({ method: 'POST', target: '/trustanchors', body: newAnchor({ aliasName: 'new' }) }),
      TooManyTagsException: () => ({
        method: 'POST',
        target: '/trustanchors',
        body: newAnchor({ tags: Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: '' })) }),
      }),
      UnknownOperationException: post('/trustanchor', {}),
      SerializationException: () => ({ method: 'POST', target: '/trustanchors', body: ['no object'] }),
    },
  },
  UpdateTrustAnchor: {
    request: () => ({
      method: 'PATCH',
      target: `/trustanchor/${anchorId}`,
      body: { name: 'renamed', source: { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn: pca } } },
    }),
    answer: () => ({
      trustAnchor: {
        name: 'renamed',
        enabled: true,
        source: { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn: pca } },
      },
    }),
    errors: {
      ValidationException: () => ({
        method: 'PATCH',
        target: `/trustanchor/${anchorId}`,
        body: { source: { ...bundle(), sourceData: { x509CertificateData: leaf.pem } } },
      }),
      ResourceNotFoundException: () => ({ method: 'PATCH', target: `/trustanchor/${nobody}`, body: {} }),
    },
  },
  PutNotificationSettings: {
    request: () => ({
      method: 'PATCH',
      target: '/put-notifications-settings',
      body: {
        trustAnchorId: anchorId,
        notificationSettings: [{ event: 'CA_CERTIFICATE_EXPIRY', enabled: false, threshold: 90 }],
      },
    }),
    answer: () => ({
      trustAnchor: {
        notificationSettings: [
          { event: 'CA_CERTIFICATE_EXPIRY', enabled: false, threshold: 90, configuredBy: accountId },
          { event: 'END_ENTITY_CERTIFICATE_EXPIRY', enabled: true, configuredBy: 'rolesanywhere.amazonaws.com' },
        ],
      },
    }),
    errors: {
      ValidationException: () => ({
        method: 'PATCH',
        target: '/put-notifications-settings',
        body: { trustAnchorId: anchorId, notificationSettings: [{ event: 'NEW_YEAR', enabled: true }] },
      }),
      ResourceNotFoundException: () => ({
        method: 'PATCH',
        target: '/put-notifications-settings',
        body: { trustAnchorId: nobody, notificationSettings: [] },
      }),
    },
  },
  ResetNotificationSettings: {
    request: () => ({
      method: 'PATCH',
      target: '/reset-notifications-settings',
      body: { trustAnchorId: anchorId, notificationSettingKeys: [{ event: 'END_ENTITY_CERTIFICATE_EXPIRY' }] },
    }),
    answer: () => ({ trustAnchor: { notificationSettings: [{ threshold: 45 }, { threshold: 45 }] } }),
    errors: {
      ValidationException: () => ({
        method: 'PATCH',
        target: '/reset-notifications-settings',
        body: { trustAnchorId: anchorId },
      }),
      ResourceNotFoundException: () => ({
        method: 'PATCH',
        target: '/reset-notifications-settings',
        body: { trustAnchorId: nobody, notificationSettingKeys: [] },
      }),
    },
  },
  CreateProfile: {
    request: post('/profiles', newProfile({ enabled: true, sessionPolicy, tags })),
    status: 201,
    answer: () => ({
      profile: {
        name: 'new',
        enabled: true,
        roleArns: [roleArn],
        durationSeconds: 3600,
        sessionPolicy,
        acceptRoleSessionName: false,
        requireInstanceProperties: false,
        managedPolicyArns: [],
        createdBy: accountId,
        attributeMappings: [
          { certificateField: 'x509Issuer', mappingRules: [{ specifier: '*' }] },
          {
            certificateField: 'x509SAN',
            mappingRules: [{ specifier: 'DNS' }, { specifier: 'URI' }, { specifier: 'Name/*' }],
          },
          { certificateField: 'x509Subject', mappingRules: [{ specifier: '*' }] },
        ],
      },
    }),
    permissions: ['rolesanywhere:CreateProfile', 'rolesanywhere:TagResource', 'iam:PassRole'],
    errors: {
      ValidationException: post('/profiles', newProfile({ durationSeconds: 899 })),
      NotImplemented: post('/profiles', newProfile({ tipConfiguration: { status: 'ENABLED' } })),
    },
  },
  UpdateProfile: {
    request: () => ({
      method: 'PATCH',
      target: `/profile/${profileId}`,
      body: { roleArns: [roleArn], durationSeconds: 900 },
    }),
    answer: () => ({ profile: { name: 'profile', durationSeconds: 900 } }),
    permissions: ['rolesanywhere:UpdateProfile', 'iam:PassRole'],
    errors: {
      ValidationException: () => ({
        method: 'PATCH',
        target: `/profile/${profileId}`,
        body: { sessionPolicy: '{"Statement":' },
      }),
      ResourceNotFoundException: () => ({ method: 'PATCH', target: `/profile/${nobody}` }),
    },
  },
  PutAttributeMapping: {
    request: () => ({
      method: 'PUT',
      target: `/profiles/${profileId}/mappings`,
      body: { certificateField: 'x509SAN', mappingRules: [{ specifier: 'Email' }] },
    }),
    answer: () => ({
      profile: {
        attributeMappings: expect.arrayContaining([
          {
            certificateField: 'x509SAN',
            mappingRules: ['DNS', 'URI', 'Name/*', 'Email'].map((specifier) => ({ specifier })),
          },
        ]),
      },
    }),
    errors: {
      ValidationException: () => ({
        method: 'PUT',
        target: `/profiles/${profileId}/mappings`,
        body: { certificateField: 'x509Serial', mappingRules: [] },
      }),
      ResourceNotFoundException: () => ({
        method: 'PUT',
        target: `/profiles/${nobody}/mappings`,
        body: { certificateField: 'x509SAN', mappingRules: [] },
      }),
    },
  },
  DeleteAttributeMapping: {
    request: () => ({
      method: 'DELETE',
      target: `/profiles/${profileId}/mappings?certificateField=x509SAN&specifiers=DNS&specifiers=URI`,
    }),
    answer: () => ({
      profile: {
        attributeMappings: expect.arrayContaining([
          { certificateField: 'x509SAN', mappingRules: [{ specifier: 'Name/*' }] },
        ]),
      },
    }),
    errors: {
      ValidationException: () => ({
        method: 'DELETE',
        target: `/profiles/${profileId}/mappings?certificateField=x509SAN&specifiers=Email`,
      }),
      ResourceNotFoundException: () => ({
        method: 'DELETE',
        target: `/profiles/${nobody}/mappings?certificateField=x509SAN`,
      }),
    },
  },
  ImportCrl: {
    request: () => ({
      method: 'POST',
      target: '/crls',
      body: { name: 'new', crlData: crlData(), enabled: true, trustAnchorArn: arnOf('trust-anchor', anchorId), tags },
    }),
    status: 201,
    answer: () => ({
      crl: { name: 'new', enabled: true, crlData: crlData(), trustAnchorArn: arnOf('trust-anchor', anchorId) },
    }),
    permissions: ['rolesanywhere:ImportCrl', 'rolesanywhere:TagResource'],
    errors: {
      ValidationException: () => ({
        method: 'POST',
        target: '/crls',
        body: { name: 'new', crlData: crlData(authority.pem), trustAnchorArn: arnOf('trust-anchor', anchorId) },
      }),
      ResourceNotFoundException: () => ({
        method: 'POST',
        target: '/crls',
        body: { name: 'new', crlData: crlData(), trustAnchorArn: arnOf('trust-anchor', nobody) },
      }),
    },
  },
  UpdateCrl: {
    request: () => ({ method: 'PATCH', target: `/crl/${crlId}`, body: { name: 'renamed', crlData: crlData() } }),
    answer: () => ({ crl: { crlId, name: 'renamed' } }),
    errors: {
      ValidationException: () => ({ method: 'PATCH', target: `/crl/${crlId}`, body: { crlData: '' } }),
      ResourceNotFoundException: () => ({ method: 'PATCH', target: `/crl/${nobody}`, body: {} }),
    },
  },
  TagResource: {
    request: () => ({
      method: 'POST',
      target: '/TagResource',
      body: { resourceArn: arnOf('profile', profileId), tags: [{ key: 'team', value: 'other' }] },
    }),
    status: 201,
    answer: () => ({}),
    errors: {
      ValidationException: () => ({
        method: 'POST',
        target: '/TagResource',
        body: { resourceArn: arnOf('profile', profileId), tags: [{ key: 'aws:team', value: '' }] },
      }),
      ResourceNotFoundException: post('/TagResource', { resourceArn: arnOf('profile', nobody), tags }),
    },
  },
  UntagResource: {
    request: () => ({
      method: 'POST',
      target: '/UntagResource',
      body: { resourceArn: arnOf('profile', profileId), tagKeys: ['team'] },
    }),
    answer: () => ({}),
    errors: {
      ValidationException: () => ({
        method: 'POST',
        target: '/UntagResource',
        body: { resourceArn: arnOf('profile', profileId), tagKeys: [''] },
      }),
      ResourceNotFoundException: post('/UntagResource', { resourceArn: arnOf('crl', nobody), tagKeys: [] }),
    },
  },
  ListTagsForResource: {
    request: () => ({
      method: 'GET',
      target: `/ListTagsForResource?resourceArn=${encodeURIComponent(arnOf('profile', profileId))}`,
    }),
    answer: () => ({ tags }),
    errors: {
      ValidationException: get('/ListTagsForResource'),
      ResourceNotFoundException: get(`/ListTagsForResource?resourceArn=${encodeURIComponent(arnOf('crl', nobody))}`),
    },
  },
};

beforeAll(async () => {
  account = await startAccount();
  authority = await createAuthority({ subject: 'CN=Issuing CA' });
  leaf = await issue({ subject: 'CN=host', issuer: authority });
  crlPem = await revoke(authority, leaf);
  anchorId = await make('trustAnchor', '/trustanchors', newAnchor({ name: 'anchor', enabled: true }));
  profileId = await make('profile', '/profiles', newProfile({ name: 'profile', enabled: true, tags }));
  const trustAnchorArn = arnOf('trust-anchor', anchorId);
  crlId = await make('crl', '/crls', { name: 'crl', crlData: crlData(), enabled: true, trustAnchorArn });
  const now = account.state.now();
  account.state.rolesAnywhere.subjects.set(subjectId, {
    id: subjectId,
    arn: arnOf('subject', subjectId),
    isEnabled: true,
    createdAt: now,
    updatedAt: now,
    lastSeenAt: now,
    tags: new Map(),
    x509Subject: 'CN=host',
    credentials: new Map(),
  });
});

async function make(member: string, target: string, body: object): Promise<string> {
  const answer = await ask(account, { method: 'POST', target, body });
  const made = answer.body[member] as Readonly<Record<string, string>> | undefined;
  if (made === undefined) throw new Error(JSON.stringify(answer));
  return made[`${member}Id`] ?? '';
}

beforeEach(() => {
  const { trustAnchors, profiles, crls, subjects } = account.state.rolesAnywhere;
  restore = keepState(trustAnchors, profiles, crls, subjects);
});

afterEach(() => restore());

afterAll(async () => {
  await account.stop();
});

const codeOf = ({ status, headers, body }: JsonAnswer) => ({
  status,
  code: headers['x-amzn-errortype'],
  codeInBody: body.__type,
});

/** It is signed with the key of a certificate, and has tests of its own. */
const CERTIFIED = ['CreateSession'];

test('every operation has a row', () => {
  expect([...Object.keys(rows), ...CERTIFIED].sort()).toEqual([...ROLES_ANYWHERE_OPERATIONS.keys()].sort());
});

test.each(Object.entries(rows))('%s succeeds', async (_name, { request, status = 200, answer }) => {
  expect(await ask(account, request())).toMatchObject({ status, body: answer() });
});

const permissionCases = Object.entries(rows).flatMap(([name, { permissions = [`rolesanywhere:${name}`], request }]) =>
  permissions.map((permission) => [name, permission, request] as const),
);

test.each(permissionCases)('%s needs %s', async (_name, permission, request) => {
  const { credentials } = configWithout(account, permission);
  const answer = await ask(account, request(), credentials);
  const error = 'AccessDeniedException';
  expect(codeOf(answer)).toEqual({ status: 403, code: error, codeInBody: error });
  expect(answer.body.message).toContain(`is not authorized to perform: ${permission} on resource: `);
});

const statuses: Readonly<Record<string, number>> = {
  ResourceNotFoundException: 404,
  UnknownOperationException: 404,
  NotImplemented: 501,
};

const errorCases = Object.entries(rows).flatMap(([name, { errors }]) =>
  Object.entries(errors).map(([code, request]) => [name, code, request] as const),
);

test.each(errorCases)('%s answers %s', async (_name, code, request) => {
  const status = statuses[code] ?? 400;
  expect(codeOf(await ask(account, request()))).toEqual({ status, code, codeInBody: code });
});

test.each([
  ['rolesanywhere.amazonaws.com', 201],
  ['ec2.amazonaws.com', 403],
])('a role that may only be passed to %s: %i', async (service, status) => {
  const signer = limitedRole(
    account,
    'passing',
    { Effect: 'Allow', Action: 'rolesanywhere:*', Resource: '*' },
    {
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: roleArn,
      Condition: { StringEquals: { 'iam:PassedToService': service } },
    },
  );
  expect(await ask(account, post('/profiles', newProfile())(), signer)).toMatchObject({ status });
});

test('a resource is found by its ARN as well', async () => {
  const target = `/profile/${encodeURIComponent(arnOf('profile', profileId))}`;
  expect(await ask(account, { method: 'GET', target })).toMatchObject({ body: { profile: { profileId } } });
});

test('an update with an empty body changes nothing', async () => {
  const before = await ask(account, { method: 'GET', target: `/profile/${profileId}` });
  const { body } = await ask(account, { method: 'PATCH', target: `/profile/${profileId}` });
  const withoutTime = ({ updatedAt, ...profile }: Readonly<Record<string, unknown>>) => profile;
  expect(withoutTime(body.profile as never)).toEqual(withoutTime(before.body.profile as never));
});

test('lists come in pages', async () => {
  await ask(account, { method: 'POST', target: '/profiles', body: newProfile() });
  const first = await ask(account, { method: 'GET', target: '/profiles?pageSize=1' });
  const target = `/profiles?nextToken=${first.body.nextToken}&pageSize=1`;
  const second = await ask(account, { method: 'GET', target });
  expect([first.body.profiles, second.body.profiles, second.body.nextToken]).toMatchObject([
    [{ name: 'profile' }],
    [{ name: 'new' }],
    undefined,
  ]);
});

test.each([
  ['nobody', { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' }, 'UnrecognizedClientException'],
  ['another secret', () => ({ ...account.administrator, secretAccessKey: 'x' }), 'InvalidSignatureException'],
])('a signature of %s is refused', async (_who, credentials, code) => {
  const signer = typeof credentials === 'function' ? credentials() : credentials;
  const answer = await ask(account, { method: 'GET', target: '/profiles' }, signer);
  expect(codeOf(answer)).toEqual({ status: 403, code, codeInBody: code });
});

test('a trust anchor is disabled unless it is created as enabled', async () => {
  const answer = await ask(account, { method: 'POST', target: '/trustanchors', body: newAnchor() });
  expect(answer.body.trustAnchor).toMatchObject({ enabled: false });
});
