type Resolve = (value: unknown, options: object) => unknown;

/** The forms of an encoded CDKTF token: its marker, a number with an exponent, or the value of a map. */
const TOKEN_IN_TEXT = /TfToken\[|[-\d.+|]e[-\d.+|]|Map Token Value$/;
const MAP_OF_NUMBERS = -123456789;

/**
 * Takes from CDKTF, in this process, the two things that cost it most and change no byte: a stack trace for every token,
 * with no limit of frames, and a search for tokens in each key and value.
 *
 * @returns what gives them back
 */
export function useQuickTokens(): () => void {
  const resolution = require('cdktf/lib/tokens/private/resolve') as { resolve: Resolve };
  const { resolve } = resolution;
  const { captureStackTrace } = Error;
  resolution.resolve = (value, options) => resolveQuickly(value, (some) => resolve(some, options));
  // CDKTF has its traces written into an object of this form; an error has a class of its own.
  Error.captureStackTrace = (target: { stack?: string }, below) => {
    if (target.constructor !== Object || target.stack !== '') captureStackTrace(target, below);
  };
  return () => {
    resolution.resolve = resolve;
    Error.captureStackTrace = captureStackTrace;
  };
}

/** A copy of the value, without what is undefined, as CDKTF makes it; only parts that may hold a token are left to it. */
function resolveQuickly(value: unknown, resolve: (value: unknown) => unknown): unknown {
  const visit = (part: unknown) => resolveQuickly(part, resolve);
  if (isPlain(value)) return value;
  if (Array.isArray(value)) {
    const holdsToken = !value.every((item) => isPlain(item) || isObject(item));
    return holdsToken ? resolve(value) : value.map(visit).filter((item) => item !== undefined);
  }
  if (!isObject(value) || !Object.keys(value).every(isPlain)) return resolve(value);
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    const resolved = member === undefined ? undefined : visit(member);
    if (resolved !== undefined) copy[key] = resolved;
  }
  return copy;
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return !TOKEN_IN_TEXT.test(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) && value !== MAP_OF_NUMBERS;
  return typeof value === 'boolean' || value === null || value === undefined;
}

/** An object of data: a token has a class, or a function. */
function isObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return !('resolve' in value);
}
