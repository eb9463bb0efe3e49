import type { RequestLogEntry } from '../../lib/simulated-aws';
import { KEPT_REQUESTS, RecentRequests } from '../../lib/simulated-aws/server/log/request-log';

function logOf(count: number): RecentRequests {
  const log = new RecentRequests();
  for (let id = 1; id <= count; id += 1) log.add({ requestID: String(id) } as RequestLogEntry);
  return log;
}

const idsSince = (log: RecentRequests, count: number) => log.since(count).map(({ requestID }) => Number(requestID));

test('a short log keeps every request', () => {
  const log = logOf(3);
  expect({ count: log.count, last: log.last?.requestID, all: idsSince(log, 0), new: idsSince(log, 2) }).toEqual({
    count: 3,
    last: '3',
    all: [1, 2, 3],
    new: [3],
  });
});

test('a long log keeps the last requests in order, and counts them all', () => {
  const total = 5 * KEPT_REQUESTS + 7;
  const log = logOf(total);
  const kept = idsSince(log, 0);
  expect({ count: log.count, first: kept[0], last: kept.at(-1) }).toEqual({
    count: total,
    first: total - kept.length + 1,
    last: total,
  });
  expect(kept.length).toBeGreaterThanOrEqual(KEPT_REQUESTS);
  expect(kept.length).toBeLessThanOrEqual(2 * KEPT_REQUESTS);
  expect(idsSince(log, total - 2)).toEqual([total - 1, total]);
});
