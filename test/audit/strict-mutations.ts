import { ALL, BUCKET, edit, type Json, OBJECTS, OWN, type Place, ROLE } from './edit-statements';
import type { Rewrite } from './rewrites';
import type { SlippingMutant } from './slipping-mutations';

const deny = (Action: Json, Resource: Json, Condition?: Json): Json => ({
  Effect: 'Deny',
  Principal: '*',
  Action,
  Resource,
  ...(Condition && { Condition }),
});
const also = (place: Place, { Principal, ...statement }: Json) =>
  edit(place, (all) => [...all, place === 's3' || place === 'kms' ? statement : { Principal, ...statement }]);
const only = (place: Place, operator: string, key: string, value: Json) =>
  edit(place, (all) =>
    all.map((one) =>
      one.Effect === 'Deny'
        ? one
        : {
            ...one,
            Condition: { ...one.Condition, [operator]: { ...one.Condition?.[operator], [key]: value } },
          },
    ),
  );

const OTHERS = { ArnNotEquals: { 'aws:PrincipalArn': ROLE } };
const FOREIGN = { StringNotEquals: { 'aws:PrincipalAccount': OWN } };
const DATA = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];

/** Stacks that give somebody less than ours, and Vault all that it needs. */
export const STRICTER: readonly Rewrite[] = (
  [
    ['a denial of other accounts', also('bucket', deny('s3:*', ALL, FOREIGN))],
    [
      'a denial of other accounts, but for services',
      also('bucket', deny('s3:*', ALL, { ...FOREIGN, Bool: { 'aws:PrincipalIsAWSService': 'false' } })),
    ],
    ['a denial of other accounts on the key', also('key', deny('kms:*', '*', FOREIGN))],
    ['a denial of data to everybody else', also('bucket', deny(DATA, OBJECTS, OTHERS))],
    ['a denial of everything about objects to everybody else', also('bucket', deny('s3:*Object*', OBJECTS, OTHERS))],
    ['a denial of access lists', also('bucket', deny(['s3:PutObjectAcl', 's3:PutBucketAcl'], ALL))],
    [
      'a denial of uploads with an access list',
      also('bucket', deny('s3:PutObject', OBJECTS, { Null: { 's3:x-amz-acl': 'false' } })),
    ],
    ['a denial of the deletion of versions', also('bucket', deny('s3:DeleteObjectVersion', OBJECTS))],
    [
      'a denial of the deletion of versions but of probes',
      also('bucket', {
        ...deny('s3:DeleteObjectVersion', OBJECTS),
        Resource: undefined,
        NotResource: `${BUCKET}/vault-env-verification/*`,
      }),
    ],
    [
      'a denial of signatures of version 2',
      also('bucket', deny('s3:*', ALL, { StringNotEquals: { 's3:signatureversion': 'AWS4-HMAC-SHA256' } })),
    ],
    [
      'a denial of presigned requests',
      also('bucket', deny(DATA, OBJECTS, { StringNotEquals: { 's3:authType': 'REST-HEADER' } })),
    ],
    [
      'a denial of any other key',
      also(
        'bucket',
        deny('s3:PutObject', OBJECTS, {
          StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': '${aws_kms_key.backup.arn}' },
          Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
        }),
      ),
    ],
    [
      'denials of reads with keys of the caller',
      edit('bucket', (all) => all.map((one) => (one.Action === 's3:PutObject' ? { ...one, Action: DATA } : one))),
    ],
    [
      'a denial of data from other networks',
      also('bucket', deny(DATA, OBJECTS, { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })),
    ],
    [
      'a denial of data past the endpoint',
      also('bucket', deny(DATA, OBJECTS, { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } })),
    ],
    [
      'a denial of data to other organizations',
      also('bucket', deny(DATA, OBJECTS, { StringNotEquals: { 'aws:PrincipalOrgID': 'o-abcdef1234' } })),
    ],
    ['its own network in the role', only('s3', 'IpAddress', 'aws:SourceIp', ['203.0.113.0/24', '198.51.100.7'])],
    ['its own region in the role', only('s3', 'StringEquals', 'aws:RequestedRegion', 'us-east-2')],
    ['direct calls alone in the role', only('s3', 'Bool', 'aws:ViaAWSService', 'false')],
    ['TLS in the role', only('s3', 'Bool', 'aws:SecureTransport', 'true')],
    ['a denial of plain HTTP in the role', also('s3', deny('s3:*', '*', { Bool: { 'aws:SecureTransport': 'false' } }))],
    [
      'a denial of deletion and disabling of the key',
      also('key', deny(['kms:ScheduleKeyDeletion', 'kms:DisableKey'], '*')),
    ],
    [
      'nobody who could disable the key',
      edit('key', (all) =>
        all.map((one) => ({ ...one, Action: [one.Action].flat().filter((action) => action !== 'kms:DisableKey') })),
      ),
    ],
    ['TLS on the key', only('key', 'Bool', 'aws:SecureTransport', 'true')],
    [
      'a denial of uploads with tags, by a set',
      also('bucket', deny('s3:PutObject', OBJECTS, { 'ForAnyValue:Null': { 's3:RequestObjectTagKeys': 'false' } })),
    ],
    [
      'a denial of an origin access identity',
      also('bucket', {
        ...deny('s3:*', ALL),
        Principal: { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE2ABC' },
      }),
    ],
    [
      'denials of services by their names in other partitions and regions',
      also('bucket', {
        ...deny('s3:*', ALL),
        Principal: { Service: ['ec2.amazonaws.com.cn', 'logs.us-east-2.amazonaws.com', 'ecs.amazonaws.eu'] },
      }),
    ],
    ['a denial by an ARN cut short', also('s3', deny('s3:PutBucketPolicy', 'arn:aws:s3'))],
  ] as readonly (readonly [string, Rewrite['change']])[]
).map(([name, change]) => ({ name, change }));

/** The same points otherwise, and further ones: all at once are more combinations than the proof tries. */
export const STRICTER_OTHERWISE: readonly Rewrite[] = (
  [
    [
      'a denial of data past the endpoint, but for services on behalf',
      also(
        'bucket',
        deny(DATA, OBJECTS, {
          StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1a2b3c4d' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
        }),
      ),
    ],
    [
      'a denial of the key past the endpoint, but for S3 on behalf',
      also(
        'key',
        deny(['kms:Decrypt', 'kms:GenerateDataKey'], '*', {
          StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' },
          Bool: { 'aws:ViaAWSService': 'false' },
        }),
      ),
    ],
    [
      'a denial of the key from other networks',
      also('key', deny('kms:Decrypt', '*', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })),
    ],
    [
      'a denial of direct use of the key',
      also('key', deny(['kms:Decrypt', 'kms:Encrypt'], '*', { Bool: { 'aws:ViaAWSService': 'false' } })),
    ],
    ['S3 alone on behalf in the role', only('kms', 'ForAnyValue:StringEquals', 'aws:CalledVia', ['s3.amazonaws.com'])],
    ['S3 first on behalf in the role', only('kms', 'StringEquals', 'aws:CalledViaFirst', 's3.amazonaws.com')],
    [
      'a denial of everything to other organizations',
      also(
        'bucket',
        deny('s3:*', ALL, {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abcdef1234' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        }),
      ),
    ],
    [
      'a denial of other parts of the organization',
      also(
        'bucket',
        deny(DATA, OBJECTS, { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-abcdef1234/*' } }),
      ),
    ],
    ['its own organization on the key', only('key', 'StringEquals', 'aws:PrincipalOrgID', 'o-abcdef1234')],
    ['its own account on the key', only('key', 'StringEquals', 'kms:CallerAccount', OWN)],
    [
      'a denial of less versioning to all but an administrator',
      also(
        'bucket',
        deny(['s3:PutBucketVersioning', 's3:PutLifecycleConfiguration'], BUCKET, {
          ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/administrator` },
        }),
      ),
    ],
    ['a denial of the deletion of the bucket', also('bucket', deny('s3:DeleteBucket', BUCKET))],
    [
      'a denial of the deletion of versions without MFA',
      also('bucket', {
        ...deny('s3:DeleteObjectVersion', undefined, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }),
        NotResource: `${BUCKET}/vault-env-verification/*`,
      }),
    ],
    [
      'a denial of reads by an access point in the role',
      also('s3', deny('s3:GetObject', `arn:aws:s3:us-east-2:${OWN}:accesspoint/x/object/*`)),
    ],
    [
      'a denial of cold storage',
      also(
        'bucket',
        deny('s3:PutObject', OBJECTS, { StringEquals: { 's3:x-amz-storage-class': ['GLACIER', 'DEEP_ARCHIVE'] } }),
      ),
    ],
    [
      'a denial of copies from elsewhere',
      also(
        'bucket',
        deny('s3:PutObject', OBJECTS, {
          Null: { 's3:x-amz-copy-source': 'false' },
          StringNotLike: { 's3:x-amz-copy-source': 'example-vault-backup-aws-kms/*' },
        }),
      ),
    ],
    [
      'a denial of signatures of more than ten minutes ago',
      also('bucket', deny('s3:*', ALL, { NumericGreaterThan: { 's3:signatureAge': '600000' } })),
    ],
    [
      'a denial of credentials of version 1 of the metadata service',
      also('bucket', deny(DATA, OBJECTS, { NumericLessThan: { 'ec2:RoleDelivery': '2.0' } })),
    ],
    [
      'a denial of the end of the key without MFA',
      also('key', deny('kms:ScheduleKeyDeletion', '*', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })),
    ],
    [
      'a denial of grants but to services',
      also('key', deny('kms:CreateGrant', '*', { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' } })),
    ],
  ] as readonly (readonly [string, Rewrite['change']])[]
).map(([name, change]) => ({ name, change }));

/** Whole stacks in the manner of others, each stricter than ours, by names of the lists above. */
export const STRICT_STACKS: Readonly<Record<string, RegExp>> = {
  'a perimeter of networks': /network|endpoint/,
  'a perimeter of organizations': /organization|account/,
  'a key that S3 alone uses': /\bkey\b|on behalf/,
  'nothing that is lost by mistake': /deletion|versioning|cold|copies|end of the key/,
  'requests of one form': /TLS|signature|access list|presigned|direct|metadata|services/,
};

/** A time that has come for the backups to stop, and other ways to keep Vault from what it needs. */
const TOO_STRICT: Readonly<Record<string, (stack: Json) => unknown>> = {
  'TLS 1.3 alone': also('bucket', deny('s3:*', ALL, { NumericLessThan: { 's3:TlsVersion': '1.3' } })),
  'a last day': also('bucket', deny(DATA, OBJECTS, { DateGreaterThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } })),
  'a last day in the role': only('s3', 'DateLessThan', 'aws:CurrentTime', '2027-01-01T00:00:00Z'),
  MFA: also('bucket', deny(DATA, OBJECTS, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })),
  'MFA in the role': only('s3', 'Bool', 'aws:MultiFactorAuthPresent', 'true'),
  'another region': only('s3', 'StringEquals', 'aws:RequestedRegion', 'eu-west-1'),
  'a network and its opposite': also(
    'bucket',
    deny(DATA, OBJECTS, { IpAddressIfExists: { 'aws:SourceIp': ['0.0.0.0/0', '::/0'] } }),
  ),
  'a program': only('s3', 'StringEquals', 'aws:UserAgent', 'secret'),
  'a header that Vault does not send': also(
    'bucket',
    deny('s3:PutObject', OBJECTS, { Null: { 's3:x-amz-server-side-encryption': 'true' } }),
  ),
  'an access list that Vault does not send': also(
    'bucket',
    deny('s3:PutObject', OBJECTS, { StringNotEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } }),
  ),
  'a listing of one folder': also('bucket', deny('s3:ListBucket', BUCKET, { StringNotLike: { 's3:prefix': 'org/*' } })),
  'calls by services alone': only('s3', 'Bool', 'aws:ViaAWSService', 'true'),
  'signatures of version 2': also(
    'bucket',
    deny(DATA, OBJECTS, { StringEquals: { 's3:signatureversion': 'AWS4-HMAC-SHA256' } }),
  ),
  'the key past an endpoint, which S3 does not pass on': also(
    'key',
    deny('kms:Decrypt', '*', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }),
  ),
  'the key without a network': also('key', deny('kms:Decrypt', '*', { Null: { 'aws:SourceVpc': 'true' } })),
  'the key through an endpoint in the role': only('kms', 'StringEquals', 'aws:SourceVpce', 'vpce-1a2b3c4d'),
  'the key by services on behalf': also('key', deny('kms:Decrypt', '*', { Bool: { 'aws:ViaAWSService': 'true' } })),
  'direct use of the key alone in the role': only('kms', 'Bool', 'aws:ViaAWSService', 'false'),
  'the key by S3 on behalf': also(
    'key',
    deny(['kms:Decrypt', 'kms:GenerateDataKey'], '*', {
      'ForAnyValue:StringEquals': { 'aws:CalledVia': 's3.amazonaws.com' },
    }),
  ),
  'another service on behalf in the role': only('kms', 'StringEquals', 'aws:CalledViaFirst', 'athena.amazonaws.com'),
  'any chain of services': also('key', deny('kms:Decrypt', '*', { Null: { 'aws:CalledVia': 'false' } })),
  'two networks at once': edit('bucket', (all) => [
    ...all,
    ...['203.0.113.0/24', '198.51.100.0/24'].map((network) =>
      deny(DATA, OBJECTS, { NotIpAddress: { 'aws:SourceIp': network } }),
    ),
  ]),
  'an endpoint and none': edit('bucket', (all) => [
    ...all,
    deny(DATA, OBJECTS, { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }),
    deny(DATA, OBJECTS, { Null: { 'aws:SourceVpce': 'false' } }),
  ]),
  'cold storage': also(
    'bucket',
    deny('s3:PutObject', OBJECTS, { StringNotEquals: { 's3:x-amz-storage-class': 'STANDARD_IA' } }),
  ),
  'a lock on every upload': also('bucket', deny('s3:PutObject', OBJECTS, { Null: { 's3:object-lock-mode': 'true' } })),
  'copies alone': also('bucket', deny('s3:PutObject', OBJECTS, { Null: { 's3:x-amz-copy-source': 'true' } })),
  'short listings': also('bucket', deny('s3:ListBucket', BUCKET, { NumericGreaterThan: { 's3:max-keys': '100' } })),
  'uploads to new names alone': also('bucket', deny('s3:PutObject', OBJECTS, { Null: { 's3:if-none-match': 'true' } })),
  'sessions with a source': also('bucket', deny(DATA, OBJECTS, { Null: { 'aws:SourceIdentity': 'true' } })),
  'sessions of another role': also(
    'bucket',
    deny(DATA, OBJECTS, { StringNotLike: { 'aws:userid': 'AROAOTHERROLE00000:*' } }),
  ),
  'version 3 of the metadata service': also(
    'bucket',
    deny(DATA, OBJECTS, { NumericLessThan: { 'ec2:RoleDelivery': '3.0' } }),
  ),
  'everybody but an administrator': also(
    'bucket',
    deny(DATA, OBJECTS, { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/administrator` } }),
  ),
};

/** Stacks whose policies keep Vault from something that it needs. */
export function tooStrictMutants(stackText: string): readonly SlippingMutant[] {
  return Object.entries(TOO_STRICT).flatMap(([name, change]) => {
    const stack = JSON.parse(stackText);
    if (change(stack) === false) return [];
    return [{ kind: 'a policy too strict for Vault', name, rule: 'permission-proof', text: JSON.stringify(stack) }];
  });
}
