import type { Element, Policy, Statement } from '../../iam';
import { compileActions } from '../../iam/statements/elements';
import type { BucketSubject } from '../subject/subject';
import type { Fact } from './gathered';

/** The statements of a policy that name one of the actions. */
export function namingAny({ statements }: Policy, actions: readonly string[]): readonly Statement[] {
  return statements.filter((statement) => {
    const isNamed = compileActions(statement.actions);
    return actions.some((action) => isNamed(action.toLowerCase(), () => undefined));
  });
}

/**
 * The fact, whose whole also says by which statements it is one, whatever their names and their order: another caller or
 * another circumstance is then another fact. Without any it is the fact alone.
 */
export function becauseOf(statements: readonly Statement[], fact: Fact): Fact {
  if (statements.length === 0) return fact;
  const { text, whole } = typeof fact === 'string' ? { text: fact, whole: fact } : fact;
  return { text, whole: `${whole}: ${statements.map(wordingOf).sort().join(' ')}` };
}

/** Keys by which denials of a bucket's policy tell right requests from wrong ones, in lower case. */
const TELLING = /^(?:aws:securetransport|s3:tlsversion|s3:x-amz-server-side-encryption.*)$/;

/** The denials of a bucket's policy that ask for one of the keys, in lower case, and those that ask for nothing of the kind. */
export function denialsAbout({ statements }: Policy, keys: readonly string[]): readonly Statement[] {
  return statements.filter(({ effect, conditions }) => {
    const asked = conditions.map(({ key }) => key.toLowerCase()).filter((key) => TELLING.test(key));
    return effect === 'Deny' && (asked.length === 0 || asked.some((key) => keys.includes(key)));
  });
}

/** The facts that a bucket's policy does not deny what it should by a condition key, with the denials that fall short of it. */
export function despiteDenials({ policy }: BucketSubject, key: string, facts: readonly Fact[]): readonly Fact[] {
  if (policy.state !== 'known') return facts;
  const denials = denialsAbout(policy.value, [key.toLowerCase()]);
  return facts.map((fact) => becauseOf(denials, fact));
}

function wordingOf({ effect, principals, actions, resources, conditions }: Statement): string {
  const sorted = ({ negated, patterns }: Element) => [negated, [...patterns].sort()];
  const byType = Object.entries(principals?.byType ?? {}).map(([type, names]) => [type, [...names].sort()]);
  const whom = principals && [principals.negated, byType.sort()];
  return JSON.stringify([effect, whom, sorted(actions), resources && sorted(resources), conditions]);
}
