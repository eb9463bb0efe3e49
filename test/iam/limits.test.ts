import {
  type AccessPolicies,
  type AccessRequest,
  evaluate,
  explain,
  isPublicPolicy,
  type Policy,
  type Principal,
} from '../../lib/iam';
import {
  allowAll,
  FOREIGN,
  KEY,
  KMS_GUIDE,
  OBJECT,
  OWN,
  policy,
  request,
  resultOf,
  rootUser,
  S3_GUIDE,
  type StatementDocument,
  session,
  user,
} from './requests';

const ORGANIZATIONS = 'https://docs.aws.amazon.com/organizations/latest/userguide/';
const SCP = `${ORGANIZATIONS}orgs_manage_policies_scps.html`;
const SCP_EVALUATION = `${ORGANIZATIONS}orgs_manage_policies_scps_evaluation.html`;
const SCP_STRATEGY = `${ORGANIZATIONS}orgs_manage_policies_scps_evaluation.html#strategy_using_scps`;
const RCP = `${ORGANIZATIONS}orgs_manage_policies_rcps.html`;
const RCP_EVALUATION = `${ORGANIZATIONS}orgs_manage_policies_rcps_evaluation.html`;
const RCP_SYNTAX = `${ORGANIZATIONS}orgs_manage_policies_rcps_syntax.html`;
const RCP_EXAMPLES = `${ORGANIZATIONS}orgs_manage_policies_rcps_examples.html`;
const RCP_OF_KMS = `${KMS_GUIDE}resource-control-policies.html`;
const ENDPOINT = 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html';
const BLOCK = `${S3_GUIDE}access-control-block-public-access.html`;

const bob = user('bob');
const eve = user('eve', FOREIGN);
const anonymous: Principal = { kind: 'anonymous' };
const backup: Principal = { kind: 'service', service: 'backup.amazonaws.com' };

/** A session of a role that only its service can use. */
const serviceLinked: Principal = {
  ...session('AWSServiceRoleForBackup'),
  roleArn: `arn:aws:iam::${OWN}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
};

/** Question, caller, everything that has a say, the answer, and the page that says so. */
type Row = readonly [string, Principal, AccessPolicies, string, string, Partial<AccessRequest>?];

function bucket(...statements: readonly StatementDocument[]): Policy {
  return policy('bucket', ...statements.map((statement) => ({ Effect: 'Allow', ...statement })));
}

function expectRow(...row: unknown[]): void {
  const [, principal, policies, expected, , changes] = row as unknown as Row;
  expect(resultOf(request({ principal, ...changes }), policies)).toBe(expected);
}

const open = bucket({ Principal: '*' });

describe('service control policies', () => {
  const fullAccess = policy('FullAWSAccess', { Effect: 'Allow' });
  const onlyEc2 = policy('ec2', { Effect: 'Allow', Action: 'ec2:*' });
  const onlyS3 = policy('s3', { Effect: 'Allow', Action: 's3:*' });
  const noS3 = policy('no s3', { Effect: 'Deny', Action: 's3:*' });
  const over = (...levels: readonly (readonly Policy[])[]) => ({ account: OWN, levels });
  const identity = [allowAll];
  const both = [fullAccess, noS3];

  test.each<Row>([
    ['every level allows', bob, { identity, scps: over([fullAccess], [fullAccess]) }, 'allowed', SCP_EVALUATION],
    ['they grant nothing', bob, { identity: [], scps: over([fullAccess]) }, 'implicitly-denied: identity', SCP],
    [
      'the level of the root does not allow',
      bob,
      { identity, scps: over([onlyEc2], [fullAccess]) },
      'implicitly-denied: scp',
      SCP_EVALUATION,
    ],
    [
      'the level of the account does not allow',
      bob,
      { identity, scps: over([fullAccess], [onlyEc2]) },
      'implicitly-denied: scp',
      SCP_EVALUATION,
    ],
    [
      'a denial at a level without FullAWSAccess',
      bob,
      { identity, scps: over([fullAccess], [noS3]) },
      'explicitly-denied',
      SCP_STRATEGY,
    ],
    ['a level with no policy', bob, { identity, scps: over([fullAccess], []) }, 'implicitly-denied: scp', SCP_STRATEGY],
    ['one of a level suffices', bob, { identity, scps: over([onlyEc2, onlyS3]) }, 'allowed', SCP_STRATEGY],
    [
      'a denial at any level',
      bob,
      { identity, scps: over(both, [fullAccess]) },
      'explicitly-denied',
      `${SCP_EVALUATION}#how_scps_deny`,
    ],
    ['the root user of a member account', rootUser(), { identity: [], scps: over(both) }, 'explicitly-denied', SCP],
    [
      'the root user needs its levels',
      rootUser(),
      { identity: [], scps: over([onlyEc2]) },
      'implicitly-denied: scp',
      SCP,
    ],
    ['a role session', session('app'), { identity, scps: over([onlyEc2]) }, 'implicitly-denied: scp', SCP],
    [
      'a principal that a bucket policy names',
      bob,
      { identity: [], resource: bucket({ Principal: { AWS: bob.arn } }), scps: over([onlyEc2]) },
      'implicitly-denied: scp',
      SCP,
    ],
    [
      'a principal that a key policy names',
      bob,
      { identity: [], key: bucket({ Principal: { AWS: bob.arn } }), scps: over([onlyS3]) },
      'implicitly-denied: scp',
      SCP,
      { action: 'kms:Decrypt', resource: KEY },
    ],
    [
      'a principal of another account that a bucket policy lets in',
      eve,
      { identity, resource: bucket({ Principal: { AWS: FOREIGN } }), scps: over(both) },
      'allowed',
      SCP,
    ],
    [
      'the management account',
      bob,
      { identity, scps: { ...over(both), isManagementAccount: true } },
      'allowed',
      `${SCP}#not-restricted-by-scp`,
    ],
    ['a service-linked role', serviceLinked, { identity, scps: over(both) }, 'allowed', `${SCP}#not-restricted-by-scp`],
    ['an AWS service', backup, { identity: [], resource: open, scps: over(both) }, 'allowed', SCP],
    ['an anonymous caller', anonymous, { identity: [], resource: open, scps: over(both) }, 'allowed', SCP],
  ])('%s', expectRow);

  test('the decision names the level that did not allow', () => {
    const scps = over([fullAccess], [onlyEc2], [fullAccess]);
    expect(evaluate(request(), { identity, scps })).toEqual({ result: 'implicitly-denied', missing: 'scp', level: 1 });
  });

  test('the decision names the level of each statement', () => {
    expect(evaluate(request(), { identity, scps: over([fullAccess], [onlyS3]) })).toEqual({
      result: 'allowed',
      by: [
        { layer: 'scp', level: 0, policy: 'FullAWSAccess', statement: 'statement 1 (no Sid)' },
        { layer: 'scp', level: 1, policy: 's3', statement: 'statement 1 (no Sid)' },
        { layer: 'identity', policy: 'identity', statement: 'All' },
      ],
    });
  });

  test('an explanation tells policies of one name at two levels apart', () => {
    const scps = over([fullAccess], [fullAccess, policy('FullAWSAccess', { Effect: 'Deny', Action: 's3:*' })]);
    const { decision, statements } = explain(request(), { identity, scps });
    expect(decision).toEqual({
      result: 'explicitly-denied',
      by: [{ layer: 'scp', level: 1, policy: 'FullAWSAccess', statement: 'statement 1 (no Sid)' }],
    });
    expect(statements.map(({ level, effect, ...rest }) => [level, effect, 'decides' in rest && rest.decides])).toEqual([
      [undefined, 'Allow', false],
      [0, 'Allow', false],
      [1, 'Allow', false],
      [1, 'Deny', true],
    ]);
  });

  test('a policy that names a principal is refused', () => {
    expect(() => evaluate(request(), { identity, scps: over([open]) })).toThrow('must not name a principal');
  });
});

describe('resource control policies', () => {
  const FullAccess = { Sid: 'Full', Effect: 'Allow', Principal: '*' };
  const full = policy('RCPFullAWSAccess', FullAccess);
  const deny = (more: StatementDocument = {}) => policy('denial', { Effect: 'Deny', Principal: '*', ...more });
  const over = (...levels: readonly (readonly Policy[])[]) => ({ account: OWN, levels });
  const identity = [allowAll];
  const organization = { 'aws:PrincipalOrgID': 'o-acme' };
  const perimeter = deny({
    Action: ['s3:*', 'sts:*'],
    Condition: {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-acme' },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
  });
  const deputy = deny({
    Action: 's3:*',
    Condition: {
      StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-acme' },
      Null: { 'aws:SourceAccount': 'false' },
      Bool: { 'aws:PrincipalIsAWSService': 'true' },
    },
  });
  const service = { 'aws:PrincipalIsAWSService': 'true' };
  const key = policy('key', { Effect: 'Allow', Principal: '*' });

  test.each<Row>([
    ['full access lets through', bob, { identity, rcps: over([full], [full]) }, 'allowed', RCP_EVALUATION],
    ['they grant nothing', bob, { identity: [], rcps: over([full]) }, 'implicitly-denied: identity', RCP],
    [
      'full access cannot be detached, so it need not be given',
      bob,
      { identity, rcps: over([], [perimeter]) },
      'allowed',
      RCP_EVALUATION,
      { context: organization },
    ],
    [
      'a denial of the root',
      bob,
      { identity, rcps: over([full, deny()], [full]) },
      'explicitly-denied',
      RCP_EVALUATION,
    ],
    [
      'a denial of the account',
      bob,
      { identity, rcps: over([full], [full, deny()]) },
      'explicitly-denied',
      RCP_EVALUATION,
    ],
    ['the root user of the account', rootUser(), { identity: [], rcps: over([deny()]) }, 'explicitly-denied', RCP],
    [
      'a stranger that the bucket lets in',
      eve,
      { identity, resource: open, rcps: over([perimeter]) },
      'explicitly-denied',
      RCP_EXAMPLES,
      { context: { 'aws:PrincipalOrgID': 'o-other', 'aws:PrincipalIsAWSService': 'false' } },
    ],
    [
      'a caller of the organization that the bucket lets in',
      eve,
      { identity, resource: open, rcps: over([perimeter]) },
      'allowed',
      RCP_EXAMPLES,
      { context: { ...organization, 'aws:PrincipalIsAWSService': 'false' } },
    ],
    [
      'an anonymous caller that the bucket lets in',
      anonymous,
      { identity: [], resource: open, rcps: over([perimeter]) },
      'explicitly-denied',
      RCP_EXAMPLES,
    ],
    [
      'an AWS service is exempt only by the condition that says so',
      backup,
      { identity: [], resource: open, rcps: over([perimeter]) },
      'allowed',
      RCP_EXAMPLES,
      { context: service },
    ],
    [
      'an AWS service that acts for another organization',
      backup,
      { identity: [], resource: open, rcps: over([deputy]) },
      'explicitly-denied',
      RCP_EXAMPLES,
      { context: { ...service, 'aws:SourceAccount': FOREIGN, 'aws:SourceOrgID': 'o-other' } },
    ],
    [
      'an AWS service that acts for the organization',
      backup,
      { identity: [], resource: open, rcps: over([deputy]) },
      'allowed',
      RCP_EXAMPLES,
      { context: { ...service, 'aws:SourceAccount': OWN, 'aws:SourceOrgID': 'o-acme' } },
    ],
    [
      'a resource of another account',
      bob,
      { identity, resource: open, rcps: over([deny()]) },
      'allowed',
      RCP,
      { resourceAccount: FOREIGN },
    ],
    [
      'a resource of the management account',
      bob,
      { identity, rcps: { ...over([deny()]), isManagementAccount: true } },
      'allowed',
      `${RCP}#actions-not-restricted-by-rcps`,
    ],
    [
      'a service-linked role',
      serviceLinked,
      { identity, rcps: over([deny()]) },
      'allowed',
      `${RCP}#actions-not-restricted-by-rcps`,
    ],
    [
      'a key',
      bob,
      { identity, key, rcps: over([deny()]) },
      'explicitly-denied',
      RCP_OF_KMS,
      { action: 'kms:Decrypt', resource: KEY },
    ],
    [
      'an action of a service that takes no part',
      bob,
      { identity, rcps: over([deny()]) },
      'allowed',
      `${RCP}#rcp-supported-services`,
      { action: 'iam:GetRole', resource: `arn:aws:iam::${OWN}:role/app` },
    ],
    [
      'an action of Roles Anywhere, in any case',
      bob,
      { identity, rcps: over([deny()]) },
      'explicitly-denied',
      `${RCP}#rcp-supported-services`,
      { action: 'RolesAnywhere:ListProfiles', resource: '*' },
    ],
    [
      'the retiring of a grant',
      bob,
      { identity, key, rcps: over([deny()]) },
      'allowed',
      RCP_OF_KMS,
      { action: 'kms:RetireGrant', resource: KEY },
    ],
    [
      'a role to assume',
      eve,
      { identity, resource: open, rcps: over([perimeter]) },
      'explicitly-denied',
      RCP_EXAMPLES,
      { action: 'sts:AssumeRole', resource: `arn:aws:iam::${OWN}:role/app`, context: { 'aws:PrincipalOrgID': 'o-x' } },
    ],
    [
      'a service-linked role to assume',
      backup,
      { identity: [], resource: open, rcps: over([deny()]) },
      'allowed',
      `${RCP}#actions-not-restricted-by-rcps`,
      { action: 'sts:AssumeRole', resource: 'roleArn' in serviceLinked ? serviceLinked.roleArn : '' },
    ],
  ])('%s', expectRow);

  test.each([
    ['names no principal', policy('rcp', { Effect: 'Deny' })],
    ['names one principal', policy('rcp', { Effect: 'Deny', Principal: { AWS: FOREIGN } })],
    ['names everyone but everyone', policy('rcp', { Effect: 'Deny', NotPrincipal: '*' })],
    ['names all but one principal', policy('rcp', { Effect: 'Deny', NotPrincipal: { AWS: FOREIGN } })],
  ])(`a policy that %s is refused, as ${RCP_SYNTAX} says`, (_, wrong) => {
    expect(() => evaluate(request(), { identity, rcps: over([wrong]) })).toThrow(/must name (a|the) principal/);
  });
});

describe('the policy of a VPC endpoint', () => {
  const fullAccess = policy('endpoint', { Sid: 'Default', Effect: 'Allow', Principal: '*' });
  const otherBucket = policy('endpoint', { Effect: 'Allow', Principal: '*', Resource: 'arn:aws:s3:::other/*' });
  const onlyBob = policy('endpoint', {
    Effect: 'Allow',
    Principal: '*',
    Condition: { ArnEquals: { 'aws:PrincipalArn': bob.arn } },
  });
  const closed = policy('endpoint', { Effect: 'Deny', Principal: '*' });
  const identity = [allowAll];

  test.each<Row>([
    [
      'the default gives full access',
      bob,
      { identity, endpoint: fullAccess },
      'allowed',
      `${ENDPOINT}#default-endpoint-policy`,
    ],
    ['it grants nothing', bob, { identity: [], endpoint: fullAccess }, 'implicitly-denied: identity', ENDPOINT],
    ['it limits', bob, { identity, endpoint: otherBucket }, 'implicitly-denied: endpoint', ENDPOINT],
    ['it denies', bob, { identity, endpoint: closed }, 'explicitly-denied', ENDPOINT],
    [
      'it limits whom a bucket policy names',
      bob,
      { identity: [], resource: bucket({ Principal: { AWS: bob.arn } }), endpoint: otherBucket },
      'implicitly-denied: endpoint',
      ENDPOINT,
    ],
    [
      'it limits the root user',
      rootUser(),
      { identity: [], endpoint: otherBucket },
      'implicitly-denied: endpoint',
      ENDPOINT,
    ],
    [
      'it limits an anonymous caller',
      anonymous,
      { identity: [], resource: open, endpoint: otherBucket },
      'implicitly-denied: endpoint',
      ENDPOINT,
    ],
    [
      'it limits another account',
      eve,
      { identity, resource: open, endpoint: otherBucket },
      'implicitly-denied: endpoint',
      ENDPOINT,
    ],
    [
      'it lets a caller through by ARN',
      bob,
      { identity, endpoint: onlyBob },
      'allowed',
      `${ENDPOINT}#vpc-endpoint-policies-gateway`,
      { context: { 'aws:PrincipalArn': bob.arn } },
    ],
    [
      'it stops another by ARN',
      user('carol'),
      { identity, endpoint: onlyBob },
      'implicitly-denied: endpoint',
      `${ENDPOINT}#vpc-endpoint-policies-gateway`,
      { context: { 'aws:PrincipalArn': user('carol').arn } },
    ],
  ])('%s', expectRow);

  test(`an account as its principal means different things at gateways and interfaces, as ${ENDPOINT} says, and is refused`, () => {
    const endpoint = policy('endpoint', { Effect: 'Allow', Principal: { AWS: OWN } });
    expect(() => evaluate(request(), { identity, endpoint })).toThrow('aws:PrincipalArn');
  });
});

describe('S3 Block Public Access', () => {
  const publicAccessBlock = { restrictPublicBuckets: true };
  const toEve = bucket({ Sid: 'Eve', Principal: { AWS: eve.arn } });
  const openAndEve = bucket({ Sid: 'Eve', Principal: { AWS: eve.arn } }, { Sid: 'All', Principal: '*' });
  const openWithDenial = bucket({ Principal: '*' }, { Effect: 'Deny', Principal: '*', Action: 's3:PutObject' });
  const identity = [allowAll];

  test.each<Row>([
    ['without it a public policy lets everyone in', anonymous, { identity: [], resource: open }, 'allowed', BLOCK],
    [
      'switched off it changes nothing',
      anonymous,
      { identity: [], resource: open, publicAccessBlock: { restrictPublicBuckets: false } },
      'allowed',
      BLOCK,
    ],
    [
      'it stops anonymous callers',
      anonymous,
      { identity: [], resource: open, publicAccessBlock },
      'implicitly-denied: public-access-block',
      BLOCK,
    ],
    [
      'it stops other accounts',
      eve,
      { identity, resource: open, publicAccessBlock },
      'implicitly-denied: public-access-block',
      BLOCK,
    ],
    [
      'it stops the root user of another account',
      rootUser(FOREIGN),
      { identity: [], resource: open, publicAccessBlock },
      'implicitly-denied: public-access-block',
      BLOCK,
    ],
    [
      'it also stops callers that a public policy names',
      eve,
      { identity, resource: openAndEve, publicAccessBlock },
      'implicitly-denied: public-access-block',
      BLOCK,
    ],
    [
      'it does not touch a policy that is not public',
      eve,
      { identity, resource: toEve, publicAccessBlock },
      'allowed',
      BLOCK,
    ],
    [
      'it leaves the bucket’s account alone',
      bob,
      { identity: [], resource: open, publicAccessBlock },
      'allowed',
      BLOCK,
    ],
    [
      'it leaves the root user of that account alone',
      rootUser(),
      { identity: [], resource: open, publicAccessBlock },
      'allowed',
      BLOCK,
    ],
    ['it leaves AWS services alone', backup, { identity: [], resource: open, publicAccessBlock }, 'allowed', BLOCK],
    [
      'it leaves denials in force',
      bob,
      { identity, resource: openWithDenial, publicAccessBlock },
      'explicitly-denied',
      BLOCK,
      { action: 's3:PutObject' },
    ],
    [
      'it does not hide that nothing was granted',
      eve,
      { identity, resource: bucket({ Principal: '*', Action: 's3:ListBucket' }), publicAccessBlock },
      'implicitly-denied: resource',
      BLOCK,
    ],
    [
      'it says nothing about trust policies',
      eve,
      { identity, resource: open, publicAccessBlock },
      'allowed',
      BLOCK,
      { action: 'sts:AssumeRole', resource: `arn:aws:iam::${OWN}:role/app` },
    ],
  ])('%s', expectRow);

  const when = (operator: string, key: string, value: unknown) => ({
    Principal: '*',
    Condition: { [operator]: { [key]: value } },
  });
  const point = 'arn:aws:s3:us-west-2:123456789012:accesspoint/';

  test.each<[string, StatementDocument, boolean]>([
    ['everyone', { Principal: '*' }, true],
    ['everyone with credentials', { Principal: { AWS: '*' } }, true],
    ['everyone along with someone', { Principal: { AWS: [OWN, '*'] } }, true],
    ['an account', { Principal: { AWS: FOREIGN } }, false],
    ['a user', { Principal: { AWS: eve.arn } }, false],
    ['a service', { Principal: { Service: 'cloudtrail.amazonaws.com' } }, false],
    ['nobody: a denial', { Effect: 'Deny', Principal: '*' }, false],
    ['one VPC', when('StringEquals', 'aws:SourceVpc', 'vpc-91237329'), false],
    ['VPCs by wildcard', when('StringLike', 'aws:SourceVpc', 'vpc-*'), true],
    ['two VPC endpoints', when('StringEquals', 'aws:SourceVpce', ['vpce-1', 'vpce-2']), false],
    ['VPC endpoints, one by wildcard', when('StringLike', 'aws:SourceVpce', ['vpce-1', 'vpce-*']), true],
    ['all VPCs but one', when('StringNotEquals', 'aws:SourceVpc', 'vpc-91237329'), true],
    ['one VPC, if there is one', when('StringEqualsIfExists', 'aws:SourceVpc', 'vpc-91237329'), true],
    ['one VPC or none', when('ForAllValues:StringEquals', 'aws:SourceVpc', 'vpc-91237329'), true],
    ['an organization', when('StringEquals', 'aws:PrincipalOrgID', 'o-acme'), false],
    ['a value from the request', when('StringEquals', 'aws:SourceAccount', '${aws:PrincipalAccount}'), true],
    ['a source ARN', when('ArnEquals', 'aws:SourceArn', 'arn:aws:sns:us-east-2:111122223333:topic'), false],
    ['a source ARN by wildcard', when('ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:*:topic'), true],
    ['a source account', when('StringEquals', 'AWS:SourceAccount', OWN), false],
    ['a source owner', when('StringEquals', 'aws:SourceOwner', OWN), false],
    ['an office', when('IpAddress', 'aws:SourceIp', '203.0.113.0/24'), false],
    ['one address', when('IpAddress', 'aws:SourceIp', '203.0.113.7'), false],
    ['a private range', when('IpAddress', 'aws:SourceIp', '10.0.0.0/8'), false],
    ['half of the addresses', when('IpAddress', 'aws:SourceIp', '0.0.0.0/1'), true],
    ['an office along with all addresses', when('IpAddress', 'aws:SourceIp', ['203.0.113.0/24', '0.0.0.0/0']), true],
    ['an IPv6 site', when('IpAddress', 'aws:SourceIp', '2001:db8::/32'), false],
    ['a broad IPv6 range', when('IpAddress', 'aws:SourceIp', '2001::/16'), true],
    ['a user id', when('StringEquals', 'aws:userid', 'AIDAEXAMPLE'), false],
    ['any access point of one account', when('ArnLike', 's3:DataAccessPointArn', `${point}*`), false],
    ['access points of any account', when('ArnLike', 's3:DataAccessPointArn', 'arn:aws:s3:*:*:accesspoint/x'), true],
    ['an access point account', when('StringEquals', 's3:DataAccessPointAccount', OWN), false],
    ['TLS', when('Bool', 'aws:SecureTransport', 'true'), true],
    ['a referer', when('StringEquals', 'aws:Referer', 'https://acme.example/'), true],
  ])(`a grant to %s, as ${BLOCK} says`, (_, statement, expected) => {
    expect(isPublicPolicy(bucket(statement))).toBe(expected);
    expect(isPublicPolicy(bucket({ Principal: { AWS: OWN }, Resource: OBJECT }, statement))).toBe(expected);
  });
});
