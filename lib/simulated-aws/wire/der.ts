/**
 * Contents in a fixed order. Like the others here, one of the few forms of ASN.1's distinguished encoding that a
 * certificate is made of.
 *
 * @see https://www.itu.int/rec/T-REC-X.690
 */
export function sequence(...contents: readonly Buffer[]): Buffer {
  return element(0x30, ...contents);
}

export function set(...contents: readonly Buffer[]): Buffer {
  return element(0x31, ...contents);
}

/** A whole number that is not negative, most significant byte first. */
export function integer(bytes: Buffer): Buffer {
  const isNegative = (bytes[0] ?? 0) >= 0x80;
  return element(0x02, isNegative ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

export function boolean(value: boolean): Buffer {
  return element(0x01, Buffer.from([value ? 0xff : 0]));
}

/** @param unusedBits how many bits of the last byte do not count */
export function bitString(bytes: Buffer, unusedBits = 0): Buffer {
  return element(0x03, Buffer.from([unusedBits]), bytes);
}

export function octetString(bytes: Buffer): Buffer {
  return element(0x04, bytes);
}

export function utf8String(text: string): Buffer {
  return element(0x0c, Buffer.from(text));
}

/** A time until the end of 2049. */
export function utcTime(date: Date): Buffer {
  return element(
    0x17,
    Buffer.from(
      `${date
        .toISOString()
        .replace(/[-:T]|\.\d{3}/g, '')
        .slice(2)}`,
    ),
  );
}

/** @param dotted for example `2.5.29.17` */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** An element of a tagged choice, for example `[3]`. */
export function tagged(number: number, form: 'primitive' | 'constructed', content: Buffer): Buffer {
  return element((form === 'constructed' ? 0xa0 : 0x80) | number, content);
}

function element(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
}

function base128(value: number): readonly number[] {
  const higher = value >= 0x80 ? base128(value >> 7).map((byte) => byte | 0x80) : [];
  return [...higher, value & 0x7f];
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) {
    return [length];
  }
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}
