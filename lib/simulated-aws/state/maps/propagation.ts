/**
 * How long changes take before access decisions see them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export interface Propagation {
  /** Milliseconds; 0 for changes that are in force at once. It may be changed at any time. */
  delayMs: number;
  readonly now: () => Date;
}

/** A value that a change replaced, and until when it is still in force. */
export interface Earlier<T> {
  /** `undefined` where there was none. */
  readonly value: T | undefined;
  readonly until: Date;
}

/** Changes that are in force at once. */
export const IMMEDIATE: Propagation = { delayMs: 0, now: () => new Date() };

/** The values that decisions may still see, once a value is replaced. */
export function supersede<T>(
  earlier: readonly Earlier<T>[],
  value: T | undefined,
  { delayMs, now }: Propagation,
): readonly Earlier<T>[] {
  const moment = now();
  const remembered = earlier.filter(({ until }) => until > moment);
  return delayMs === 0 ? remembered : [...remembered, { value, until: new Date(moment.getTime() + delayMs) }];
}

/** The value that access decisions see at this moment. */
export function inForce<T>(
  earlier: readonly Earlier<T>[],
  current: T | undefined,
  { now }: Propagation,
): T | undefined {
  if (earlier.length === 0) return current;
  const moment = now();
  const still = earlier.find(({ until }) => until > moment);
  return still === undefined ? current : still.value;
}
