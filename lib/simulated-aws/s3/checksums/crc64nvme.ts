import { wordsOf } from './crc32c';

/** The NVMe polynomial, reflected. */
const POLYNOMIAL = 0x9a6c9329ac4bc9b5n;
const LOW32 = 0xffffffffn;

/**
 * Eight tables of 256, so that eight bytes are taken in one step: the n-th is for a byte with n bytes behind it.
 *
 * They are kept in halves: 64-bit arithmetic on numbers is many times faster than on bigints.
 */
const HIGH = new Int32Array(8 * 256);
const LOW = new Int32Array(8 * 256);
const firstTable = Array.from({ length: 256 }, (_unused, index) => {
  let value = BigInt(index);
  for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ POLYNOMIAL : value >> 1n;
  return value;
});
for (let index = 0; index < 256; index++) {
  let value = firstTable[index] ?? 0n;
  for (let table = 0; table < 8; table++) {
    HIGH[table * 256 + index] = Number(BigInt.asIntN(32, value >> 32n));
    LOW[table * 256 + index] = Number(BigInt.asIntN(32, value & LOW32));
    value = (value >> 8n) ^ (firstTable[Number(value & 0xffn)] ?? 0n);
  }
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

function lookUp(half: Int32Array, first: number, second: number): number {
  return (
    at(half, 7, first) ^
    at(half, 6, first >>> 8) ^
    at(half, 5, first >>> 16) ^
    at(half, 4, first >>> 24) ^
    at(half, 3, second) ^
    at(half, 2, second >>> 8) ^
    at(half, 1, second >>> 16) ^
    at(half, 0, second >>> 24)
  );
}

function at(half: Int32Array, table: number, value: number): number {
  return half[table * 256 + (value & 0xff)] ?? 0;
}
