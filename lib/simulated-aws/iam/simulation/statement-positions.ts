/** A place in a policy document; the first line and the first column are 1. */
export interface Position {
  readonly Line: number;
  readonly Column: number;
}

/** Where a statement stands: from behind what comes before it, to behind its last brace. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

interface Token {
  readonly text: string;
  /** Offsets of its first character and of the one behind it. */
  readonly from: number;
  readonly to: number;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/**
 * Where each statement of a policy document stands.
 *
 * @param text JSON that was read as a policy
 * @see https://docs.aws.amazon.com/cli/latest/reference/iam/simulate-principal-policy.html#examples
 */
export function statementSpans(text: string): readonly Span[] {
  const tokens = [...text.matchAll(TOKEN)].map(([token], index, all) => toToken(token, all[index]?.index ?? 0));
  const value = indexOfStatement(tokens);
  return elementsAt(tokens, value).map(({ from, to }) => ({
    start: positionAt(text, from),
    end: positionAt(text, to),
  }));
}

function toToken(text: string, from: number): Token {
  return { text, from, to: from + text.length };
}

/** The index of the token that the value of `Statement` begins with. */
function indexOfStatement(tokens: readonly Token[]): number {
  let depth = 0;
  for (const [index, { text }] of tokens.entries()) {
    if (depth === 1 && text === '"Statement"' && tokens[index + 1]?.text === ':') return index + 2;
    depth += depthOf(text);
  }
  return tokens.length;
}

/** Each object of the list that begins there, or the one object. */
function elementsAt(tokens: readonly Token[], begin: number): readonly { from: number; to: number }[] {
  const elements: { from: number; to: number }[] = [];
  const outer = tokens[begin]?.text === '[' ? 1 : 0;
  let depth = 0;
  for (let index = begin; index < tokens.length; index += 1) {
    const { text, to } = tokens[index] as Token;
    if (text === '{' && depth === outer) elements.push({ from: tokens[index - 1]?.to ?? 0, to });
    depth += depthOf(text);
    const last = elements.at(-1);
    if (text === '}' && depth === outer && last !== undefined) last.to = to;
    if (depth === 0) return elements;
  }
  return elements;
}

function depthOf(text: string): number {
  if (text === '{' || text === '[') return 1;
  return text === '}' || text === ']' ? -1 : 0;
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { Line: before.split('\n').length, Column: offset - before.lastIndexOf('\n') };
}
