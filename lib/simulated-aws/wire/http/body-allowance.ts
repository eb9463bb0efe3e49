/** How much of bodies is held while they come; everything in bytes. */
export class BodyAllowance {
  private heldBytes = 0;

  constructor(
    /** Of one request. */
    readonly perRequestBytes: number,
    /** Of all requests at a time. */
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
