/** The rules that `validatePolicy` holds a document to. */
export const POLICY_RULES = [
  'unknown-element',
  'missing-element',
  'conflicting-elements',
  'wrong-value',
  'unknown-operator',
  'element-not-allowed',
  'duplicate-sid',
  'variable-in-old-version',
  'unknown-service',
  'unknown-action',
  'resource-not-taken',
  'condition-key-never-carried',
] as const;

export type PolicyRule = (typeof POLICY_RULES)[number];

/** A thing that is wrong with a policy document. */
export interface PolicyProblem {
  /** JSON pointer to the value at fault; empty for the whole document. */
  readonly pointer: string;
  readonly rule: PolicyRule;
  /** The rule, in words. */
  readonly message: string;
  /** The value at fault, as JSON text where it is not a string; cut when it is long. */
  readonly got: string;
  /** The text to write instead, where that is known. */
  readonly fix?: string;
}

export function pointerTo(parent: string, ...keys: readonly (string | number)[]): string {
  return [parent, ...keys.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}
