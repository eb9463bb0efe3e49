/** Tells things apart by a number each. */
export function createIdentifiers(): (one: unknown) => number {
  const known = new Map<unknown, number>();
  return (one) => {
    const id = known.get(one) ?? known.size;
    known.set(one, id);
    return id;
  };
}
