/** A parameter of a query string or a form, decoded. */
export type Parameter = readonly [name: string, value: string];

/**
 * The parameters of a query string or a form, in the order in which they were sent; a plus sign is a space.
 *
 * @returns `undefined`, when the percent-encoding is broken
 */
export function tryReadParameters(text: string): readonly Parameter[] | undefined {
  try {
    return text
      .split('&')
      .filter((pair) => pair !== '')
      .map(readParameter);
  } catch {
    return undefined;
  }
}

/** The parameters by name; the values of a repeated one are joined with a comma. */
export function joinRepeated(parameters: readonly Parameter[]): ReadonlyMap<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of parameters) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return joined;
}

function readParameter(pair: string): Parameter {
  const [name = '', ...value] = pair.split('=');
  return [decode(name), decode(value.join('='))];
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
