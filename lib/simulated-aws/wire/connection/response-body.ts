import type { WireResponse } from '../http/message';

/** The bytes of an answer, in the pieces in which they are sent. */
export function bodyPieces({ body = '' }: Pick<WireResponse, 'body'>): readonly Buffer[] {
  if (typeof body === 'string') return [Buffer.from(body)];
  return Buffer.isBuffer(body) ? [body] : body;
}

export function bodySize(response: Pick<WireResponse, 'body'>): number {
  return bodyPieces(response).reduce((size, piece) => size + piece.length, 0);
}
