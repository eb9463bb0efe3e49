/** Bytes from `start` up to, but not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The bytes of an object; those of a multipart upload are kept as they came, part by part. */
export type ObjectBody = Buffer | readonly Buffer[];

export function piecesOf(body: ObjectBody): readonly Buffer[] {
  return Buffer.isBuffer(body) ? [body] : body;
}

export function sizeOf(body: ObjectBody): number {
  return piecesOf(body).reduce((size, piece) => size + piece.length, 0);
}

/** The bytes of the range, without a copy. */
export function sliceOf(body: ObjectBody, { start, end }: ByteRange): readonly Buffer[] {
  const slices: Buffer[] = [];
  let offset = 0;
  for (const piece of piecesOf(body)) {
    if (offset < end && offset + piece.length > start) {
      slices.push(piece.subarray(Math.max(0, start - offset), end - offset));
    }
    offset += piece.length;
  }
  return slices;
}

/** The bytes in one piece; those of several are copied. */
export function joined(body: ObjectBody): Buffer {
  const [first = Buffer.alloc(0), ...others] = piecesOf(body);
  return others.length === 0 ? first : Buffer.concat([first, ...others]);
}
