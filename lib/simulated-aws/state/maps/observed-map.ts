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
