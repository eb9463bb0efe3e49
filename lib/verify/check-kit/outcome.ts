import { type Answer, NO_REQUEST_ID, type Refused } from '../../aws/answer';
import { isThrottling } from '../../aws/throttling';
import type { Observation } from '../result/verification';
import type { Outcome } from './check';

/** The result of a call, with the value looked for in place of `OK`. */
export function observe(call: string, answer: Answer<unknown>, value = 'OK'): Observation {
  return {
    call,
    answer: answer.ok ? value : answer.code,
    ...(answer.status !== undefined && { status: answer.status }),
    ...(answer.requestId !== undefined && { requestId: answer.requestId }),
    ...(!answer.ok && { message: answer.message }),
  };
}

export function passed(observed: readonly Observation[], detail: string): Outcome {
  return { result: 'pass', observed, detail };
}

export function failed(observed: readonly Observation[], detail: string): Outcome {
  return { result: 'fail', observed, detail };
}

/** Client errors that are about the credentials, the clock or the connection of this run, and not about what was asked. */
const ABOUT_THE_CALLER = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'InvalidToken',
  NO_REQUEST_ID,
  'RequestExpired',
  'RequestTimeout',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
]);

/** Whether there is nothing but a status: who is to blame cannot be told from that. */
export function isWithoutReason({ code }: Refused): boolean {
  return /^Http\d{3}$/.test(code);
}

/** A call that had to work did not: AWS's own "no" is a failure; silence, faults and the caller's own trouble are doubts. */
export function refused(call: string, refusal: Refused): Outcome {
  const isAnswer = refusal.status !== undefined && refusal.status >= 300 && refusal.status < 500;
  const isClear = !isWithoutReason(refusal) && !ABOUT_THE_CALLER.has(refusal.code);
  const isFailure = isAnswer && refusal.status !== 429 && isClear && !isThrottling(refusal.code);
  return {
    result: isFailure ? 'fail' : 'inconclusive',
    observed: [observe(call, refusal)],
    detail: `${call} answered ${refusal.code}: ${refusal.message}`,
  };
}

/** The outcome of a check that could not be tried, because a call before it did not work. */
export function blocked(call: string, refusal: Refused): Outcome {
  return {
    result: 'inconclusive',
    observed: [observe(call, refusal)],
    detail: `It could not be tried: ${call} before it answered ${refusal.code}: ${refusal.message}`,
  };
}
