import { endianness } from 'node:os';

const WORD_BYTES = 4;

/**
 * The bytes as 32-bit words, least significant byte first; up to three bytes at the end are left out.
 *
 * A view where the machine and the place in memory allow it: checksums read words many times faster so.
 */
function wordsOf(bytes: Buffer): Int32Array {
  const length = Math.floor(bytes.length / WORD_BYTES);
  if (endianness() === 'LE' && bytes.byteOffset % WORD_BYTES === 0) {
    return new Int32Array(bytes.buffer, bytes.byteOffset, length);
  }
  return Int32Array.from({ length }, (_unused, index) => bytes.readInt32LE(index * WORD_BYTES));
}

/** Eight tables of 256, so that eight bytes are taken in one step: the n-th is for a byte with n bytes behind it. */
const newTables = () => new Int32Array(8 * 256);

/** The Castagnoli and the NVMe polynomial, reflected. */
const CASTAGNOLI = 0x82f63b78;
const NVME = 0x9a6c9329ac4bc9b5n;

const CRC32C = newTables();
for (let index = 0; index < 256; index++) {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ CASTAGNOLI : value >>> 1;
  CRC32C[index] = value;
}
for (let index = 256; index < CRC32C.length; index++) {
  const before = CRC32C[index - 256] ?? 0;
  CRC32C[index] = (before >>> 8) ^ at(CRC32C, 0, before);
}

/** Kept in halves: 64-bit arithmetic on numbers is many times faster than on bigints. */
const HIGH = newTables();
const LOW = newTables();
const firstTable = Array.from({ length: 256 }, (_unused, index) => {
  let value = BigInt(index);
  for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ NVME : value >> 1n;
  return value;
});
for (let index = 0; index < 256; index++) {
  let value = firstTable[index] ?? 0n;
  for (let table = 0; table < 8; table++) {
    HIGH[table * 256 + index] = Number(BigInt.asIntN(32, value >> 32n));
    LOW[table * 256 + index] = Number(BigInt.asIntN(32, value));
    value = (value >> 8n) ^ (firstTable[Number(value & 0xffn)] ?? 0n);
  }
}

function at(tables: Int32Array, table: number, value: number): number {
  return tables[table * 256 + (value & 0xff)] ?? 0;
}

/** Eight bytes in one step. */
function lookUp(tables: Int32Array, first: number, second: number): number {
  return (
    at(tables, 7, first) ^
    at(tables, 6, first >>> 8) ^
    at(tables, 5, first >>> 16) ^
    at(tables, 4, first >>> 24) ^
    at(tables, 3, second) ^
    at(tables, 2, second >>> 8) ^
    at(tables, 1, second >>> 16) ^
    at(tables, 0, second >>> 24)
  );
}

/** CRC-32C of the bytes, as an unsigned number; `before` is that of the bytes in front of them. */
export function crc32c(bytes: Buffer, before = 0): number {
  const words = wordsOf(bytes);
  const paired = words.length - (words.length % 2);
  let crc = ~before;
  for (let index = 0; index < paired; index += 2)
    crc = lookUp(CRC32C, crc ^ (words[index] ?? 0), words[index + 1] ?? 0);
  for (let offset = paired * 4; offset < bytes.length; offset++) {
    crc = (crc >>> 8) ^ at(CRC32C, 0, crc ^ (bytes[offset] ?? 0));
  }
  return ~crc >>> 0;
}

/** CRC-64/NVME of the pieces one after the other: eight bytes, most significant first. */
export function crc64nvme(pieces: readonly Buffer[]): Buffer {
  const { crcHigh, crcLow } = pieces.reduce(update, { crcHigh: -1, crcLow: -1 });
  const digest = Buffer.alloc(8);
  digest.writeInt32BE(~crcHigh, 0);
  digest.writeInt32BE(~crcLow, 4);
  return digest;
}

interface Register {
  readonly crcHigh: number;
  readonly crcLow: number;
}

function update(before: Register, bytes: Buffer): Register {
  const words = wordsOf(bytes);
  const paired = words.length - (words.length % 2);
  let { crcHigh, crcLow } = before;
  for (let index = 0; index < paired; index += 2) {
    const first = crcLow ^ (words[index] ?? 0);
    const second = crcHigh ^ (words[index + 1] ?? 0);
    crcHigh = lookUp(HIGH, first, second);
    crcLow = lookUp(LOW, first, second);
  }
  for (let offset = paired * 4; offset < bytes.length; offset++) {
    const index = (crcLow ^ (bytes[offset] ?? 0)) & 0xff;
    crcLow = ((crcLow >>> 8) | (crcHigh << 24)) ^ (LOW[index] ?? 0);
    crcHigh = (crcHigh >>> 8) ^ (HIGH[index] ?? 0);
  }
  return { crcHigh, crcLow };
}
