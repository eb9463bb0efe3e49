/** Members with the same key, of which there is at least one. */
export type Group<Member> = readonly [Member, ...(readonly Member[])];

/** Groups and their members stay in the order in which they come. */
export function groupBy<Member>(
  members: Iterable<Member>,
  keyOf: (member: Member) => unknown,
): readonly Group<Member>[] {
  const groups = new Map<unknown, [Member, ...Member[]]>();
  for (const member of members) {
    const key = keyOf(member);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [member]);
    else group.push(member);
  }
  return [...groups.values()];
}
