/** Works something out once for each object that it is about, which does not change: a catalogue, an environment's policies. */
export function onceForEach<Key extends object, Value extends object>(work: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = work(key);
    made.set(key, value);
    return value;
  };
}
