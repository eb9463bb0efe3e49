type Json = Record<string, unknown>;

/** A stack in which something stands where it was not looked for, by the kind of place. */
export interface SlippingMutant {
  readonly kind: string;
  readonly name: string;
  readonly rule: string;
  readonly text: string;
}

interface Stack {
  readonly resource: Record<string, Record<string, Json>>;
  readonly [block: string]: unknown;
}

/** Changes the stack; `false` where it has nothing of the kind. */
type Change = (stack: Stack) => unknown;

interface Row {
  readonly rule: string;
  readonly name: string;
  readonly change: Change;
}

const POLICIES = [
  'aws_iam_role.vault.assume_role_policy',
  'aws_iam_policy.s3.policy',
  'aws_iam_policy.kms.policy',
  'aws_s3_bucket_policy.backup.policy',
  'aws_kms_key.backup.policy',
] as const;

/** Rewrites the text at `type.name.argument`. */
const rewrite =
  (path: string, edit: (text: string) => string): Change =>
  ({ resource }) => {
    const [type = '', name = '', argument = ''] = path.split('.');
    const given = resource[type]?.[name];
    const text = given?.[argument];
    if (given === undefined || given.count === 0 || typeof text !== 'string') return false;
    given[argument] = edit(text);
    return given[argument] !== text;
  };

/** A name that stands twice, of which one reader takes the first and another the last. */
const TWICE: readonly (readonly [name: string, edit: (text: string) => string])[] = [
  ['Effect', (text) => text.replace(/"Effect":"(Allow|Deny)"/, (same) => `"Effect":"Deny",${same}`)],
  ['Action', (text) => text.replace('"Action":', '"Action":"*","Action":')],
  ['Condition', (text) => text.replace('"Condition":', '"Condition":{},"Condition":')],
  ['Statement', (text) => text.replace('"Statement":', '"Statement":[],"Statement":')],
];

const KINDS: Readonly<Record<string, readonly Row[]>> = {
  'a name twice in a policy': POLICIES.flatMap((path) =>
    TWICE.map(([name, edit]) => ({
      rule: 'policies-readable',
      name: `${path}: ${name}`,
      change: rewrite(path, edit),
    })),
  ),
};

export function slippingMutants(stackText: string): readonly SlippingMutant[] {
  return Object.entries(KINDS).flatMap(([kind, rows]) =>
    rows.flatMap(({ rule, name, change }) => {
      const stack: Stack = JSON.parse(stackText);
      return change(stack) === false ? [] : [{ kind, name, rule, text: JSON.stringify(stack) }];
    }),
  );
}
