import type { Policy } from '../../iam';
import { fill } from '../permission-proof/witnesses';

/** The values of each condition key, in lower case, under which a trust policy allows something. */
export type TrustedValues = ReadonlyMap<string, readonly string[]>;

export function trustedValues({ statements }: Policy): TrustedValues {
  const byKey = new Map<string, readonly string[]>();
  const conditions = statements.filter(({ effect }) => effect === 'Allow').flatMap((statement) => statement.conditions);
  for (const { key, values } of conditions.filter(({ operator }) => operator.toLowerCase() !== 'null')) {
    const earlier = byKey.get(key.toLowerCase()) ?? [];
    byKey.set(key.toLowerCase(), [...new Set([...earlier, ...values])]);
  }
  return byKey;
}

/** A text that fits the pattern. */
export function fitting(pattern: string): string {
  return fill(pattern, 'a');
}

/** Other texts that patterns with wildcards let in as well. */
export function alsoFitting(patterns: readonly string[]): readonly string[] {
  return patterns.filter((pattern) => /[*?]/.test(pattern)).map((pattern) => fill(pattern, 'b'));
}
