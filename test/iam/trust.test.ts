import { type AccessRequest, evaluate, type Policy, type Principal } from '../../lib/iam';
import {
  allowAll,
  FOREIGN,
  OWN,
  policy,
  request,
  type StatementDocument,
  session,
  trust,
  USER_GUIDE,
  user,
} from './requests';

const OIDC = `${USER_GUIDE}id_roles_create_for-idp_oidc.html`;
const SAML = `${USER_GUIDE}id_roles_create_for-idp_saml.html`;
const WEB_KEYS = `${USER_GUIDE}reference_policies_iam-condition-keys.html#condition-keys-wif`;
const STS_KEYS = `${USER_GUIDE}reference_policies_iam-condition-keys.html#condition-keys-sts`;
const SESSION_TAGS = `${USER_GUIDE}id_session-tags.html`;
const SOURCE_IDENTITY = `${USER_GUIDE}id_credentials_temp_control-access_monitor.html`;
const EXTERNAL_ID = `${USER_GUIDE}id_roles_common-scenarios_third-party.html`;
const ROLES_ANYWHERE = 'https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html';

const ROLE = `arn:aws:iam::${OWN}:role/vault`;
const GITHUB = `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com`;
const COMPANY = `arn:aws:iam::${OWN}:saml-provider/acme`;
const ANCHOR = `arn:aws:rolesanywhere:us-east-2:${OWN}:trust-anchor/12345678-90ab-cdef-1234-567890abcdef`;

const github: Principal = { kind: 'federated', provider: GITHUB };
const google: Principal = { kind: 'federated', provider: 'accounts.google.com' };
const saml: Principal = { kind: 'federated', provider: COMPANY };
const anywhere: Principal = { kind: 'service', service: 'rolesanywhere.amazonaws.com' };
const vendor = session('vendor', FOREIGN);
const bob = user('bob');

type Context = AccessRequest['context'];

/** Statement, the page that explains it, caller, actions, context, and the actions that are allowed. */
type Row = readonly [string, string, Principal, Policy, readonly string[], Context, readonly string[]];

/** The actions that the trust policy and a caller who may do everything allow. */
function allowedActions(principal: Principal, resource: Policy, actions: readonly string[], context: Context) {
  return actions.filter((name) => {
    const asked = request({ principal, action: `sts:${name}`, resource: ROLE, context });
    return evaluate(asked, { identity: [allowAll], resource }).result === 'allowed';
  });
}

function trusts(principal: unknown, actions: readonly string[], condition?: StatementDocument): Policy {
  const Action = actions.map((name) => `sts:${name}`);
  return trust({ Effect: 'Allow', Principal: principal, Action, ...(condition && { Condition: condition }) });
}

const WEB = ['AssumeRoleWithWebIdentity'];
const ASSUME = ['AssumeRole'];
const TAGGED = ['AssumeRole', 'TagSession'];
const IDENTIFIED = ['AssumeRole', 'SetSourceIdentity'];
const EVERY = ['AssumeRole', 'TagSession', 'SetSourceIdentity'];
const CERTIFIED = { 'aws:PrincipalTag/x509Subject/CN': 'vault.acme.example', 'aws:SourceArn': ANCHOR };
const AUDIENCE = { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' };
const BRANCH = 'token.actions.githubusercontent.com:sub';

const fromGithub = trusts({ Federated: GITHUB }, WEB, {
  StringEquals: AUDIENCE,
  StringLike: { [BRANCH]: 'repo:acme/vault:ref:refs/heads/*' },
});
const fromGoogle = trusts({ Federated: 'accounts.google.com' }, WEB, {
  StringEquals: { 'accounts.google.com:aud': '66677788899900pro0' },
});
const fromCompany = trusts({ Federated: COMPANY }, ['AssumeRoleWithSAML', 'TagSession'], {
  StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' },
});
const fromAnywhere = trusts({ Service: 'rolesanywhere.amazonaws.com' }, EVERY, {
  StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'vault.acme.example' },
  ArnEquals: { 'aws:SourceArn': ANCHOR },
});
const fromVendor = trusts({ AWS: FOREIGN }, ASSUME, { StringEquals: { 'sts:ExternalId': 'acme-7' } });
const named = trusts({ AWS: OWN }, ASSUME, { StringLike: { 'sts:RoleSessionName': '${aws:username}' } });
const withTags = trusts({ AWS: OWN }, TAGGED, {
  StringLike: { 'aws:RequestTag/project': '*' },
  'ForAllValues:StringEquals': { 'aws:TagKeys': ['project', 'team'], 'sts:TransitiveTagKeys': ['project'] },
});
const withoutTagging = trusts({ AWS: OWN }, ASSUME);
const identified = trusts({ AWS: OWN }, IDENTIFIED, { StringLike: { 'sts:SourceIdentity': ['bob', 'carol'] } });
const chained = trusts({ AWS: OWN }, IDENTIFIED, { StringEquals: { 'aws:SourceIdentity': 'bob' } });

test.each<Row>([
  [
    'a token for the branch',
    OIDC,
    github,
    fromGithub,
    WEB,
    { ...AUDIENCE, [BRANCH]: 'repo:acme/vault:ref:refs/heads/main' },
    WEB,
  ],
  [
    'a token for a pull request',
    OIDC,
    github,
    fromGithub,
    WEB,
    { ...AUDIENCE, [BRANCH]: 'repo:acme/vault:pull_request' },
    [],
  ],
  [
    'a token for another audience',
    OIDC,
    github,
    fromGithub,
    WEB,
    {
      ...AUDIENCE,
      'token.actions.githubusercontent.com:aud': 'https://github.com/acme',
      [BRANCH]: 'repo:acme/vault:ref:refs/heads/main',
    },
    [],
  ],
  ['a token without a subject', OIDC, github, fromGithub, WEB, AUDIENCE, []],
  [
    'a token of another provider',
    OIDC,
    google,
    fromGithub,
    WEB,
    { ...AUDIENCE, [BRANCH]: 'repo:acme/vault:ref:refs/heads/main' },
    [],
  ],
  [
    'a token where only the keys are right',
    OIDC,
    bob,
    fromGithub,
    WEB,
    { ...AUDIENCE, [BRANCH]: 'repo:acme/vault:ref:refs/heads/main' },
    [],
  ],
  [
    'a token for the application',
    WEB_KEYS,
    google,
    fromGoogle,
    WEB,
    { 'accounts.google.com:aud': '66677788899900pro0' },
    WEB,
  ],
  ['a token for another application', WEB_KEYS, google, fromGoogle, WEB, { 'accounts.google.com:aud': 'other' }, []],
  [
    'a token, but for AssumeRole',
    OIDC,
    google,
    fromGoogle,
    ASSUME,
    { 'accounts.google.com:aud': '66677788899900pro0' },
    [],
  ],
  [
    'a token with tags that it may not bring',
    SESSION_TAGS,
    google,
    fromGoogle,
    [...WEB, 'TagSession'],
    { 'accounts.google.com:aud': '66677788899900pro0' },
    WEB,
  ],
  [
    'an assertion, with its tags',
    SAML,
    saml,
    fromCompany,
    ['AssumeRoleWithSAML', 'TagSession'],
    { 'saml:aud': 'https://signin.aws.amazon.com/saml' },
    ['AssumeRoleWithSAML', 'TagSession'],
  ],
  [
    'an assertion for another endpoint',
    SAML,
    saml,
    fromCompany,
    ['AssumeRoleWithSAML'],
    { 'saml:aud': 'https://acme.example' },
    [],
  ],
  [
    'an assertion, but for a web identity',
    SAML,
    saml,
    fromCompany,
    WEB,
    { 'saml:aud': 'https://signin.aws.amazon.com/saml' },
    [],
  ],
  ['the certificate, which needs all three', ROLES_ANYWHERE, anywhere, fromAnywhere, EVERY, CERTIFIED, EVERY],
  [
    'a certificate of another subject',
    ROLES_ANYWHERE,
    anywhere,
    fromAnywhere,
    EVERY,
    { ...CERTIFIED, 'aws:PrincipalTag/x509Subject/CN': 'other.acme.example' },
    [],
  ],
  [
    'a certificate under another trust anchor',
    ROLES_ANYWHERE,
    anywhere,
    fromAnywhere,
    EVERY,
    { ...CERTIFIED, 'aws:SourceArn': ANCHOR.replace(OWN, FOREIGN) },
    [],
  ],
  [
    'a certificate whose subject has no name',
    ROLES_ANYWHERE,
    anywhere,
    fromAnywhere,
    EVERY,
    { 'aws:SourceArn': ANCHOR },
    [],
  ],
  [
    'another service',
    ROLES_ANYWHERE,
    { kind: 'service', service: 'ec2.amazonaws.com' },
    fromAnywhere,
    EVERY,
    CERTIFIED,
    [],
  ],
  [
    'a trust policy without tags and identity',
    ROLES_ANYWHERE,
    anywhere,
    trusts({ Service: 'rolesanywhere.amazonaws.com' }, ASSUME),
    EVERY,
    CERTIFIED,
    ASSUME,
  ],
  ['the external id', EXTERNAL_ID, vendor, fromVendor, ASSUME, { 'sts:ExternalId': 'acme-7' }, ASSUME],
  ['an external id in another case', EXTERNAL_ID, vendor, fromVendor, ASSUME, { 'sts:ExternalId': 'ACME-7' }, []],
  ['the external id of another customer', EXTERNAL_ID, vendor, fromVendor, ASSUME, { 'sts:ExternalId': 'other-1' }, []],
  ['no external id', EXTERNAL_ID, vendor, fromVendor, ASSUME, {}, []],
  ['the external id, from another account', EXTERNAL_ID, bob, fromVendor, ASSUME, { 'sts:ExternalId': 'acme-7' }, []],
  [
    'a session with the name of its user',
    STS_KEYS,
    bob,
    named,
    ASSUME,
    { 'aws:username': 'bob', 'sts:RoleSessionName': 'bob' },
    ASSUME,
  ],
  [
    'a session with the name of another',
    STS_KEYS,
    bob,
    named,
    ASSUME,
    { 'aws:username': 'bob', 'sts:RoleSessionName': 'eve' },
    [],
  ],
  [
    'a session of a caller without a user name',
    STS_KEYS,
    session('app'),
    named,
    ASSUME,
    { 'sts:RoleSessionName': 'bob' },
    [],
  ],
  [
    'a required tag',
    SESSION_TAGS,
    bob,
    withTags,
    TAGGED,
    { 'aws:RequestTag/project': 'x', 'aws:TagKeys': ['project'] },
    TAGGED,
  ],
  ['a required tag that is missing', SESSION_TAGS, bob, withTags, TAGGED, {}, []],
  [
    'a tag that is not on the list',
    SESSION_TAGS,
    bob,
    withTags,
    TAGGED,
    { 'aws:RequestTag/project': 'x', 'aws:TagKeys': ['project', 'admin'] },
    [],
  ],
  [
    'a tag that must not be transitive',
    SESSION_TAGS,
    bob,
    withTags,
    TAGGED,
    { 'aws:RequestTag/project': 'x', 'aws:TagKeys': ['project', 'team'], 'sts:TransitiveTagKeys': ['team'] },
    [],
  ],
  [
    'tags without the permission to tag',
    SESSION_TAGS,
    bob,
    withoutTagging,
    TAGGED,
    { 'aws:RequestTag/project': 'x', 'aws:TagKeys': ['project'] },
    ASSUME,
  ],
  [
    'a source identity on the list',
    SOURCE_IDENTITY,
    bob,
    identified,
    IDENTIFIED,
    { 'sts:SourceIdentity': 'bob' },
    IDENTIFIED,
  ],
  ['a source identity that is not', SOURCE_IDENTITY, bob, identified, IDENTIFIED, { 'sts:SourceIdentity': 'eve' }, []],
  ['no source identity where one is asked for', SOURCE_IDENTITY, bob, identified, IDENTIFIED, {}, []],
  [
    'a source identity without the permission',
    SOURCE_IDENTITY,
    bob,
    withoutTagging,
    IDENTIFIED,
    { 'sts:SourceIdentity': 'bob' },
    ASSUME,
  ],
  [
    'a source identity that was set before',
    SOURCE_IDENTITY,
    session('app'),
    chained,
    IDENTIFIED,
    { 'aws:SourceIdentity': 'bob' },
    IDENTIFIED,
  ],
  [
    'a session without a source identity',
    SOURCE_IDENTITY,
    session('app'),
    chained,
    IDENTIFIED,
    { 'sts:SourceIdentity': 'bob' },
    [],
  ],
])('%s (%s)', (_, _page, principal, resource, actions, context, expected) => {
  expect(allowedActions(principal, resource, actions, context)).toEqual(expected);
});

test(`the caller also needs the permission to tag and to name the source, as ${SESSION_TAGS} says`, () => {
  const identity = [policy('identity', { Effect: 'Allow', Action: 'sts:AssumeRole' })];
  const resource = trusts({ AWS: OWN }, EVERY);
  const results = EVERY.map(
    (name) =>
      evaluate(request({ principal: bob, action: `sts:${name}`, resource: ROLE }), { identity, resource }).result,
  );
  expect(results).toEqual(['allowed', 'implicitly-denied', 'implicitly-denied']);
});
