/** Lists that grow by one member at a time: the same members are always the same list. */
export interface SameLists<One> {
  readonly empty: readonly One[];
  readonly extend: (list: readonly One[], one: One) => readonly One[];
}

export function createSameLists<One>(): SameLists<One> {
  const longer = new Map<readonly One[], Map<One, readonly One[]>>();
  return {
    empty: [],
    extend: (list, one) => {
      const byMember = longer.get(list) ?? new Map<One, readonly One[]>();
      longer.set(list, byMember);
      const extended = byMember.get(one) ?? [...list, one];
      byMember.set(one, extended);
      return extended;
    },
  };
}
