/** A text that fits two patterns with `*` and `?`, with `x` where both leave a character open; `undefined` where none does. */
export function commonText(one: string, other: string): string | undefined {
  const same = literalStart(one, other);
  const hopeless = new Set<string>();
  const from = (i: number, j: number): string | undefined => {
    if (i === one.length && j === other.length) return '';
    const place = `${i} ${j}`;
    if (hopeless.has(place)) return undefined;
    const found = stepsAt(one[i], other[j])
      .map(({ text, ofOne, ofOther }) => prepend(text, () => from(i + ofOne, j + ofOther)))
      .find((rest) => rest !== undefined);
    if (found === undefined) hopeless.add(place);
    return found;
  };
  const rest = from(same, same);
  return rest === undefined ? undefined : one.slice(0, same) + rest;
}

/** How many characters at the start are the same, and no wildcards: there is one way through them. */
function literalStart(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at] && one[at] !== '*' && one[at] !== '?') at++;
  return at;
}

interface Step {
  readonly text: string;
  readonly ofOne: 0 | 1;
  readonly ofOther: 0 | 1;
}

/** A run may end here, or take what the other pattern has next; characters must agree. */
function stepsAt(a: string | undefined, b: string | undefined): readonly Step[] {
  return [
    ...(a === '*' ? [{ text: '', ofOne: 1, ofOther: 0 } as const] : []),
    ...(b === '*' ? [{ text: '', ofOne: 0, ofOther: 1 } as const] : []),
    ...(a === '*' && b !== undefined && b !== '*' ? [{ text: letter(b), ofOne: 0, ofOther: 1 } as const] : []),
    ...(b === '*' && a !== undefined && a !== '*' ? [{ text: letter(a), ofOne: 1, ofOther: 0 } as const] : []),
    ...(a !== undefined && b !== undefined && agree(a, b)
      ? [{ text: letter(a === '?' ? b : a), ofOne: 1, ofOther: 1 } as const]
      : []),
  ];
}

function agree(a: string, b: string): boolean {
  return a !== '*' && b !== '*' && (a === b || a === '?' || b === '?');
}

function letter(code: string): string {
  return code === '?' ? 'x' : code;
}

function prepend(text: string, rest: () => string | undefined): string | undefined {
  const more = rest();
  return more === undefined ? undefined : text + more;
}
