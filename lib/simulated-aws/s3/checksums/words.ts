import { endianness } from 'node:os';

const WORD_BYTES = 4;

/**
 * The bytes as 32-bit words, least significant byte first; up to three bytes at the end are left out.
 *
 * A view where the machine and the place in memory allow it: checksums read words many times faster so.
 */
export function wordsOf(bytes: Buffer): Int32Array {
  const length = Math.floor(bytes.length / WORD_BYTES);
  if (endianness() === 'LE' && bytes.byteOffset % WORD_BYTES === 0) {
    return new Int32Array(bytes.buffer, bytes.byteOffset, length);
  }
  return Int32Array.from({ length }, (_unused, index) => bytes.readInt32LE(index * WORD_BYTES));
}
