/** A value that may stand in a JSON document. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Keeps bytes elsewhere, and finds them again by what it returned. */
export interface BytesKeeper {
  readonly keep: (bytes: Buffer) => string;
  readonly find: (address: string) => Buffer;
}

/** Longer bytes are kept elsewhere, so that a journal stays short. */
const MAX_INLINE_BYTES = 4096;

/**
 * A value of the account's state as JSON: dates, bytes, maps and sets are marked by a name that begins with `$`.
 *
 * @throws {Error} for a value that is not data, such as a function: the state must not hold one
 */
export function encode(value: unknown, bytes: BytesKeeper): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof Uint8Array) return encodeBytes(Buffer.isBuffer(value) ? value : Buffer.from(value), bytes);
  if (value instanceof Map) return { $map: [...value].map((entry) => encode(entry, bytes)) };
  if (value instanceof Set) return { $set: [...value].map((member) => encode(member, bytes)) };
  if (Array.isArray(value)) return value.map((member) => encode(member, bytes));
  if (typeof value === 'object' && isPlain(value)) return encodeObject(value, bytes);
  throw new Error(`the state must hold data alone, got: ${typeof value} ${String(value)}`);
}

/** The value that was encoded. */
export function decode(json: Json, bytes: BytesKeeper): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map((member) => decode(member, bytes));
  const object = json as Readonly<Record<string, Json>>;
  const [mark = ''] = Object.keys(object);
  return (DECODERS[mark] ?? decodeObject)(object[mark] ?? null, { object, bytes });
}

interface Marked {
  readonly object: Readonly<Record<string, Json>>;
  readonly bytes: BytesKeeper;
}

const DECODERS: Readonly<Record<string, (content: Json, marked: Marked) => unknown>> = {
  $date: (content) => new Date(String(content)),
  $bytes: (content) => Buffer.from(String(content), 'base64'),
  $kept: (content, { bytes }) => bytes.find(String(content)),
  $map: (content, { bytes }) => new Map(decode(content, bytes) as [unknown, unknown][]),
  $set: (content, { bytes }) => new Set(decode(content, bytes) as unknown[]),
};

function encodeBytes(value: Buffer, bytes: BytesKeeper): Json {
  return value.length > MAX_INLINE_BYTES ? { $kept: bytes.keep(value) } : { $bytes: value.toString('base64') };
}

/** A name that begins with `$` gets another one, so that it is no mark. */
function encodeObject(value: object, bytes: BytesKeeper): Json {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.map(([name, member]) => [name.startsWith('$') ? `$${name}` : name, encode(member, bytes)]),
  );
}

function decodeObject(_content: Json, { object, bytes }: Marked): unknown {
  return Object.fromEntries(
    Object.entries(object).map(([name, member]) => [name.replace(/^\$\$/, '$'), decode(member, bytes)]),
  );
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
