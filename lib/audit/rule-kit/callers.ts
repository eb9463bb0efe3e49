import { nameOf } from '../../arn';
import { type ContextValue, type Policy, type Principal, parsePolicy } from '../../iam';
import { foreignAccountOf } from '../permission-proof/foreign';
import type { PolicyReading, Subject } from '../subject/subject';

/** Somebody whose own policies allow everything, so that only the policy of the resource decides. */
export interface Asking {
  readonly title: string;
  readonly principal: Principal;
  readonly identity: readonly Policy[];
  readonly context: Readonly<Record<string, ContextValue>>;
}

export const EVERYTHING = parsePolicy(
  { Version: '2012-10-17', Statement: [{ Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' }] },
  'policies of the caller',
);

/** Stands for an account that no input says; the answers then hold for any. */
const ANY_ACCOUNT = '000000000000';

export function auditedAccount({ place }: Pick<Subject, 'place'>): string {
  return place.account ?? ANY_ACCOUNT;
}

export function administrator(subject: Pick<Subject, 'place'>): Asking {
  return roleCaller('an administrator of the account', auditedAccount(subject), 'administrator', subject);
}

export function stranger(subject: Pick<Subject, 'place'>): Asking {
  const account = foreignAccountOf({ account: auditedAccount(subject) });
  return roleCaller('an administrator of another account', account, 'administrator', subject);
}

export function anyone(): Asking {
  const context = { 'aws:PrincipalType': 'Anonymous', 'aws:PrincipalIsAWSService': 'false' };
  return { title: 'anyone', principal: { kind: 'anonymous' }, identity: [], context };
}

/** S3's delivery of access logs. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
export const LOG_DELIVERY = 'logging.s3.amazonaws.com';

export function service(name: string): Asking {
  const context = { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': name };
  return { title: name, principal: { kind: 'service', service: name }, identity: [], context };
}

/** Whoever must be denied what is denied to everybody, the roles of the stack among them. */
export function everybody(subject: Subject): readonly Asking[] {
  const root = subject.policies.some(sparesSomebody) ? [rootUser(subject)] : [];
  return [...rolesOf(subject), administrator(subject), stranger(subject), anyone(), ...root];
}

/** Only `NotPrincipal` can spare the root user and deny the rest of the account. */
function sparesSomebody({ policy }: PolicyReading): boolean {
  return policy.state === 'known' && policy.value.statements.some(({ principals }) => principals?.negated);
}

function rootUser({ place }: Pick<Subject, 'place'>): Asking {
  const account = auditedAccount({ place });
  const arn = `arn:${place.partition ?? 'aws'}:iam::${account}:root`;
  return {
    title: 'the root user of the account',
    principal: { kind: 'root', account, arn },
    identity: [],
    context: {
      'aws:PrincipalAccount': account,
      'aws:PrincipalArn': arn,
      'aws:PrincipalIsAWSService': 'false',
      'aws:PrincipalType': 'Account',
      'aws:userid': account,
    },
  };
}

export function rolesOf({ roles }: Subject): readonly Asking[] {
  return roles.flatMap(({ arn }) => (arn.state === 'known' ? [sessionOf('the role', arn.value)] : []));
}

function roleCaller(title: string, account: string, name: string, { place }: Pick<Subject, 'place'>): Asking {
  return sessionOf(title, `arn:${place.partition ?? 'aws'}:iam::${account}:role/${name}`);
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
export function sessionOf(title: string, roleArn: string): Asking {
  const [, partition = '', , , account = ''] = roleArn.split(':');
  const userId = 'AROAEXAMPLEEXAMPLE000:audit';
  const arn = `arn:${partition}:sts::${account}:assumed-role/${nameOf(roleArn)}/audit`;
  return {
    title,
    principal: { kind: 'role-session', account, arn, roleArn, userId },
    identity: [EVERYTHING],
    context: {
      'aws:PrincipalAccount': account,
      'aws:PrincipalArn': roleArn,
      'aws:PrincipalIsAWSService': 'false',
      'aws:PrincipalType': 'AssumedRole',
      'aws:userid': userId,
      'kms:CallerAccount': account,
    },
  };
}
