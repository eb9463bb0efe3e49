import { ALL, BUCKET, edit, type Json, OBJECTS, OWN, type Place } from './edit-statements';
import type { SlippingMutant } from './slipping-mutations';

const ANALYST = { AWS: `arn:aws:iam::${OWN}:role/analyst` };
const PROOF = 'permission-proof';

type Change = (stack: Json) => unknown;
type Row = readonly [name: string, change: Change, rule?: string];

const also = (place: Place, statement: Json): Change =>
  edit(place, (all) => [...all, { Effect: 'Allow', ...statement }]);
const inBucket = (Principal: Json, Action: Json, Resource: Json = OBJECTS, Condition?: Json): Change =>
  also('bucket', { Principal, Action, Resource, ...(Condition && { Condition }) });
const inKey = (Principal: Json, Action: Json, Condition?: Json): Change =>
  also('key', { Principal, Action, Resource: '*', ...(Condition && { Condition }) });
const toRole = (Action: Json, Resource: Json = '*', Condition?: Json): Change =>
  also('s3', { Action, Resource, ...(Condition && { Condition }) });
const inTrust = (Principal: Json, Action: Json, Condition?: Json): Change =>
  also('trust', { Principal, Action, ...(Condition && { Condition }) });
const service = (Service: string) => ({ Service });

/** Changes the statement with the Sid. */
const at = (place: Place, sid: string, change: (statement: Json) => Json): Change =>
  edit(place, (all) => all.map((one) => (one.Sid === sid ? change(one) : one)));
const reworded = (place: Place, sid: string, ...words: readonly (readonly [from: string, to: string])[]): Change =>
  at(place, sid, (one) =>
    JSON.parse(words.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(one))),
  );
const when = (sid: string, Condition: Json): Change => at('bucket', sid, (one) => ({ ...one, Condition }));
const more = (sid: string, Condition: Json): Change =>
  at('bucket', sid, (one) => ({ ...one, Condition: { ...one.Condition, ...Condition } }));

const sparingRoot = (sid: string): Change =>
  at('bucket', sid, ({ Principal: _, ...one }) => ({ ...one, NotPrincipal: { AWS: `arn:aws:iam::${OWN}:root` } }));

const SSE_C = 's3:x-amz-server-side-encryption-customer-algorithm';
const HTTP = 'DenyPlainHttp';
const READS = 'ReadAndWriteBackups';

/** Slips of whoever writes a policy by hand, by the kind of statement. */
const KINDS: Readonly<Record<string, readonly Row[]>> = {
  'a grant in the bucket policy, in other words': [
    ['the role beside a service', inBucket({ AWS: 'ROLE', ...service('cloudtrail.amazonaws.com') }, 's3:GetObject')],
    ['the delivery of logs', inBucket(service('logging.s3.amazonaws.com'), 's3:PutObject')],
    ['a service of China', inBucket(service('ec2.amazonaws.com.cn'), 's3:GetObject')],
    ['a service of one region', inBucket(service('logs.eu-west-1.amazonaws.com'), 's3:GetObject')],
    ['a service inside AWS', inBucket(service('billingconsole.aws.internal'), 's3:GetObject')],
    [
      'S3 for a bucket elsewhere',
      inBucket(service('s3.amazonaws.com'), 's3:PutObject', OBJECTS, {
        ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::x' },
      }),
    ],
    ['a canonical user', inBucket({ CanonicalUser: 'a'.repeat(64) }, 's3:GetObject')],
    ['a provider of identities', inBucket({ Federated: 'cognito-identity.amazonaws.com' }, 's3:GetObject')],
    ['a SAML provider', inBucket({ Federated: `arn:aws:iam::${OWN}:saml-provider/x` }, 's3:GetObject')],
    ['everybody in a list', inBucket({ AWS: [`arn:aws:iam::${OWN}:root`, '*'] }, 's3:GetObjectAcl')],
    ['all but one action', also('bucket', { Principal: ANALYST, NotAction: 's3:DeleteBucket', Resource: ALL })],
    [
      'all but one folder',
      also('bucket', { Principal: ANALYST, Action: 's3:GetObject', NotResource: `${BUCKET}/org/*` }),
    ],
    ['wildcards inside a name', inBucket(ANALYST, 's3:*Obj?ct')],
    ['a folder of each caller', inBucket(ANALYST, 's3:GetObject', `${BUCKET}/$\${aws:username}/*`)],
    ['one letter of a folder', inBucket(ANALYST, 's3:GetObject', `${BUCKET}/or?/*`)],
    [
      'an organization, if there is one',
      inBucket('*', 's3:GetObject', OBJECTS, { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abcdef1234' } }),
      'bucket-not-public',
    ],
    [
      'all of no paths',
      inBucket('*', 's3:GetObject', OBJECTS, {
        'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-abcdef1234/*' },
      }),
      'bucket-not-public',
    ],
    ['nobody of an organization', inBucket('*', 's3:GetObject', OBJECTS, { Null: { 'aws:PrincipalOrgID': 'true' } })],
    ['an endpoint', inBucket('*', 's3:GetObject', OBJECTS, { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } })],
    ['a page', inBucket('*', 's3:GetObject', OBJECTS, { StringLike: { 'aws:Referer': 'https://example.com/*' } })],
    ['a tag', inBucket(ANALYST, 's3:GetObject', OBJECTS, { StringEquals: { 's3:ExistingObjectTag/open': 'yes' } })],
    [
      'a day in the past',
      inBucket(ANALYST, 's3:GetObject', OBJECTS, { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }),
    ],
    [
      'a function on behalf',
      inBucket(ANALYST, 's3:GetObject', OBJECTS, {
        'ForAnyValue:StringEquals': { 'aws:CalledVia': 's3-object-lambda.amazonaws.com' },
      }),
    ],
  ],
  'a grant in the key policy, in other words': [
    ['the account', inKey({ AWS: `arn:aws:iam::${OWN}:root` }, 'kms:*')],
    ['grants for services', inKey(ANALYST, 'kms:CreateGrant', { Bool: { 'kms:GrantIsForAWSResource': 'true' } })],
    ['a trail', inKey(service('cloudtrail.amazonaws.com'), 'kms:GenerateDataKey*')],
    [
      'the account through S3',
      inKey({ AWS: '*' }, 'kms:Decrypt', {
        StringEquals: { 'kms:CallerAccount': OWN, 'kms:ViaService': 's3.us-east-2.amazonaws.com' },
      }),
    ],
    ['another key for the same data', inKey(ANALYST, 'kms:ReEncrypt*')],
    ['a shared secret', inKey(ANALYST, 'kms:DeriveSharedSecret')],
    ['a replica', inKey(ANALYST, 'kms:ReplicateKey'), 'no-second-step'],
    ['a code', inKey(ANALYST, 'kms:GenerateMac')],
    ['a pair of keys', inKey(ANALYST, 'kms:GenerateDataKeyPair*')],
    ['other key material', inKey(ANALYST, ['kms:ImportKeyMaterial', 'kms:GetParametersForImport'])],
    ['an alias in the request', inKey(ANALYST, 'kms:Decrypt', { StringEquals: { 'kms:RequestAlias': 'alias/x' } })],
  ],
  'a denial with a hole': [
    ['two actions', at('bucket', HTTP, (one) => ({ ...one, Action: ['s3:GetObject', 's3:PutObject'] }))],
    ['all but one action', at('bucket', HTTP, ({ Action: _, ...one }) => ({ ...one, NotAction: 's3:GetObject' }))],
    [
      'all but one folder',
      at('bucket', HTTP, ({ Resource: _, ...one }) => ({ ...one, NotResource: `${BUCKET}/org/*` })),
    ],
    ['folders alone', at('bucket', HTTP, (one) => ({ ...one, Resource: [BUCKET, `${BUCKET}/?*/*`] }))],
    ['all but the root user', sparingRoot(HTTP), 'bucket-tls-only'],
    ['all but the root user, with old TLS', sparingRoot('DenyOldTls'), 'bucket-tls-version'],
    ['a switch as text', when(HTTP, { StringEquals: { 'aws:SecureTransport': 'False' } })],
    ['outside a network', more(HTTP, { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
    ['without an endpoint', more(HTTP, { Null: { 'aws:SourceVpce': 'true' } })],
    ['TLS before 1.1', when('DenyOldTls', { NumericLessThan: { 's3:TlsVersion': '1.1' } })],
    ...[
      ['StringNotEquals', '1.2', '1.3'],
      ['StringLike', '1.0', '1.1'],
      ['StringEqualsIgnoreCase', '1.0', '1.1'],
    ].map(
      ([operator = '', ...versions]): Row => [
        `TLS as text: ${operator}`,
        when('DenyOldTls', { [operator]: { 's3:TlsVersion': versions } }),
        'bucket-tls-version',
      ],
    ),
    ['one version of TLS', when('DenyOldTls', { StringLike: { 's3:TlsVersion': '1.0' } })],
    ['other accounts', at('bucket', 'DenyOldTls', (one) => ({ ...one, Principal: { AWS: '444455556666' } }))],
    ['a key that there is not', when('DenyOldTls', { NumericLessThan: { 'aws:TlsVersion': '1.2' } }), 'policies-valid'],
    ['an algorithm in small letters', when('DenyCustomerProvidedKeys', { StringEquals: { [SSE_C]: 'aes256' } })],
    ['two methods', reworded('bucket', 'DenyWrongEncryption', ['"aws:kms"', '["aws:kms","aws:kms:dsse"]'])],
    [
      'methods by a pattern',
      reworded('bucket', 'DenyWrongEncryption', [
        '"StringNotEquals":{"s3:x-amz-server-side-encryption":"aws:kms"}',
        '"StringNotLike":{"s3:x-amz-server-side-encryption":"aws:*"}',
      ]),
    ],
    ['keys of any account', reworded('bucket', 'DenyWrongKey', [`${OWN}:key`, '*:key'])],
    ['keys of several regions', reworded('bucket', 'DenyWrongKey', ['us-east-2', 'us-*'])],
  ],
  'a role that reaches further': [
    [
      'all but one bucket',
      at('s3', READS, ({ Resource: _, ...one }) => ({ ...one, NotResource: 'arn:aws:s3:::other/*' })),
    ],
    ['its account, if told', reworded('s3', READS, ['StringEquals', 'StringEqualsIfExists'])],
    ['all of no accounts', reworded('s3', READS, ['StringEquals', 'ForAllValues:StringEquals'])],
    ['two accounts', reworded('s3', READS, [`"${OWN}"`, `["${OWN}","444455556666"]`])],
    [
      'a bucket of a tag',
      at('s3', READS, (one) => ({ ...one, Resource: 'arn:aws:s3:::$${aws:PrincipalTag/bucket}/*' })),
    ],
    ['S3 of any region', reworded('kms', 'UseKeyThroughS3', ['StringEquals', 'StringLike'], ['s3.us-east-2', 's3.*'])],
    [
      'buckets that begin alike',
      reworded('kms', 'UseKeyThroughS3', ['StringEquals', 'StringLike'], ['aws-kms"', 'aws-kms*"']),
    ],
    ['versions beside the probes', reworded('s3', 'RemoveProbes', ['verification/*', 'verification*'])],
    ['another role', toRole('sts:AssumeRole', `arn:aws:iam::${OWN}:role/other`), 'role-manages-no-permissions'],
    ['tags of a session', toRole('sts:TagSession')],
    ['a context', toRole('sts:SetContext')],
    ['a session of its own', toRole('sts:GetSessionToken'), 'output-fits-stack'],
    ['torrents', toRole('s3:GetObjectTorrent', OBJECTS)],
    ['an access point', toRole('s3:GetObject', `arn:aws:s3:us-east-2:${OWN}:accesspoint/x/object/*`)],
    ['itself, for a service', toRole('iam:PassRole', 'ROLE'), 'role-manages-no-permissions'],
    [
      'versions, on a condition that never holds',
      toRole('s3:DeleteObjectVersion', OBJECTS, { StringEquals: { 'aws:ResourceAccount': 'x' } }),
    ],
  ],
  'a trust policy in other words': [
    [
      'everybody of an organization',
      inTrust({ AWS: '*' }, 'sts:AssumeRole', { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdef1234' } }),
    ],
    ['another service', inTrust(service('ssm.amazonaws.com'), 'sts:AssumeRole')],
    [
      'the service of China',
      at('trust', 'AssumeFromInstance', (one) => ({ ...one, Principal: service('ec2.amazonaws.com.cn') })),
    ],
    ['a token', inTrust({ Federated: `arn:aws:iam::${OWN}:oidc-provider/x.example` }, 'sts:AssumeRoleWithWebIdentity')],
    ['every action', at('trust', 'AssumeFromInstance', (one) => ({ ...one, Action: 'sts:*' }))],
    ['the role itself', inTrust({ AWS: 'ROLE' }, 'sts:AssumeRole')],
    [
      'an account with an id',
      inTrust({ AWS: '444455556666' }, 'sts:AssumeRole', { StringEquals: { 'sts:ExternalId': 'x' } }),
    ],
    ['tags', inTrust(service('ec2.amazonaws.com'), 'sts:TagSession')],
    [
      'a source',
      at('trust', 'AssumeFromInstance', (one) => ({ ...one, Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] })),
    ],
    [
      'an account that EC2 does not tell',
      at('trust', 'AssumeFromInstance', (one) => ({
        ...one,
        Condition: { StringEquals: { 'aws:SourceAccount': OWN } },
      })),
    ],
  ].map(([name, change]) => [name, change, 'role-trust'] as Row),
};

/** Stacks with a slip in one of their policies. */
export function policySlips(stackText: string): readonly SlippingMutant[] {
  return Object.entries(KINDS).flatMap(([kind, rows]) =>
    rows.flatMap(([name, change, rule = PROOF]) => {
      const stack = JSON.parse(stackText);
      return change(stack) === false ? [] : [{ kind, name, rule, text: JSON.stringify(stack) }];
    }),
  );
}
