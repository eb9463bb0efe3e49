/**
 * A pattern as a list of codes: a UTF-16 code unit, or one of the negative codes below.
 *
 * Wildcards are codes of their own, so a `*` that came out of a policy variable stays an ordinary character.
 */
export type Pattern = readonly number[];

/** Any run of characters. */
export const ANY_RUN = -1;
/** Any one character. */
export const ANY_ONE = -2;
/** Any run of characters without a colon. */
export const ANY_RUN_IN_SEGMENT = -3;
/** Any one character but a colon. */
export const ANY_ONE_IN_SEGMENT = -4;

export const COLON = 58;

/** The codes of a text in which nothing is a wildcard. */
export function codesOf(text: string): number[] {
  const codes: number[] = [];
  for (let index = 0; index < text.length; index++) codes.push(text.charCodeAt(index));
  return codes;
}

/** The text of codes that hold no wildcard. */
export function textOf(codes: Pattern): string {
  return codes.map((code) => String.fromCharCode(code)).join('');
}

/** The codes of a text in which `*` and `?` are wildcards. */
export function parseWildcards(text: string): Pattern {
  const codes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    codes.push(code === 42 ? ANY_RUN : code === 63 ? ANY_ONE : code);
  }
  return codes;
}

/** Whether a text holds a wildcard. */
export function hasWildcards(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

/** Whether the whole text fits the pattern. Time is at most the product of both lengths, whatever the pattern. */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  return pattern.includes(ANY_RUN_IN_SEGMENT) ? matchesBySets(pattern, text) : matchesGreedily(pattern, text);
}

/** The same for a pattern that is asked many times: most begin with a text and end in any run. */
export function compilePattern(pattern: Pattern): (text: string) => boolean {
  const first = pattern.findIndex((code) => code < 0);
  if (first < 0) {
    const whole = textOf(pattern);
    return (text) => text === whole;
  }
  if (first < pattern.length - 1 || pattern[first] !== ANY_RUN) return (text) => matchesPattern(pattern, text);
  const start = textOf(pattern.slice(0, first));
  return (text) => text.startsWith(start);
}

function matchesGreedily(pattern: Pattern, text: string): boolean {
  let at = 0;
  let run = -1;
  let runEnd = 0;
  for (let index = 0; index < text.length; ) {
    if (pattern[at] === ANY_RUN) {
      run = at++;
      runEnd = index;
    } else if (fits(pattern[at], text.charCodeAt(index))) {
      at++;
      index++;
    } else if (run >= 0) {
      at = run + 1;
      index = ++runEnd;
    } else return false;
  }
  while (pattern[at] === ANY_RUN) at++;
  return at === pattern.length;
}

/** Keeps every position that the text so far can have reached: a run that stops at a colon cannot be matched greedily. */
function matchesBySets(pattern: Pattern, text: string): boolean {
  let reached: number[] = [];
  reach(pattern, reached, 0);
  for (let index = 0; index < text.length && reached.length > 0; index++) {
    reached = step(pattern, reached, text.charCodeAt(index));
  }
  return reached.at(-1) === pattern.length;
}

function step(pattern: Pattern, reached: readonly number[], character: number): number[] {
  const next: number[] = [];
  for (const at of reached) {
    const code = pattern[at];
    if (code === ANY_RUN || (code === ANY_RUN_IN_SEGMENT && character !== COLON)) reach(pattern, next, at);
    else if (fits(code, character)) reach(pattern, next, at + 1);
  }
  return next;
}

/** Adds a position, and those behind the runs that start there; positions come in ascending order, each once. */
function reach(pattern: Pattern, reached: number[], position: number): void {
  if (position <= (reached.at(-1) ?? -1)) return;
  let at = position;
  reached.push(at);
  while (pattern[at] === ANY_RUN || pattern[at] === ANY_RUN_IN_SEGMENT) reached.push(++at);
}

function fits(code: number | undefined, character: number): boolean {
  return code === character || code === ANY_ONE || (code === ANY_ONE_IN_SEGMENT && character !== COLON);
}
