type Json = Record<string, unknown>;

/** A stack whose bucket or key lets more in than the one role of another account, or less, and the rule that is aimed at it. */
export interface ForeignMutant {
  readonly kind: 'foreign role';
  readonly name: string;
  readonly rule: string;
  readonly text: string;
}

interface Statement extends Json {
  readonly Sid: string;
}

const BUCKET = 'aws_s3_bucket_policy';
const KEY = 'aws_kms_key';
const ROLE = 'arn:aws:iam::444455556666:role/service/vault-instance';
const ROOT = 'arn:aws:iam::444455556666:root';

/** The condition on who calls, in another form. */
const HELD: Readonly<Record<string, Json>> = {
  'no condition': {},
  'ArnLike with a wildcard': { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/service/*' } },
  'ArnEquals with a wildcard': { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/service/vault-*' } },
  'ArnLike for any account': { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/service/vault-instance' } },
  StringLike: { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/*/vault-instance' } },
  IfExists: { ArnEqualsIfExists: { 'aws:PrincipalArn': ROLE } },
  'ArnNotEquals of another': { ArnNotEquals: { 'aws:PrincipalArn': `${ROLE}-2` } },
  'the name of another role': { ArnEquals: { 'aws:PrincipalArn': `${ROLE}-2` } },
  'a second role': { ArnEquals: { 'aws:PrincipalArn': [ROLE, `${ROLE}-2`] } },
  'the role without its path': { ArnEquals: { 'aws:PrincipalArn': ROLE.replace('service/', '') } },
  'a slip in the key': { ArnEquals: { 'aws:PrincipleArn': ROLE } },
  'the organization': { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } },
  'the account': { StringEquals: { 'aws:PrincipalAccount': '444455556666' } },
};

const WIDER = { [BUCKET]: 'bucket-foreign-principals', [KEY]: 'key-not-public' };

export function foreignMutants(text: string): readonly ForeignMutant[] {
  const mutants: ForeignMutant[] = [];
  const add = (rule: string, name: string, change: (stack: Json) => void) => {
    const stack = JSON.parse(text);
    change(stack);
    mutants.push({ kind: 'foreign role', name, rule, text: JSON.stringify(stack) });
  };
  for (const [type, rule] of Object.entries(WIDER)) {
    for (const [name, held] of Object.entries(HELD)) {
      add(
        rule,
        `${type}: ${name}`,
        editing(type, grants, (one) => ({ ...one, Condition: withHeld(one, held) })),
      );
    }
    for (const [name, AWS] of [
      ['another account', ROOT.replaceAll('4444', '7777')],
      ['the account by its number', ['444455556666', '777788889999']],
    ] as const) {
      add(
        rule,
        `${type}: ${name}`,
        editing(type, grants, (one) => ({ ...one, Principal: { AWS } })),
      );
    }
    add(
      type === KEY ? rule : 'bucket-not-public',
      `${type}: everybody`,
      editing(type, grants, ({ Condition: _held, ...one }) => ({ ...one, Principal: '*' })),
    );
    add(
      type === KEY ? 'key-policy-survives-role' : rule,
      `${type}: the role itself as principal`,
      editing(type, grants, (one) => ({ ...one, Principal: { AWS: ROLE } })),
    );
    add(
      'permission-proof',
      `${type}: an action more`,
      editing(type, grants, (one) => more(one, type)),
    );
    add('permission-proof', `${type}: no grant`, removing(type, grants));
  }
  add('permission-proof', 'an upload without a key is let through', removing(BUCKET, keyLeftOut));
  add(
    'permission-proof',
    'an upload with a key is refused in its place',
    editing(BUCKET, keyLeftOut, (one) => JSON.parse(JSON.stringify(one).replace('"true"', '"false"'))),
  );
  add(
    'permission-proof',
    'an upload without a key is refused to another role',
    editing(BUCKET, keyLeftOut, (one) => JSON.parse(JSON.stringify(one).replaceAll(ROLE, `${ROLE}-2`))),
  );
  add('output-fits-stack', 'the output tells of another account', telling({ roleAccount: '777788889999' }));
  add('output-fits-stack', 'the output tells of no account', telling({ roleAccount: undefined }));
  add(
    'output-fits-stack',
    'the output tells of a policy',
    telling({ policyArns: ['arn:aws:iam::111122223333:policy/x'] }),
  );
  add('output-fits-stack', 'verification is not told to leave the key out', ({ output }) => {
    const { permissions } = (output as { backup_environment: { value: { permissions: Json } } }).backup_environment
      .value;
    permissions.forbidden = (permissions.forbidden as string[]).filter((act) => act !== 'key-left-out');
  });
  add('role-serves-vault-alone', 'a role of the same name in the account gets a policy', ({ resource }) => {
    const policy_arn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    (resource as Json).aws_iam_role_policy_attachment = { more: { role: 'vault-instance', policy_arn } };
  });
  return mutants;
}

const keyLeftOut = ({ Sid }: Statement) => Sid === 'DenyKeyLeftOut';
const grants = ({ Effect, Principal }: Statement) =>
  Effect === 'Allow' && (Principal as { readonly AWS?: string }).AWS === ROOT;

function withHeld({ Condition }: Statement, held: Json): unknown {
  const { ArnEquals: _role, ...others } = Condition as Json;
  const both = Object.keys(held).flatMap((operator) =>
    operator in others ? [[operator, { ...(others[operator] as Json), ...(held[operator] as Json) }]] : [],
  );
  const condition = { ...others, ...held, ...Object.fromEntries(both) };
  return Object.keys(condition).length === 0 ? undefined : condition;
}

function more(one: Statement, type: string): Statement {
  const action = type === KEY ? 'kms:CreateGrant' : 's3:PutObjectAcl';
  return { ...one, Action: [...(one.Action as string[]), action] };
}

const editing =
  (type: string, concerns: (one: Statement) => boolean, edit: (one: Statement) => Json) =>
  (stack: Json): void =>
    rewriting(stack, type, (statements) => statements.map((one) => (concerns(one) ? edit(one) : one)));

const removing =
  (type: string, concerns: (one: Statement) => boolean) =>
  (stack: Json): void =>
    rewriting(stack, type, (statements) => statements.filter((one) => !concerns(one)));

function rewriting(stack: Json, type: string, change: (statements: readonly Statement[]) => readonly Json[]): void {
  const [given] = Object.values((stack.resource as Record<string, Record<string, { policy: string }>>)[type] ?? {});
  if (given === undefined) throw new Error(`the stack has no ${type}`);
  const policy = JSON.parse(given.policy);
  const changed = JSON.stringify({ ...policy, Statement: change(policy.Statement) });
  if (changed === given.policy) throw new Error(`nothing of ${type} was changed`);
  given.policy = changed;
}

const telling =
  (told: Json) =>
  ({ output }: Json): void => {
    const { value } = (output as { backup_environment: { value: { host: Json } } }).backup_environment;
    Object.assign(value.host, told);
  };
