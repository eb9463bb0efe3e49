/** Ways to trust IAM Roles Anywhere, each with what is true of it. */

export const REGION = 'us-east-2';
export const OTHER_REGION = 'us-west-2';
export const NAMES = ['vault-1.example.com', 'vault-2.example.com'] as const;
export const AUTHORITY = 'Example Issuing CA';
const ACCOUNT = '111122223333';
const ID = '0f5c1a2b-3c4d-4e5f-8a6b-7c8d9e0f1a2b';

const anchorOf = ({ account = ACCOUNT, region = REGION, id = ID }) =>
  `arn:aws:rolesanywhere:${region}:${account}:trust-anchor/${id}`;

/** The trust anchor that is meant, and others that vouch for the same certificates. */
export const OWN = anchorOf({});
export const OTHER = anchorOf({ id: ID.replace('0f5c', 'aaaa') });
export const THIRD = anchorOf({ id: ID.replace('0f5c', 'bbbb') });
export const ELSEWHERE = anchorOf({ region: OTHER_REGION });

/**
 * - `right`: the declared hosts get a session, and nobody else
 * - `wrong`: the simulated account shows that somebody else gets one, or that a declared host gets none
 * - `beyond`: the simulated account cannot show what is wrong; the row says what it is
 * - `refused`: IAM does not take the policy
 */
type Truth = 'right' | 'wrong' | 'beyond' | 'refused';

export interface TrustVariant {
  readonly name: string;
  readonly truth: Truth;
  readonly statements: readonly object[];
}

const CN = 'aws:PrincipalTag/x509Subject/CN';
const ISSUER = 'aws:PrincipalTag/x509Issuer/CN';
const ACTIONS = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'];
const IDENTITIES = NAMES.map((name) => `CN=${name}`);

const ANCHORED = { ArnEquals: { 'aws:SourceArn': OWN } };
const NAMED = { [CN]: NAMES };
const ISSUED = { [ISSUER]: AUTHORITY };
const PINS = { ...NAMED, ...ISSUED };
const PINNED = { ...ANCHORED, StringEquals: PINS };

/** The allowing statement under a condition. */
const allow = (condition: object | undefined, change: object = {}) => ({
  Effect: 'Allow',
  Principal: { Service: 'rolesanywhere.amazonaws.com' },
  Action: ACTIONS,
  ...(condition && { Condition: condition }),
  ...change,
});
const deny = (condition: object, change: object = {}) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 'sts:*',
  Condition: condition,
  ...change,
});

/** Statements as AWS's page has them: `sts:SourceIdentity` where it is told, and tags under the names. */
const identified = (equals: object) => [
  allow({ ...ANCHORED, StringEquals: equals }, { Action: ACTIONS.slice(0, 2) }),
  allow(PINNED, { Action: ACTIONS[2] }),
];

/** By truth, the condition of the one statement. */
const CONDITIONS: Readonly<Record<'right' | 'wrong' | 'beyond', Readonly<Record<string, object>>>> = {
  right: {
    'one anchor, the names and the issuer': PINNED,
    'ArnLike without a wildcard': { ArnLike: ANCHORED.ArnEquals, StringEquals: PINS },
    'StringEquals of the anchor': { StringEquals: { ...PINS, 'aws:SourceArn': OWN } },
    'StringLike without a wildcard': { StringLike: { ...PINS, 'aws:SourceArn': OWN } },
    'keys in another case': {
      ArnEquals: { 'AWS:sourcearn': OWN },
      StringEquals: { 'aws:principaltag/X509subject/cn': NAMES, ...ISSUED },
    },
    'ForAnyValue of the names': { ...ANCHORED, 'ForAnyValue:StringEquals': PINS },
    'ForAnyValue of the anchor': { 'ForAnyValue:ArnEquals': ANCHORED.ArnEquals, StringEquals: PINS },
    'ForAllValues of names that are there': {
      ...ANCHORED,
      'ForAllValues:StringEquals': PINS,
      Null: { [CN]: 'false', [ISSUER]: 'false' },
    },
    'IfExists of names that are there': {
      ...ANCHORED,
      StringEqualsIfExists: PINS,
      Null: { [CN]: 'false', [ISSUER]: 'false' },
    },
    'names that are there': { ...PINNED, Null: { [CN]: 'false' } },
    'a wildcard beside exact names': { ...PINNED, StringLike: { [CN]: 'vault-*' } },
    'the names twice': { ...PINNED, StringLike: NAMED },
    'names that are no laptop’s': { ...PINNED, StringNotLike: { [CN]: 'laptop*' } },
    'a service': { ...PINNED, Bool: { 'aws:PrincipalIsAWSService': 'true' } },
    'the name of the service': { ...PINNED, StringLike: { 'aws:PrincipalServiceName': 'rolesanywhere.amazonaws.com' } },
    'the account, if anybody tells it': { ...PINNED, StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } },
    'the account beside the anchor': { ...ANCHORED, StringEquals: { ...PINS, 'aws:SourceAccount': ACCOUNT } },
  },
  wrong: {
    'the names alone': { StringEquals: PINS },
    'the anchor alone': ANCHORED,
    'any anchor of the account': { ArnLike: { 'aws:SourceArn': anchorOf({ id: '*' }) }, StringEquals: PINS },
    'ArnEquals with a wildcard': { ArnEquals: { 'aws:SourceArn': anchorOf({ id: '*' }) }, StringEquals: PINS },
    'StringEquals with a wildcard': { StringEquals: { ...PINS, 'aws:SourceArn': anchorOf({ id: '*' }) } },
    'any resource of the service': {
      ArnLike: { 'aws:SourceArn': `arn:aws:rolesanywhere:${REGION}:${ACCOUNT}:*` },
      StringEquals: PINS,
    },
    'any region': { ArnLike: { 'aws:SourceArn': anchorOf({ region: '*' }) }, StringEquals: PINS },
    'two anchors': { ArnEquals: { 'aws:SourceArn': [OWN, OTHER] }, StringEquals: PINS },
    'all anchors but one': { ArnNotEquals: { 'aws:SourceArn': OTHER }, StringEquals: PINS },
    'an anchor of another account': {
      ArnEquals: { 'aws:SourceArn': anchorOf({ account: '999988887777' }) },
      StringEquals: PINS,
    },
    'an anchor of another region': { ArnEquals: { 'aws:SourceArn': ELSEWHERE }, StringEquals: PINS },
    'a profile in the place of the anchor': {
      ArnEquals: { 'aws:SourceArn': OWN.replace('trust-anchor', 'profile') },
      StringEquals: PINS,
    },
    'the account in the place of the anchor': { StringEquals: { ...PINS, 'aws:SourceAccount': ACCOUNT } },
    'no account': { ...PINNED, Null: { 'aws:SourceAccount': 'true' } },
    'an organization beside the anchor': { ...ANCHORED, StringEquals: { ...PINS, 'aws:SourceOrgID': 'o-example' } },
    'a name too few': { ...ANCHORED, StringEquals: { [CN]: NAMES[0], ...ISSUED } },
    'a name too many': { ...ANCHORED, StringEquals: { [CN]: [...NAMES, 'laptop-7.example.com'], ...ISSUED } },
    'a wildcard at the end of the name': { ...ANCHORED, StringEquals: ISSUED, StringLike: { [CN]: 'vault-*' } },
    'a wildcard for a letter': { ...ANCHORED, StringEquals: ISSUED, StringLike: { [CN]: 'vault-?.example.com' } },
    'names that shut each other out': { ...PINNED, StringLike: { [CN]: 'laptop*' } },
    'the names in any case': { ...ANCHORED, StringEquals: ISSUED, StringEqualsIgnoreCase: NAMED },
    'names with a space': { ...ANCHORED, StringEquals: { [CN]: NAMES.map((name) => `${name} `), ...ISSUED } },
    'IfExists of the names': { ...ANCHORED, StringEqualsIfExists: PINS },
    'IfExists of the issuer': { ...ANCHORED, StringEquals: NAMED, StringEqualsIfExists: ISSUED },
    'ForAllValues of the names': { ...ANCHORED, 'ForAllValues:StringEquals': PINS },
    'no name': { ...ANCHORED, StringEquals: ISSUED, Null: { [CN]: 'true' } },
    'any name': { ...ANCHORED, StringEquals: ISSUED, Null: { [CN]: 'false' } },
    'any name but one': { ...ANCHORED, StringEquals: ISSUED, StringNotEquals: { [CN]: 'laptop-7.example.com' } },
    'any name but laptops': { ...ANCHORED, StringEquals: ISSUED, StringNotLike: { [CN]: 'laptop*' } },
    'an empty name': { ...ANCHORED, StringEquals: { [CN]: '', ...ISSUED } },
    'a list without names': { ...ANCHORED, StringEquals: { [CN]: [], ...ISSUED } },
    'a name that is its own source identity': {
      ...ANCHORED,
      StringEquals: { [CN]: '${sts:SourceIdentity}', ...ISSUED },
    },
    'a name as a number': { ...ANCHORED, StringEquals: ISSUED, NumericEquals: { [CN]: '1' } },
    'a name as a truth': { ...ANCHORED, StringEquals: ISSUED, Bool: { [CN]: 'true' } },
    'the issuer alone': { ...ANCHORED, StringEquals: ISSUED },
    'no issuer': { ...ANCHORED, StringEquals: NAMED },
    'a wildcard for the issuer': { ...ANCHORED, StringEquals: NAMED, StringLike: { [ISSUER]: 'Example*' } },
    'another issuer': { ...ANCHORED, StringEquals: { ...NAMED, [ISSUER]: 'Another CA' } },
    'two issuers': { ...ANCHORED, StringEquals: { ...NAMED, [ISSUER]: [AUTHORITY, 'Another CA'] } },
    'the organization of the issuer': {
      ...ANCHORED,
      StringEquals: { ...NAMED, 'aws:PrincipalTag/x509Issuer/O': 'Example' },
    },
    'the organization of the subject': {
      ...ANCHORED,
      StringEquals: { ...ISSUED, 'aws:PrincipalTag/x509Subject/O': 'Example' },
    },
    'a unit of the subject': { ...ANCHORED, StringEquals: { ...ISSUED, 'aws:PrincipalTag/x509Subject/OU': 'Vault' } },
    'a unit beside the name': { ...ANCHORED, StringEquals: { ...PINS, 'aws:PrincipalTag/x509Subject/OU': 'Vault' } },
    'the second unit beside the name': {
      ...ANCHORED,
      StringEquals: { ...PINS, 'aws:PrincipalTag/x509Subject/OU/1': 'Vault' },
    },
    'the second common name': { ...ANCHORED, StringEquals: { ...ISSUED, 'aws:PrincipalTag/x509Subject/CN/1': NAMES } },
    'the name of the host as alternative name': {
      ...ANCHORED,
      StringEquals: { ...ISSUED, 'aws:PrincipalTag/x509SAN/DNS': NAMES },
    },
    'a URI as alternative name': {
      ...ANCHORED,
      StringEquals: { ...ISSUED, 'aws:PrincipalTag/x509SAN/URI': 'spiffe://example/vault' },
    },
    'a wildcard in the URI': {
      ...ANCHORED,
      StringEquals: ISSUED,
      StringLike: { 'aws:PrincipalTag/x509SAN/URI': 'spiffe://example/*' },
    },
    'an alternative name beside the name': {
      ...ANCHORED,
      StringEquals: { ...PINS, 'aws:PrincipalTag/x509SAN/DNS': NAMES[0] },
    },
    'tags of the request': { ...ANCHORED, StringEquals: { ...ISSUED, 'aws:RequestTag/x509Subject/CN': NAMES } },
    'tags of the request, if there are any': {
      ...ANCHORED,
      StringEquals: ISSUED,
      StringEqualsIfExists: { 'aws:RequestTag/x509Subject/CN': NAMES },
    },
    'a slip in the key': {
      ...ANCHORED,
      StringEquals: { ...ISSUED, 'aws:PrincipalTag/x509Subject/CommonName': NAMES },
    },
    'the source identity of a request that tags': {
      ...ANCHORED,
      StringEquals: { ...PINS, 'sts:SourceIdentity': IDENTITIES },
    },
    'a wildcard in the source identity': {
      ...ANCHORED,
      StringEquals: ISSUED,
      StringLike: { 'sts:SourceIdentity': 'vault-*' },
    },
    'a source identity that is any name': {
      ...ANCHORED,
      StringEquals: { ...ISSUED, 'sts:SourceIdentity': '${aws:PrincipalTag/x509Subject/CN}' },
    },
    'a session name': { ...ANCHORED, StringEquals: { ...PINS, 'sts:RoleSessionName': 'vault' } },
    'an external id': { ...ANCHORED, StringEquals: { ...PINS, 'sts:ExternalId': 'acme' } },
    'no service': { ...PINNED, Bool: { 'aws:PrincipalIsAWSService': 'false' } },
    'the name of another service': {
      ...ANCHORED,
      StringEquals: { ...PINS, 'aws:PrincipalServiceName': 'ec2.amazonaws.com' },
    },
    'a network': { ...PINNED, IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
    'a transport': { ...PINNED, Bool: { 'aws:SecureTransport': 'true' } },
    'a program': { ...PINNED, StringLike: { 'aws:UserAgent': '*' } },
    'a region': { ...ANCHORED, StringEquals: { ...PINS, 'aws:RequestedRegion': REGION } },
    'a time that is over': { ...PINNED, DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } },
  },
  beyond: {
    'IfExists of the anchor: none is vouched for': { ArnEqualsIfExists: ANCHORED.ArnEquals, StringEquals: PINS },
    'ForAllValues of the anchor: none is vouched for': {
      'ForAllValues:ArnEquals': ANCHORED.ArnEquals,
      StringEquals: PINS,
    },
    'an anchor of another account besides: no role of this account is asked for under it': {
      ArnEquals: { 'aws:SourceArn': [OWN, anchorOf({ account: '999988887777' })] },
      StringEquals: PINS,
    },
    'any account: no role of this account is asked for under another’s anchor': {
      ArnLike: { 'aws:SourceArn': anchorOf({ account: '*' }) },
      StringEquals: PINS,
    },
    'any partition: it is one': {
      ArnLike: { 'aws:SourceArn': OWN.replace('arn:aws:', 'arn:*:') },
      StringEquals: PINS,
    },
    'a wildcard for the last letter of the anchor: there is no other': {
      ArnLike: { 'aws:SourceArn': `${OWN.slice(0, -1)}?` },
      StringEquals: PINS,
    },
    'an organization of the issuer beside: every authority here has it': {
      ...ANCHORED,
      StringEquals: { ...PINS, 'aws:PrincipalTag/x509Issuer/O': 'Example' },
    },
    'any session name: AWS lists none for tags': { ...PINNED, StringLike: { 'sts:RoleSessionName': '*' } },
    'a time that is not over: it will be': {
      ...PINNED,
      DateLessThan: { 'aws:CurrentTime': '2099-01-01T00:00:00Z' },
    },
  },
};

/** Those of more than one statement, or of a statement that is unusual in something besides its condition. */
const STATEMENTS: Readonly<Record<Truth, Readonly<Record<string, readonly object[]>>>> = {
  right: {
    'actions in lower case': [allow(PINNED, { Action: ACTIONS.map((action) => action.toLowerCase()) })],
    'a statement for each action': ACTIONS.map((Action) => allow(PINNED, { Action })),
    'a statement for each name': NAMES.map((name) => allow({ ...ANCHORED, StringEquals: { ...PINS, [CN]: name } })),
    'everybody, and denials of all that is wrong': [
      allow(undefined),
      deny({ ArnNotEquals: ANCHORED.ArnEquals }),
      deny({ StringNotEquals: NAMED }),
      deny({ StringNotEquals: ISSUED }),
    ],
    'the source identity beside': identified({ ...PINS, 'sts:SourceIdentity': IDENTITIES }),
    'the source identity in place of the name': identified({ ...ISSUED, 'sts:SourceIdentity': IDENTITIES }),
    'a source identity that is the name': identified({
      ...PINS,
      'sts:SourceIdentity': 'CN=${aws:PrincipalTag/x509Subject/CN}',
    }),
    'any session name': [
      allow({ ...PINNED, StringLike: { 'sts:RoleSessionName': '*' } }, { Action: ACTIONS[0] }),
      allow(PINNED, { Action: ACTIONS.slice(1) }),
    ],
    'a denial of laptops': [allow(PINNED), deny({ StringLike: { [CN]: 'laptop*' } })],
  },
  wrong: {
    'no condition': [allow(undefined)],
    'the bare name as source identity': identified({ ...PINS, 'sts:SourceIdentity': NAMES }),
    'a source identity too few': identified({ ...ISSUED, 'sts:SourceIdentity': IDENTITIES[0] }),
    'no sts:TagSession': [allow(PINNED, { Action: ACTIONS.slice(0, 2) })],
    'no sts:SetSourceIdentity': [allow(PINNED, { Action: [ACTIONS[0], ACTIONS[2]] })],
    'no sts:AssumeRole': [allow(PINNED, { Action: ACTIONS.slice(1) })],
    'the anchor in one statement, the names in another': [allow(ANCHORED), allow({ StringEquals: PINS })],
    'a denial of one of the names': [allow(PINNED), deny({ StringEquals: { [CN]: NAMES[1] } })],
    'a denial of tags': [allow(PINNED), deny({ ArnEquals: ANCHORED.ArnEquals }, { Action: 'sts:TagSession' })],
    'the service of China': [allow(PINNED, { Principal: { Service: 'rolesanywhere.amazonaws.com.cn' } })],
    'the service of a region': [allow(PINNED, { Principal: { Service: `rolesanywhere.${REGION}.amazonaws.com` } })],
    'EC2 in its place': [allow(PINNED, { Principal: { Service: 'ec2.amazonaws.com' } })],
    'a denial alone': [allow(PINNED, { Effect: 'Deny' })],
  },
  beyond: {
    'a source identity too many: it cannot be tagged': identified({
      ...ISSUED,
      'sts:SourceIdentity': [...IDENTITIES, 'CN=laptop-7.example.com'],
    }),
    'the source identity as AWS’s page has it: anybody of the issuer may tag': [
      allow(
        { ...ANCHORED, StringEquals: { 'sts:SourceIdentity': IDENTITIES, ...ISSUED } },
        { Action: ACTIONS.slice(0, 2) },
      ),
      allow({ StringEquals: ISSUED }, { Action: ACTIONS[2] }),
    ],
    'every action: those of other services': [allow(PINNED, { Action: 'sts:*' })],
    'every way to assume: that of other services': [
      allow(PINNED, { Action: ['sts:Assume*', 'sts:SetSourceIdentity', 'sts:TagSession'] }),
    ],
    'every action but one': [allow(PINNED, { Action: undefined, NotAction: 'sts:GetFederationToken' })],
    'sts:SetContext: an action more': [allow(PINNED, { Action: [...ACTIONS, 'sts:SetContext'] })],
    'a web identity: an action more': [allow(PINNED, { Action: [...ACTIONS, 'sts:AssumeRoleWithWebIdentity'] })],
    'pins on sts:AssumeRole alone: anybody may tag': [
      allow(PINNED, { Action: ACTIONS[0] }),
      allow(undefined, { Action: ACTIONS.slice(1) }),
    ],
    'pins on all but sts:AssumeRole: no session, and yet allowed': [
      allow(undefined, { Action: ACTIONS[0] }),
      allow(PINNED, { Action: ACTIONS.slice(1) }),
    ],
    'EC2 as well: another service': [
      allow(PINNED),
      allow(undefined, { Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    ],
    'Lambda as well: another service': [
      allow(PINNED, { Principal: { Service: ['rolesanywhere.amazonaws.com', 'lambda.amazonaws.com'] } }),
    ],
    'the account as well: its administrators': [
      allow(PINNED),
      allow(undefined, { Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' }),
    ],
    'the account under the names: tags of its administrators': [
      allow(PINNED),
      allow({ StringEquals: PINS }, { Principal: { AWS: ACCOUNT } }),
    ],
    'everybody under the pins': [allow(PINNED, { Principal: '*' })],
    'everybody of AWS under the pins': [allow(PINNED, { Principal: { AWS: '*' } })],
    'an identity provider as well': [
      allow(PINNED),
      allow(undefined, {
        Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/idp.example.com` },
        Action: 'sts:AssumeRoleWithWebIdentity',
      }),
    ],
  },
  refused: {
    NotPrincipal: [allow(PINNED, { Principal: undefined, NotPrincipal: { Service: 'ec2.amazonaws.com' } })],
    'no principal': [allow(PINNED, { Principal: undefined })],
    'an operator that does not exist': [allow({ ...ANCHORED, StringMatches: PINS })],
    'a resource': [allow(PINNED, { Resource: '*' })],
    'any ARN': [allow({ ArnLike: { 'aws:SourceArn': '*' }, StringEquals: PINS })],
  },
};

export const TRUST_VARIANTS: readonly TrustVariant[] = [
  ...Object.entries(CONDITIONS).flatMap(([truth, conditions]) =>
    Object.entries(conditions).map(([name, condition]) => ({
      name,
      truth: truth as Truth,
      statements: [allow(condition)],
    })),
  ),
  ...Object.entries(STATEMENTS).flatMap(([truth, all]) =>
    Object.entries(all).map(([name, statements]) => ({ name, truth: truth as Truth, statements })),
  ),
];
