import type { Environment } from './environment';

/** A problem that only shows when several keys are read together. */
export interface RuleIssue {
  /** Dotted path of the key to change. */
  readonly path: string;
  /** The rule, and the value received. */
  readonly message: string;
}

/** A rule, and the keys that it reads: it is not asked when one of them is wrong by itself. */
export interface Rule {
  readonly reads: readonly (keyof Environment)[];
  readonly check: (environment: Environment) => RuleIssue | undefined;
}

/** Words a value that is not the expected one. */
export function mismatch(
  path: string,
  demand: string,
  found: string | undefined,
  expected: string,
): RuleIssue | undefined {
  return found === undefined || found === expected ? undefined : { path, message: `${demand}, got: ${found}` };
}
