import type { RequestLogEntry } from './request-log';

/** Requests that are kept at the least; twice as many at the most, so that forgetting is seldom work. */
export const KEPT_REQUESTS = 10_000;

/** The requests so far, in the order in which they were answered; of many, the last ones. */
export interface RequestLog {
  /** How many there have been, the forgotten ones among them. */
  readonly count: number;
  readonly last: RequestLogEntry | undefined;
  /** Those after the first `count`, as far as they are kept. */
  readonly since: (count: number) => readonly RequestLogEntry[];
}

export class RecentRequests implements RequestLog {
  private readonly kept: RequestLogEntry[] = [];
  private forgotten = 0;

  get count(): number {
    return this.forgotten + this.kept.length;
  }

  get last(): RequestLogEntry | undefined {
    return this.kept.at(-1);
  }

  since(count: number): readonly RequestLogEntry[] {
    return this.kept.slice(Math.max(0, count - this.forgotten));
  }

  /** Adds a request, and forgets the oldest ones when there are too many. */
  add(entry: RequestLogEntry): void {
    this.kept.push(entry);
    if (this.kept.length > 2 * KEPT_REQUESTS) this.forgotten += this.kept.splice(0, KEPT_REQUESTS).length;
  }
}
