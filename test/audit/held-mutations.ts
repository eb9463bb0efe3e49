const FOREIGN = '444455556666';

/** Conditions that hold everybody to somebody of another account, or to somebody of whom nobody can tell the account. */
export const HELD_ELSEWHERE: Readonly<Record<string, object>> = {
  'the ARN of a role': { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${FOREIGN}:role/x` } },
  'roles of a name in any account': { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' } },
  'an account': { StringEquals: { 'aws:PrincipalAccount': FOREIGN } },
  'accounts with the first digits': { StringLike: { 'aws:PrincipalAccount': '1111*' } },
  'this account and another': { StringEquals: { 'aws:PrincipalAccount': ['111122223333', FOREIGN] } },
  'another account and no organization': {
    StringEquals: { 'aws:PrincipalAccount': FOREIGN, 'aws:PrincipalOrgID': 'o-abcdefghij' },
  },
  'a topic of another account': { ArnLike: { 'aws:SourceArn': `arn:aws:sns:us-east-2:${FOREIGN}:x` } },
  'a bucket, whose ARN names no account': { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::somebody' } },
  'services that act for another account': { StringEquals: { 'aws:SourceAccount': FOREIGN } },
  'sessions of an id': { StringLike: { 'aws:userid': 'AROAEXAMPLEEXAMPLE000:*' } },
  'a name': { StringEquals: { 'aws:username': 'x' } },
  'a tag': { StringEquals: { 'aws:PrincipalTag/team': 'x' } },
  'this account, if it is told': {
    StringEqualsIfExists: { 'aws:PrincipalAccount': '111122223333' },
    StringEquals: { 'aws:username': 'x' },
  },
  'this account through somebody else': {
    StringNotEquals: { 'aws:PrincipalAccount': '777788889999' },
    ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${FOREIGN}:*` },
  },
};

/** Conditions that hold everybody to this account. */
export const HELD_HERE: Readonly<Record<string, object>> = {
  'the account': { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
  'the account, and a name': { StringEquals: { 'aws:PrincipalAccount': '111122223333', 'aws:username': 'x' } },
  'a role of it': { ArnEquals: { 'aws:principalarn': 'arn:aws:iam::111122223333:role/x' } },
  'roles below a path of it': { 'ForAnyValue:ArnLike': { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/x/*'] } },
  'services that act for it, of a bucket': {
    StringEquals: { 'aws:SourceAccount': '111122223333' },
    ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::mine' },
  },
};

const GRANTS = [
  ['aws_s3_bucket_policy', 'bucket-foreign-principals', 's3:GetObject'],
  ['aws_kms_key', 'key-not-public', 'kms:Decrypt'],
] as const;

/** Stacks in which everybody gets something that a condition holds to somebody elsewhere. */
export function heldMutants(text: string) {
  return GRANTS.flatMap(([type, rule, Action]) =>
    Object.entries(HELD_ELSEWHERE).flatMap(([name, Condition], index) => {
      const stack = JSON.parse(text);
      const holder = stack.resource[type]?.backup;
      if (typeof holder?.policy !== 'string' || holder.count === 0) return [];
      const policy = JSON.parse(holder.policy);
      const Resource = type === 'aws_kms_key' ? '*' : `arn:aws:s3:::${stack.resource.aws_s3_bucket.backup.bucket}/*`;
      const Principal = index % 2 === 0 ? '*' : { AWS: '*' };
      policy.Statement.push({ Sid: 'Held', Effect: 'Allow', Principal, Action, Resource, Condition });
      holder.policy = JSON.stringify(policy);
      const kind = 'everybody, held by a condition to somebody elsewhere';
      return [{ kind, name: `${type}: ${name}`, rule, text: JSON.stringify(stack) }];
    }),
  );
}
