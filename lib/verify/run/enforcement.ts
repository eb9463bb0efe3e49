import { type Answer, NO_REQUEST_ID } from '../../aws/answer';
import { isThrottling } from '../../aws/throttling';
import type { Probe } from '../check-kit/check';
import { observe } from '../check-kit/outcome';
import type { Service } from '../check-kit/service';
import type { Observation } from '../result/verification';
import { QUESTIONS, type Question } from './enforcement-questions';

/** Why nothing that must be refused may be asked of a service. */
export interface Doubt {
  readonly reason: string;
  /** The answer that tells it, where it was a refusal. */
  readonly observed: readonly Observation[];
  /** Whether it takes or does not know what AWS refuses, rather than leaving the question open. */
  readonly isNotAws: boolean;
}

/** Facts so far about the services that a run asks. */
export interface Enforcement {
  /** Asks those that were not seen to enforce. */
  readonly ask: (probe: Probe) => Promise<void>;
  /** Forgets what was seen, because what the role may do has changed since. */
  readonly forget: () => void;
  /** `undefined` where it refuses what AWS refuses. */
  readonly doubtAbout: (service: Service) => Doubt | undefined;
}

/**
 * Finds out which services check as AWS does.
 *
 * Probes of what must be refused do no damage because AWS looks at signatures, digests, documents and conditions. Where
 * that is not so, a text that is no policy becomes the policy: nothing of the kind may be asked.
 */
export function createEnforcement(services: readonly Service[]): Enforcement {
  const doubts = new Map<Service, Doubt | undefined>();
  return {
    ask: async (probe) => {
      const open = services.filter((service) => !doubts.has(service) || doubts.get(service) !== undefined);
      await Promise.all(open.map(async (service) => doubts.set(service, await doubtOf(service, probe))));
    },
    forget: () => doubts.clear(),
    doubtAbout: (service) => (doubts.has(service) ? doubts.get(service) : NOT_ASKED),
  };
}

const NOT_ASKED: Doubt = { reason: 'that was not asked', observed: [], isNotAws: false };

interface Answered extends Question {
  readonly answer: Answer<unknown>;
}

async function doubtOf(service: Service, probe: Probe): Promise<Doubt | undefined> {
  const answered = await Promise.all(
    QUESTIONS[service].map(async (question): Promise<Answered> => ({ ...question, answer: await question.ask(probe) })),
  );
  const [odd] = answered.filter((one) => !isRefusedAsByAws(one));
  if (odd === undefined) return undefined;
  const observed = odd.answer.ok ? [] : [observe(odd.call, odd.answer)];
  const notAws = reasonOf(service, answered);
  return { reason: notAws ?? answerOf(odd), observed, isNotAws: notAws !== undefined };
}

/** Signs that it is not AWS. */
function reasonOf(service: Service, answered: readonly Answered[]): string | undefined {
  const taken = answered.filter(({ answer }) => isTaken(answer)).map(({ what }) => what);
  if (taken.length > 0) return `it took ${taken.join(', ')}`;
  const codes = answered.flatMap(({ answer }) => (answer.ok ? [] : answer.code));
  if (codes.includes(NO_REQUEST_ID)) return 'it gave no request id of AWS';
  const unknown = codes.find((code) => UNKNOWN_TO.has(code));
  return unknown === undefined ? undefined : `it answered ${unknown} to what ${service} knows`;
}

function answerOf({ call, answer }: Answered): string {
  return answer.ok ? `${call} worked` : `${call} answered ${answer.code}: ${answer.message.replace(/\.$/, '')}`;
}

function isRefusedAsByAws({ answer, refusedWith }: Answered): boolean {
  if (answer.ok || answer.status === undefined || answer.status < 300 || answer.status >= 500) return false;
  if (answer.code === NO_REQUEST_ID || UNKNOWN_TO.has(answer.code) || isThrottling(answer.code)) return false;
  return refusedWith === undefined || refusedWith.has(answer.code);
}

/** A success that cannot be read is one. */
function isTaken({ status }: Answer<unknown>): boolean {
  return status !== undefined && status < 300;
}

/** Codes of servers that know only a part of a service, and take the rest for something else or leave it out. */
const UNKNOWN_TO: ReadonlySet<string> = new Set(['MethodNotAllowed', 'NotImplemented', 'NotSupported']);
