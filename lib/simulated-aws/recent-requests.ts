import type { RequestLogEntry } from './request-log';

/** Requests that are kept at the least; twice as many at the most, so that forgetting is seldom work. */
export const keptRequests = 10_000;

/** Adds a request, and forgets the oldest ones when there are too many. */
export function keepRequest(recent: RequestLogEntry[], entry: RequestLogEntry): void {
  recent.push(entry);
  if (recent.length > 2 * keptRequests) recent.splice(0, recent.length - keptRequests);
}
