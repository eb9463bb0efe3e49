import { ObservedMap } from './observed-map';
import { type Earlier, IMMEDIATE, inForce, type Propagation, supersede } from './propagation';

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
