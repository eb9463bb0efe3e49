/** The NVMe polynomial, reflected. */
const polynomial = 0x9a6c9329ac4bc9b5n;

/** The table in halves, since 64-bit arithmetic on numbers is many times faster than on bigints. */
const high = new Uint32Array(256);
const low = new Uint32Array(256);
for (let index = 0; index < 256; index++) {
  let value = BigInt(index);
  for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
  high[index] = Number(value >> 32n);
  low[index] = Number(value & 0xffffffffn);
}

/** CRC-64/NVME of the bytes: eight bytes, most significant first. */
export function crc64nvme(bytes: Buffer): Buffer {
  let crcHigh = 0xffffffff;
  let crcLow = 0xffffffff;
  for (const byte of bytes) {
    const index = (crcLow ^ byte) & 0xff;
    crcLow = ((crcLow >>> 8) | (crcHigh << 24)) ^ (low[index] ?? 0);
    crcHigh = (crcHigh >>> 8) ^ (high[index] ?? 0);
  }
  const digest = Buffer.alloc(8);
  digest.writeUInt32BE((crcHigh ^ 0xffffffff) >>> 0, 0);
  digest.writeUInt32BE((crcLow ^ 0xffffffff) >>> 0, 4);
  return digest;
}
