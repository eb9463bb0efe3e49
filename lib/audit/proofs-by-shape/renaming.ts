import type { Condition, Element, Policy, PrincipalElement, Statement } from '../../iam';
import type { Names } from './names';

/** Puts placeholders for the names of one environment into its policies. */
export interface Renaming {
  readonly text: (text: string) => string;
  readonly policy: (policy: Policy) => Policy;
  /** Whether every text so far means the same with placeholders. */
  readonly isSafe: () => boolean;
}

/** The condition keys whose values in a request hold names, in lower case. */
const KEYS_WITH_NAMES: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:resourceaccount',
  'aws:sourcearn',
  'kms:calleraccount',
  'kms:encryptioncontext:aws:s3:arn',
  's3:resourceaccount',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]);

/** Operators that tell only whether texts are equal, or fit, segment by segment. */
const COMPARES_SEGMENTS =
  /^(?:For(?:AllValues|AnyValue):)?(?:String(?:Not)?(?:Equals|Like)|Arn(?:Not)?(?:Equals|Like))(?:IfExists)?$/;

/**
 * A text is safe when each of its segments, between `:` and `/`, is a name, or a word without any name in it, or `*`.
 *
 * Names hold neither of the two, so whatever fits such a text fits it segment by segment, whatever the names are. A
 * wildcard beside a word, as in `acme-*`, may fit one name and not the next; and a policy variable may be anything.
 */
export function renamingOf(names: Names): Renaming {
  let isSafe = true;
  const text = (given: string): string =>
    given
      .split(/([:/])/)
      .map((segment) => {
        const placeholder = names.get(segment);
        if (placeholder !== undefined) return placeholder;
        isSafe &&= segment === '*' || !(/[*?$]/.test(segment) || holdsName(segment, names));
        return segment;
      })
      .join('');
  const ofElement = ({ patterns, ...element }: Element): Element => ({ ...element, patterns: patterns.map(text) });
  const ofPrincipals = ({ byType, ...element }: PrincipalElement): PrincipalElement => ({
    ...element,
    byType: Object.fromEntries(Object.entries(byType).map(([type, principals]) => [type, principals.map(text)])),
  });
  const ofCondition = (condition: Condition): Condition => {
    const { operator, key, values } = condition;
    if (operator.endsWith('Null')) return condition;
    if (KEYS_WITH_NAMES.has(key.toLowerCase()) && COMPARES_SEGMENTS.test(operator)) {
      return { operator, key, values: values.map(text) };
    }
    isSafe &&=
      !KEYS_WITH_NAMES.has(key.toLowerCase()) && !values.some((value) => /\$\{/.test(value) || holdsName(value, names));
    return condition;
  };
  const ofStatement = ({ principals, resources, conditions, ...statement }: Statement): Statement => ({
    ...statement,
    ...(principals && { principals: ofPrincipals(principals) }),
    ...(resources && { resources: ofElement(resources) }),
    conditions: conditions.map(ofCondition),
  });
  return {
    text,
    policy: (policy) => ({ ...policy, statements: policy.statements.map(ofStatement) }),
    isSafe: () => isSafe,
  };
}

/** In any case. */
function holdsName(text: string, names: Names): boolean {
  const lower = text.toLowerCase();
  for (const name of names.keys()) if (lower.includes(name)) return true;
  return false;
}
