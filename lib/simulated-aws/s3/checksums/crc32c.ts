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

/** The Castagnoli polynomial, reflected. */
const POLYNOMIAL = 0x82f63b78;

/** Eight tables of 256, so that eight bytes are taken in one step: the n-th is for a byte with n bytes behind it. */
const TABLES = new Uint32Array(8 * 256);
for (let index = 0; index < 256; index++) {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  TABLES[index] = value;
}
for (let index = 256; index < TABLES.length; index++) {
  const before = TABLES[index - 256] ?? 0;
  TABLES[index] = (before >>> 8) ^ at(0, before);
}

function at(table: number, value: number): number {
  return TABLES[table * 256 + (value & 0xff)] ?? 0;
}

/** CRC-32C of the bytes, as an unsigned number; `before` is that of the bytes in front of them. */
export function crc32c(bytes: Buffer, before = 0): number {
  const words = wordsOf(bytes);
  const paired = words.length - (words.length % 2);
  let crc = ~before;
  for (let index = 0; index < paired; index += 2) {
    const first = crc ^ (words[index] ?? 0);
    const second = words[index + 1] ?? 0;
    crc =
      at(7, first) ^
      at(6, first >>> 8) ^
      at(5, first >>> 16) ^
      at(4, first >>> 24) ^
      at(3, second) ^
      at(2, second >>> 8) ^
      at(1, second >>> 16) ^
      at(0, second >>> 24);
  }
  for (let offset = paired * 4; offset < bytes.length; offset++) crc = (crc >>> 8) ^ at(0, crc ^ (bytes[offset] ?? 0));
  return (crc ^ 0xffffffff) >>> 0;
}
