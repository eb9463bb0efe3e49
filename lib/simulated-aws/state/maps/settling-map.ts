/** A map that tells one observer which keys change, before anyone is told that they have. */
export class ObservedMap<K, V> extends Map<K, V> {
  private observer: ((key: K) => void) | undefined;

  /** From now on the observer hears of each change: also of those that leave the value as it is. */
  observe(observer: (key: K) => void): void {
    this.observer = observer;
  }

  override set(key: K, value: V): this {
    super.set(key, value);
    this.observer?.(key);
    return this;
  }

  override delete(key: K): boolean {
    const isThere = super.delete(key);
    if (isThere) this.observer?.(key);
    return isThere;
  }

  override clear(): void {
    for (const key of [...this.keys()]) this.delete(key);
  }
}

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

/** A map whose changes are read back at once, and seen by access decisions after the delay. */
export class SettlingMap<K, V> extends ObservedMap<K, V> {
  private readonly earlier = new Map<K, readonly Earlier<V>[]>();

  /** @param newValues whether a value under a new key is in force at once, or has to settle as a change has */
  constructor(
    private readonly propagation: Propagation = IMMEDIATE,
    private readonly newValues: 'settle' | 'in-force' = 'settle',
  ) {
    super();
  }

  override set(key: K, value: V): this {
    this.remember(key);
    return super.set(key, value);
  }

  override delete(key: K): boolean {
    this.remember(key);
    return super.delete(key);
  }

  /** The value that access decisions see at this moment. */
  inForce(key: K): V | undefined {
    return inForce(this.earlier.get(key) ?? [], this.get(key), this.propagation);
  }

  /** Every value that access decisions see at this moment. */
  valuesInForce(): readonly V[] {
    const keys = new Set([...this.keys(), ...this.earlier.keys()]);
    return [...keys].flatMap((key) => this.inForce(key) ?? []);
  }

  private remember(key: K): void {
    if (this.newValues === 'in-force' && !this.has(key)) return;
    const remembered = supersede(this.earlier.get(key) ?? [], this.get(key), this.propagation);
    if (remembered.length > 0) this.earlier.set(key, remembered);
    else this.earlier.delete(key);
  }
}
