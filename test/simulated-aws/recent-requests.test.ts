import type { RequestLogEntry } from '../../lib/simulated-aws';
import { keepRequest, keptRequests } from '../../lib/simulated-aws/recent-requests';

test('of many requests the last ones are kept, in their order', () => {
  const recent: RequestLogEntry[] = [];
  let longest = 0;
  for (let id = 1; id <= 5 * keptRequests; id++) {
    keepRequest(recent, { requestID: String(id) } as RequestLogEntry);
    longest = Math.max(longest, recent.length);
  }
  expect(longest).toBe(2 * keptRequests);
  expect(recent.length).toBeGreaterThanOrEqual(keptRequests);
  const last = recent.map(({ requestID }) => Number(requestID));
  expect(last).toEqual(last.map((_, index) => 5 * keptRequests - recent.length + 1 + index));
});
