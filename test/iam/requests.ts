import {
  type AccessPolicies,
  type AccessRequest,
  evaluate,
  type Policy,
  type Principal,
  parsePolicy,
} from '../../lib/iam';

export const OWN = '111122223333';
export const FOREIGN = '444455556666';

export const USER_GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/';
export const KMS_GUIDE = 'https://docs.aws.amazon.com/kms/latest/developerguide/';
export const S3_GUIDE = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/';

export const BUCKET = 'arn:aws:s3:::acme-vault';
export const OBJECT = 'arn:aws:s3:::acme-vault/org/file.csv';
export const KEY = `arn:aws:kms:us-east-2:${OWN}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

type PrincipalOf<Kind> = Extract<Principal, { readonly kind: Kind }>;

export function rootUser(account = OWN): PrincipalOf<'root'> {
  return { kind: 'root', account, arn: `arn:aws:iam::${account}:root` };
}

export function user(name: string, account = OWN): PrincipalOf<'user'> {
  return {
    kind: 'user',
    account,
    arn: `arn:aws:iam::${account}:user/${name}`,
    userId: `AIDA${name.toUpperCase()}000000000000`,
  };
}

export function session(role: string, account = OWN): PrincipalOf<'role-session'> {
  return {
    kind: 'role-session',
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/i-0abc`,
    roleArn: `arn:aws:iam::${account}:role/${role}`,
    userId: `AROA${role.toUpperCase()}000000000000:i-0abc`,
  };
}

/** A user of the own account who gets an object, unless told otherwise. */
export function request(changes: Partial<AccessRequest> = {}): AccessRequest {
  return {
    principal: user('bob'),
    action: 's3:GetObject',
    resource: OBJECT,
    resourceAccount: OWN,
    context: {},
    ...changes,
  };
}

export type StatementDocument = Readonly<Record<string, unknown>>;

/** A policy of these statements; `Action` and `Resource` are `*` where a statement has none. */
export function policy(name: string, ...statements: readonly StatementDocument[]): Policy {
  return parsePolicy({ Version: '2012-10-17', Statement: statements.map(complete) }, name);
}

export function trust(...statements: readonly StatementDocument[]): Policy {
  return parsePolicy({ Version: '2012-10-17', Statement: statements }, 'trust', { kind: 'trust' });
}

export const allowAll = policy('identity', { Sid: 'All', Effect: 'Allow' });

export function resultOf(asked: AccessRequest, policies: AccessPolicies): string {
  const decision = evaluate(asked, policies);
  return decision.result === 'implicitly-denied' ? `${decision.result}: ${decision.missing}` : decision.result;
}

function complete(statement: StatementDocument): StatementDocument {
  const action = 'Action' in statement || 'NotAction' in statement ? {} : { Action: '*' };
  const resource = 'Resource' in statement || 'NotResource' in statement ? {} : { Resource: '*' };
  return { ...action, ...resource, ...statement };
}
