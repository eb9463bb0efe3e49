import type { SimulatedAccount } from '../../lib/simulated-aws';
import type { Fault } from '../../lib/simulated-aws/server/faults/fault';
import type { DeployedEnvironment } from '../verify/deployed-environment';
import { connectAsHost, deploy, startAccount, stopAccount } from '../verify/verify-deployed';
import { expectHonest, expectHonestRun, QUICK, WIRE_FAULTS } from '../verify/wire-faults';
import { allBut, type RequestClass, requestClasses } from './request-classes';
import {
  isJudged,
  isSameOperation,
  lookOf,
  onNewConnection,
  type SeenRequest,
  watchVerification,
} from './seen-request';

const TEN_MINUTES_MS = 600_000;
const SIX_HOURS_MS = 6 * 3_600_000;
/** On a busy machine the metadata service does not answer in time now and then, and the run ends before the request. */
const MOST_TRIES = 3;

let account: SimulatedAccount;
let live: DeployedEnvironment;
let classes: readonly RequestClass[];

/** A fault at each class of requests, in a verification of the checks that make it. */
export function testWireFaults(faults: typeof WIRE_FAULTS): void {
  beforeAll(async () => {
    account = await startAccount();
    live = await deploy(account, { method: 'AWS-KMS' });
    (await connectAsHost(live)).close();
    classes = await requestClasses(live);
  }, TEN_MINUTES_MS);

  afterAll(() => stopAccount(account));

  test('every request of a full verification is of a class', async () => {
    const requests = await watchVerification(live);
    expect(requests.length).toBeGreaterThan(100);
    expect(requestsOfNoClass(requests)).toEqual([]);
  });

  test.each(faults)(
    '$name at each class of requests causes no failure, and leaves nothing unlisted',
    async ({ fault }) => {
      const immune = fault.kind === 'truncated-body' ? classes.filter(({ request }) => hasNoBody(request)) : [];
      const unmet: RequestClass[] = [];
      for (const one of classes) {
        const tries = immune.includes(one) ? 1 : MOST_TRIES;
        if (!(await isMet(one, fault, tries))) unmet.push(one);
      }
      expect(unmet.map(({ name }) => name)).toEqual(immune.map(({ name }) => name));
    },
    TEN_MINUTES_MS,
  );

  const everyRequest = process.env.EVERY_REQUEST !== undefined;
  test.each(faults)(
    `$name at ${everyRequest ? 'every request' : 'one request'} of all checks at once causes no failure either`,
    async ({ name, fault }) => {
      const { length } = await watchVerification(live, QUICK);
      const one = Math.ceil(
        (length * (WIRE_FAULTS.findIndex((fault) => fault.name === name) + 1)) / WIRE_FAULTS.length,
      );
      const indexes = everyRequest ? Array.from({ length }, (_, index) => index + 1) : [one];
      for (const index of indexes) await expectHonest(live, fault, index);
    },
    everyRequest ? SIX_HOURS_MS : TEN_MINUTES_MS,
  );
}

/** A check judges one class for each request, so there have to be as many that look like it. */
function requestsOfNoClass(requests: readonly SeenRequest[]): readonly string[] {
  const looks = classes.map(({ request }) => lookOf(request));
  return requests
    .filter((request) => {
      const index = looks.indexOf(lookOf(request));
      if (index >= 0 && isJudged(request)) looks.splice(index, 1);
      return index < 0;
    })
    .map(lookOf);
}

async function isMet(one: RequestClass, fault: Fault, tries: number): Promise<boolean> {
  return tries > 0 && ((await expectHonestAt(one, fault)) || (await isMet(one, fault, tries - 1)));
}

/** @returns whether the fault took effect at a request of the class */
async function expectHonestAt({ name, checks, request, number }: RequestClass, fault: Fault): Promise<boolean> {
  const start = account.requestLog.count;
  const service = request.entry.eventSource.split('.')[0] ?? '';
  const rule = { match: { service, operation: request.entry.eventName }, from: number, times: 1, fault };
  await onNewConnection(live, (aws) =>
    expectHonestRun(live, { at: name, rule, options: { without: allBut(live, checks), aws } }),
  );
  const hit = account.requestLog.since(start).filter(({ faults }) => faults !== undefined);
  return hit.some((entry) => isSameOperation(entry, request.entry));
}

/** An answer without a body goes out whole. */
function hasNoBody({ entry: { eventName, httpStatusCode = 0 } }: SeenRequest): boolean {
  const isOk = httpStatusCode < 300;
  return eventName === 'HeadObject' || httpStatusCode === 204 || (isOk && /^(PutObject|UploadPart)$/.test(eventName));
}
