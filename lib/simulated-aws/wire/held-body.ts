import type { BodyAllowance } from './body-allowance';
import type { LeftOut } from './raw-request';

/** The body of one request as it comes. When it may not be held any more, it is dropped and nothing of it is kept. */
export class HeldBody {
  leftOut: LeftOut | undefined;
  private chunks: Buffer[] = [];
  private sizeBytes = 0;

  constructor(private readonly allowance: BodyAllowance) {}

  get body(): Buffer {
    return Buffer.concat(this.chunks);
  }

  add(chunk: Buffer): void {
    if (this.leftOut !== undefined) return;
    if (this.sizeBytes + chunk.length > this.allowance.perRequestBytes) this.leave('too-large');
    else if (!this.allowance.take(chunk.length)) this.leave('too-much');
    else {
      this.sizeBytes += chunk.length;
      this.chunks.push(chunk);
    }
  }

  letGo(): void {
    this.allowance.giveBack(this.sizeBytes);
    this.sizeBytes = 0;
    this.chunks = [];
  }

  private leave(reason: LeftOut): void {
    this.leftOut = reason;
    this.letGo();
  }
}
