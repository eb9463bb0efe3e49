import type { WireRequest } from './message';

/** How much of bodies is held while they come; everything in bytes. */
export class BodyAllowance {
  private heldBytes = 0;

  constructor(
    /** Limit for one request. */
    readonly perRequestBytes: number,
    /** Limit for all requests at a time. */
    readonly totalBytes: number,
  ) {}

  /** Whether so much more may be held; it is then held until it is given back. */
  take(bytes: number): boolean {
    if (this.heldBytes + bytes > this.totalBytes) return false;
    this.heldBytes += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.heldBytes -= bytes;
  }
}

/** Why a body is not there: only the head has been read, it is too large, or too much is held at the time. */
export type LeftOut = 'unread' | 'too-large' | 'too-much';

/** The body of one request as it comes. When it may not be held any more, it is dropped and nothing of it is kept. */
export class HeldBody {
  leftOut: LeftOut | undefined;
  /** Room for the whole body; only what has been written to it takes memory. */
  private room: Buffer | undefined;
  /** Limit for a body that comes at once, or whose length is not told. */
  private chunks: Buffer[] = [];
  private sizeBytes = 0;

  constructor(
    private readonly allowance: BodyAllowance,
    /** Not a number where the length is not told. */
    private readonly announcedBytes: number,
  ) {}

  get body(): Buffer {
    return this.room?.subarray(0, this.sizeBytes) ?? Buffer.concat(this.chunks);
  }

  add(chunk: Buffer): void {
    if (this.leftOut !== undefined) return;
    if (this.sizeBytes + chunk.length > this.allowance.perRequestBytes) this.leave('too-large');
    else if (!this.allowance.take(chunk.length)) this.leave('too-much');
    else this.keep(chunk);
  }

  letGo(): void {
    this.allowance.giveBack(this.sizeBytes);
    this.sizeBytes = 0;
    this.chunks = [];
    this.room = undefined;
  }

  private keep(chunk: Buffer): void {
    const isFirstOfSeveral = this.sizeBytes === 0 && chunk.length < this.announcedBytes;
    if (isFirstOfSeveral && this.announcedBytes <= this.allowance.perRequestBytes) {
      this.room = Buffer.allocUnsafeSlow(this.announcedBytes);
    }
    if (this.room === undefined) this.chunks.push(chunk);
    else chunk.copy(this.room, this.sizeBytes);
    this.sizeBytes += chunk.length;
  }

  private leave(reason: LeftOut): void {
    this.leftOut = reason;
    this.letGo();
  }
}

const MIB = 2 ** 20;

/** A body of so many bytes is there sooner than its head is judged. */
const SMALL_BODY_BYTES = 64 * 1024;

/** How much is held of the bodies of requests that their heads admit, of small ones, and of all others. */
export interface BodyAllowances {
  readonly admitted: BodyAllowance;
  /** A room of their own, so that no sender of large bodies takes up that of requests that are mostly small. */
  readonly small: BodyAllowance;
  readonly others: BodyAllowance;
}

export function createBodyAllowances(): BodyAllowances {
  return {
    admitted: new BodyAllowance(1024 * MIB, 2048 * MIB),
    small: new BodyAllowance(SMALL_BODY_BYTES, 256 * MIB),
    others: new BodyAllowance(16 * MIB, 64 * MIB),
  };
}

/** Whether its head says that the body is small. */
export function isSmall({ headers }: Pick<WireRequest, 'headers'>): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= SMALL_BODY_BYTES;
}
