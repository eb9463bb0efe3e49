import type { IHasher } from 'hash-wasm';

type XxhashAlgorithm = 'XXHASH3' | 'XXHASH64' | 'XXHASH128';

/** The functions of xxHash, which Node lacks; none until a request first names one, for compiling them takes a while. */
let hashers: Readonly<Record<XxhashAlgorithm, IHasher>> | undefined;

/** Has to be over before a digest is asked for. */
export async function loadXxhash(): Promise<void> {
  if (hashers !== undefined) return;
  const { createXXHash3, createXXHash64, createXXHash128 } = await import('hash-wasm');
  const [XXHASH3, XXHASH64, XXHASH128] = await Promise.all([createXXHash3(), createXXHash64(), createXXHash128()]);
  hashers = { XXHASH3, XXHASH64, XXHASH128 };
}

/** Whether the head of a request names one: an upload has to, before anything else can need it. */
export function namesXxhash(headers: Readonly<Record<string, string>>): boolean {
  return Object.entries(headers).some(([name, value]) => /xxhash/i.test(name) || /^[\w, -]*xxhash/i.test(value));
}

/** The digest of the pieces one after the other, most significant byte first. @see https://github.com/Cyan4973/xxHash */
export function xxhash(algorithm: XxhashAlgorithm, pieces: readonly Buffer[]): Buffer {
  if (hashers === undefined) throw new Error('xxHash is not loaded');
  const hasher = hashers[algorithm].init();
  for (const piece of pieces) hasher.update(piece);
  return Buffer.from(hasher.digest('binary'));
}
