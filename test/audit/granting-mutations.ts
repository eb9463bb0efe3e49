import type { Mutation } from './mutations';

type Statement = Readonly<Record<string, unknown>>;

const OWN = '111122223333';
const iam = (name: string, account = OWN) => `arn:aws:iam::${account}:${name}`;

/** Whom a statement lets in that somebody of the account can be, whatever the policies of their own. */
const GRANTEES: Readonly<Record<string, Statement>> = {
  'a role under a path': { Principal: { AWS: iam('role/data/analyst') } },
  'an IAM user': { Principal: { AWS: iam('user/analyst') } },
  'one session of a role': { Principal: { AWS: `arn:aws:sts::${OWN}:assumed-role/analyst/monday` } },
  'a federated user': { Principal: { AWS: `arn:aws:sts::${OWN}:federated-user/analyst` } },
  'a role by its unique id': { Principal: { AWS: 'AROAANALYSTEXAMPLE000' } },
  'a user by the unique id': { Principal: { AWS: 'AIDAANALYSTEXAMPLE000' } },
  'everybody on a condition on the ARN of a user': {
    Principal: '*',
    Condition: { ArnEquals: { 'aws:PrincipalArn': iam('user/analyst') } },
  },
  'everybody on a condition on any part of the ARN': {
    Principal: '*',
    Condition: { StringLike: { 'aws:PrincipalArn': '*lyst' } },
  },
  'everybody on a condition on the ARN of a federated user': {
    Principal: { AWS: '*' },
    Condition: { StringLike: { 'aws:PrincipalArn': `*:${OWN}:federated-user/a*` } },
  },
  'everybody whose ARN is not one': {
    Principal: '*',
    Condition: { ArnNotLike: { 'aws:PrincipalArn': iam('role/analyst', '444455556666') } },
  },
  'everybody of the account': { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': OWN } } },
  'everybody of an organization': {
    Principal: '*',
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdef1234' } },
  },
  'everybody with a tag': { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'data' } } },
  'every user': { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalType': 'User' } } },
  'everybody by a user id': { Principal: '*', Condition: { StringLike: { 'aws:userid': 'AROAANALYSTEXAMPLE000:*' } } },
  'everybody by a user name': { Principal: '*', Condition: { StringEquals: { 'aws:username': 'analyst' } } },
  'an origin access identity of CloudFront': {
    Principal: { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE2ABC' },
  },
  'a skill of Alexa': { Principal: { Service: 'alexa-appkit.amazon.com' } },
  'somebody of an account in a condition': {
    Principal: '*',
    Condition: { StringLike: { 'aws:PrincipalAccount': '44445555????' } },
  },
};

const GRANTS: readonly (readonly [address: string, argument: string, grant: (bucket: string) => Statement])[] = [
  [
    'aws_s3_bucket_policy.backup',
    'policy',
    (bucket) => ({ Action: 's3:GetObjectVersion', Resource: `arn:aws:s3:::${bucket}/*` }),
  ],
  [
    'aws_s3_bucket_policy.backup',
    'policy',
    (bucket) => ({ NotAction: 's3:*Object*', Resource: `arn:aws:s3:::${bucket}` }),
  ],
  ['aws_kms_key.backup', 'policy', () => ({ Action: ['kms:Decrypt', 'kms:CreateGrant'], Resource: '*' })],
];

/** Stacks in which bucket or key give somebody something by themselves. */
export function grantingMutations(stackText: string): readonly Mutation[] {
  const bucket: string = JSON.parse(stackText).resource.aws_s3_bucket.backup.bucket;
  return GRANTS.flatMap(([address, argument, grant]) =>
    Object.entries(GRANTEES).flatMap(([grantee, to]) => {
      const statement: Statement = { Sid: 'Added', Effect: 'Allow', ...grant(bucket), ...to };
      const text = withStatement(stackText, { address, argument }, statement);
      const what = String(statement.Action ?? 'all but objects');
      const name = `${address}: ${what} to ${grantee}`;
      return text === undefined ? [] : [{ kind: 'granted', name, address, statement: 'Added', stackText: text }];
    }),
  );
}

interface Place {
  readonly address: string;
  readonly argument: string;
}

/** None for a block with a count of 0: nobody has its policy. */
function withStatement(stackText: string, { address, argument }: Place, statement: Statement): string | undefined {
  const stack = JSON.parse(stackText);
  const [type = '', name = ''] = address.split('.');
  const given = stack.resource[type]?.[name];
  if (given?.[argument] === undefined || given.count === 0) return undefined;
  const policy: { readonly Statement: readonly Statement[] } = JSON.parse(given[argument]);
  given[argument] = JSON.stringify({ ...policy, Statement: [...policy.Statement, statement] });
  return JSON.stringify(stack);
}

/** Whom a denial of the bucket policy spares: the account with somebody of it, as AWS wants them listed. */
const SPARED: Readonly<Record<string, readonly string[]>> = {
  'a session of the role': ['role/{role}', 'sts:assumed-role/{role}/i-0123456789abcdef0'],
  'an IAM user': ['user/analyst'],
  'a session of another role': ['role/analyst', 'sts:assumed-role/analyst/monday'],
  'a federated user': ['sts:federated-user/analyst'],
};

const DENIALS = ['DenyPlainHttp', 'DenyOldTls', 'DenyWrongEncryption', 'DenyCustomerProvidedKeys'];

/** Stacks in which a denial for everybody is one for everybody else. */
export function sparingMutations(stackText: string): readonly Mutation[] {
  const { resource } = JSON.parse(stackText);
  const role: string = resource.aws_iam_role.vault.name;
  const { Statement, ...policy } = JSON.parse(resource.aws_s3_bucket_policy.backup.policy);
  const arnOf = (name: string) => (name.startsWith('sts:') ? `arn:aws:sts::${OWN}:${name.slice(4)}` : iam(name));
  return DENIALS.flatMap((denial) =>
    Object.entries(SPARED).map(([spared, names]) => {
      const AWS = ['root', ...names].map((name) => arnOf(name.replace('{role}', role)));
      const changed = Statement.map(({ Principal, ...one }: { Sid: string; Principal: unknown }) =>
        one.Sid === denial ? { ...one, NotPrincipal: { AWS } } : { ...one, Principal },
      );
      const stack = JSON.parse(stackText);
      stack.resource.aws_s3_bucket_policy.backup.policy = JSON.stringify({ ...policy, Statement: changed });
      const address = 'aws_s3_bucket_policy.backup';
      const name = `${address} ${denial}: not for ${spared}`;
      return { kind: 'spared', name, address, statement: denial, stackText: JSON.stringify(stack) };
    }),
  );
}
