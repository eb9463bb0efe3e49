import { FOREIGN } from '../iam/requests';

type Values = string | readonly string[];

interface StatementDocument {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: string | Readonly<Record<string, Values>>;
  readonly Action: Values;
  readonly Resource?: Values;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

/** One policy of a stack: its address, and the argument that holds it. */
interface Place {
  readonly address: string;
  readonly argument: string;
}

/** A stack with one thing changed, and the statement that must be blamed. */
export interface Mutation {
  readonly kind: string;
  readonly name: string;
  readonly address: string;
  readonly statement: string;
  readonly stackText: string;
}

/** A changed statement, or none where it is left out. */
interface Change {
  readonly kind: string;
  readonly what: string;
  readonly changed: StatementDocument | undefined;
}

const PLACES: readonly Place[] = [
  { address: 'aws_iam_policy.s3', argument: 'policy' },
  { address: 'aws_iam_policy.kms', argument: 'policy' },
  { address: 'aws_s3_bucket_policy.backup', argument: 'policy' },
  { address: 'aws_kms_key.backup', argument: 'policy' },
  { address: 'aws_iam_role.vault', argument: 'assume_role_policy' },
];

/** Every mutation of every statement of a synthesized stack. */
export function mutationsOf(stackText: string): readonly Mutation[] {
  return PLACES.flatMap((place) => {
    const statements = readStatements(stackText, place);
    return [
      ...statements.flatMap((statement, index) =>
        changesOf(statement, place)
          .filter(({ changed }) => changed !== undefined || statements.length > 1)
          .map(({ kind, what, changed }) => {
            const next = changed === undefined ? statements.toSpliced(index, 1) : statements.with(index, changed);
            return mutation(stackText, { place, kind, what, statement: statement.Sid, next });
          }),
      ),
      ...addedStatements(place).map((added) => {
        const what = `${added.Action} added`;
        return mutation(stackText, {
          place,
          kind: 'statement added',
          what,
          statement: 'Added',
          next: [...statements, added],
        });
      }),
    ];
  });
}

/** Changes by which nobody gets more and Vault has all that it needs: the proof passes them. */
const STRICTER: readonly RegExp[] = [
  /AdministerKey: kms:(?:DeleteAlias|DisableKey|DisableKeyRotation|UntagResource) removed$/,
  /Deny(?:CustomerProvidedKeys|WrongEncryption|WrongKey): s3:GetObject added$/,
  /RemoveProbes: (?:removed|turned from Allow|.* to .*org\/\*)$/,
];

export function isStricter({ name }: Mutation): boolean {
  return STRICTER.some((pattern) => pattern.test(name));
}

interface Draft {
  readonly place: Place;
  readonly kind: string;
  readonly what: string;
  readonly statement: string;
  readonly next: readonly StatementDocument[];
}

function mutation(stackText: string, { place, kind, what, statement, next }: Draft): Mutation {
  const { address } = place;
  return {
    kind,
    name: `${address} ${statement}: ${what}`,
    address,
    statement,
    stackText: writeStatements(stackText, place, next),
  };
}

/** None of a block with a count of 0: nobody has its policy. */
function readStatements(stackText: string, { address, argument }: Place): readonly StatementDocument[] {
  const [type = '', name = ''] = address.split('.');
  const block = JSON.parse(stackText).resource[type]?.[name];
  const policy = block?.count === 0 ? undefined : block?.[argument];
  return policy === undefined ? [] : JSON.parse(policy).Statement;
}

function writeStatements(
  stackText: string,
  { address, argument }: Place,
  Statement: readonly StatementDocument[],
): string {
  const [type = '', name = ''] = address.split('.');
  const stack = JSON.parse(stackText);
  stack.resource[type] ??= {};
  stack.resource[type][name] ??= {};
  stack.resource[type][name][argument] = JSON.stringify({ Version: '2012-10-17', Statement });
  return JSON.stringify(stack);
}

function changesOf(statement: StatementDocument, place: Place): readonly Change[] {
  return [
    { kind: 'statement removed', what: 'removed', changed: undefined },
    ...actionChanges(statement, place),
    ...resourceChanges(statement),
    ...conditionChanges(statement),
    ...principalChanges(statement),
    {
      kind: 'effect turned',
      what: `turned from ${statement.Effect}`,
      changed: { ...statement, Effect: statement.Effect === 'Allow' ? 'Deny' : 'Allow' },
    },
  ];
}

/** Elements that a statement of this place must not have. */
const FURTHER_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'aws_iam_policy.s3': ['s3:PutBucketPolicy', 's3:PutObjectAcl', 's3:Put*', 's3:BypassGovernanceRetention', '*'],
  'aws_iam_policy.kms': ['kms:Encrypt', 'kms:CreateGrant', 'kms:*'],
  'aws_s3_bucket_policy.backup': ['s3:GetObject', 's3:ListBucket'],
  'aws_kms_key.backup': ['kms:CreateGrant', 'kms:Encrypt', 'kms:ReEncryptFrom'],
  'aws_iam_role.vault': ['sts:TagSession', 'sts:SetSourceIdentity'],
};

function actionChanges(statement: StatementDocument, { address }: Place): readonly Change[] {
  const actions = listOf(statement.Action);
  const removed = actions.length > 1 ? actions.map((action) => actions.filter((other) => other !== action)) : [];
  const narrowed = actions.includes('s3:*') ? [['s3:Get*', 's3:List*']] : [];
  const added = actions.includes('s3:*') ? [] : (FURTHER_ACTIONS[address] ?? []);
  return [
    ...[...removed, ...narrowed].map((left) => ({
      kind: 'action removed',
      what: `${actions.find((action) => !left.includes(action))} removed`,
      changed: { ...statement, Action: left },
    })),
    ...added
      .filter((action) => !actions.includes(action))
      .map((action) => ({
        kind: 'action added',
        what: `${action} added`,
        changed: { ...statement, Action: [...actions, action] },
      })),
  ];
}

function resourceChanges(statement: StatementDocument): readonly Change[] {
  const resources = listOf(statement.Resource ?? []).filter((resource) => resource !== '*');
  return resources.flatMap((resource, index) => {
    const change = (kind: string, to: string): Change => ({
      kind,
      what: `${resource} to ${to}`,
      changed: { ...statement, Resource: resources.with(index, to) },
    });
    const isObjects = resource.endsWith('/*');
    return [
      change('resource widened', '*'),
      ...(resource.includes(':s3:') ? [change('resource widened', resource.replace(/vault-backup.*/, '*'))] : []),
      ...(isObjects ? [change('resource widened', resource.replace(/\/\*$/, '*'))] : []),
      ...(isObjects ? [change('resource narrowed', resource.replace(/\*$/, 'org/*'))] : []),
    ];
  });
}

function conditionChanges(statement: StatementDocument): readonly Change[] {
  const conditions = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => ({ operator, key, value })),
  );
  return conditions.flatMap(({ operator, key, value }) => {
    const others = conditions.filter((one) => one.operator !== operator || one.key !== key);
    const change = (kind: string, what: string, more: readonly (typeof others)[number][]): Change => ({
      kind,
      what: `${operator} ${key} ${what}`,
      changed: { ...statement, Condition: conditionOf([...others, ...more]) },
    });
    return [
      change('condition dropped', 'dropped', []),
      ...weakened(operator, key, value).map((weaker) =>
        change('condition weakened', `to ${weaker.operator} ${weaker.value}`, [{ key, ...weaker }]),
      ),
    ];
  });
}

function conditionOf(conditions: readonly { operator: string; key: string; value: Values }[]) {
  const block: Record<string, Record<string, Values>> = {};
  for (const { operator, key, value } of conditions) block[operator] = { ...block[operator], [key]: value };
  return block;
}

interface Comparison {
  readonly operator: string;
  readonly value: Values;
}

function weakened(operator: string, key: string, value: Values): readonly Comparison[] {
  const text = String(value);
  switch (operator) {
    case 'StringEquals':
      return [
        { operator: 'StringLike', value: '*' },
        { operator: 'StringLike', value: text.replace(/[^.:]+(?=[^.:]*$)/, '*') },
        { operator: 'StringEqualsIfExists', value },
        {
          operator,
          value: [text, text.replace(/\d{12}|us-east-2|aws-kms/, (part) => (/\d/.test(part[0] ?? '') ? FOREIGN : 'x'))],
        },
      ].filter(({ value: weaker }) => String(weaker) !== text || operator !== 'StringEquals' || key !== '');
    case 'ArnEquals':
      return [
        { operator: 'ArnLike', value: text.replace(/\/[^/]*$/, '/*') },
        { operator, value: [text, text.replace(/\/[^/]*$/, '/another')] },
      ];
    case 'NumericLessThan':
      return [
        { operator, value: '1.1' },
        { operator, value: '1.3' },
        { operator: 'NumericLessThanEquals', value },
      ];
    case 'StringNotEquals':
      return [
        { operator: 'StringNotLike', value: 'aws:kms*,AES256'.includes(text) ? 'a*' : '*' },
        { operator, value: ['AES256', 'aws:kms'] },
      ];
    case 'StringNotLike':
      return [
        { operator, value: '*' },
        { operator, value: text.replace(/\d{12}/, '*') },
        { operator, value: text.replace('us-east-2', '*') },
      ];
    case 'Bool':
      return [{ operator, value: 'true' }];
    case 'Null':
      return [{ operator, value: 'true' }];
    default:
      throw new Error(`no weaker form of '${operator}' is known`);
  }
}

function principalChanges(statement: StatementDocument): readonly Change[] {
  const { Principal } = statement;
  if (Principal === undefined) return [];
  const change = (what: string, to: StatementDocument['Principal'] & {}): Change => ({
    kind: typeof Principal === 'string' ? 'principal narrowed' : 'principal widened',
    what,
    changed: { ...statement, Principal: to },
  });
  if (typeof Principal === 'string') return [change('only to the account', { AWS: FOREIGN })];
  if (Principal.Service !== undefined) {
    return [
      change('to Lambda too', { Service: [...listOf(Principal.Service), 'lambda.amazonaws.com'] }),
      change('to an account too', { ...Principal, AWS: FOREIGN }),
      change('to its own account too', { ...Principal, AWS: '111122223333' }),
    ];
  }
  return [
    change('to everybody', '*'),
    change('to another account too', { AWS: [...listOf(Principal.AWS ?? []), FOREIGN] }),
  ];
}

/** Whole statements that nobody asked for. */
function addedStatements({ address }: Place): readonly StatementDocument[] {
  const allow = (Action: string, Resource: string) => ({ Sid: 'Added', Effect: 'Allow', Action, Resource }) as const;
  if (address === 'aws_iam_policy.s3') {
    return [
      allow('iam:PassRole', '*'),
      allow('*', '*'),
      allow('s3:GetObject', 'arn:aws:s3:::other-bucket/*'),
      allow('ec2:DescribeInstances', '*'),
      { ...allow('s3:*', '*'), Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } },
      { ...allow('sts:AssumeRole', '*'), Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
    ];
  }
  if (address === 'aws_s3_bucket_policy.backup') {
    const objects = 'arn:aws:s3:::example-vault-backup-*/*';
    return [{ ...allow('s3:GetObject', objects), Principal: '*' }];
  }
  return [];
}

function listOf(values: Values): readonly string[] {
  return typeof values === 'string' ? [values] : values;
}
