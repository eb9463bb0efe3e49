import { ToolkitError } from '../../errors';
import type { ConditionKeyType } from '../../iam/condition-keys/condition-key-type';
import { tryFindConditionKeyType } from '../../iam/condition-keys/known-condition-keys';

type Given = Readonly<Record<string, readonly string[]>>;

/** How a value of each type is written; `String` and `ARN` with wildcards are not for requests. */
const FORMS: Readonly<Record<string, { readonly rule: string; readonly fits: (text: string) => boolean }>> = {
  ARN: { rule: 'an ARN', fits: (text) => /^arn:[^:*?]+:[^:*?]+:[^:*?]*:[^:*?]*:[^*?]+$/.test(text) },
  Bool: { rule: 'true or false', fits: (text) => /^(?:true|false)$/i.test(text) },
  Date: {
    rule: 'a time as in 2027-01-31T00:00:00Z, or in seconds since 1970',
    fits: (text) =>
      /^\d+(?:\.\d+)?$/.test(text) || (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text))),
  },
  IPAddress: {
    rule: 'an address of IPv4 or IPv6',
    fits: (text) => /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)$/i.test(text),
  },
  Numeric: { rule: 'a number', fits: (text) => text.trim() !== '' && Number.isFinite(Number(text)) },
  String: { rule: 'text', fits: () => true },
};

/**
 * Holds the values of a context to the types of their keys: a value of another type would never match, or always.
 *
 * @throws {ToolkitError} `BadContext`
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function requireTypes(context: Given): void {
  for (const [key, values] of Object.entries(context)) {
    const type = tryFindConditionKeyType(key);
    if (type === undefined) continue;
    requireOneValue(key, values, type);
    const form = FORMS[type.replace('ArrayOf', '')];
    const wrong = values.find((value) => form !== undefined && !form.fits(value));
    if (wrong !== undefined) throw bad(`'${key}' must be ${form?.rule}, as its type is ${type}, got: ${wrong}`);
  }
}

function requireOneValue(key: string, values: readonly string[], type: ConditionKeyType): void {
  if (values.length > 1 && !type.startsWith('ArrayOf')) {
    throw bad(`'${key}' must have one value, as its type is ${type}, got: ${values.join(', ')}`);
  }
}

/** Keys whose values follow from who asks. */
const OF_PRINCIPAL = [
  'aws:PrincipalAccount',
  'aws:PrincipalArn',
  'aws:PrincipalIsAWSService',
  'aws:PrincipalType',
  'kms:CallerAccount',
];
/** Keys that a session of a role never carries. */
const NEVER_OF_ROLES = ['aws:PrincipalServiceName', 'aws:PrincipalServiceNamesList', 'aws:username'];

/**
 * Refuses a context that contradicts the principal: nobody could send such a request.
 *
 * @throws {ToolkitError} `BadContext`
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requireSamePrincipal(context: Given, defaults: Readonly<Record<string, unknown>>): void {
  for (const [key, values] of Object.entries(context)) {
    const isKey = (one: string) => one.toLowerCase() === key.toLowerCase();
    if (NEVER_OF_ROLES.some(isKey) && values.length > 0) {
      throw bad(`'${key}' must be left out, because a session of a role does not carry it, got: ${values.join(', ')}`);
    }
    const known = OF_PRINCIPAL.find(isKey);
    const value = known === undefined ? undefined : defaults[known];
    if (value === undefined || (values.length === 1 && values[0] === value)) continue;
    throw bad(`'${key}' must be ${String(value)}, because the role asks, got: ${values.join(', ') || 'nothing'}`);
  }
}

function bad(rule: string): ToolkitError {
  return new ToolkitError('BadContext', `'--context': ${rule}`);
}
