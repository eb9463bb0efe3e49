import type { Answer, Refused } from '../aws/answer';
import type { Outcome } from './check';
import { observe } from './outcome';
import { type Result, verdictOf } from './verification';

/** One call that has to be refused, and what came of it. */
export interface Attempt {
  readonly call: string;
  readonly answer: Answer<unknown>;
  /** The code that means "refused": `AccessDeniedException` from KMS, `AccessDenied` from everybody else. */
  readonly refusal: 'AccessDenied' | 'AccessDeniedException';
  /** The action that a refusal has to be about, where S3 goes on to ask about another once this one is allowed. */
  readonly action?: string;
  /** Codes that AWS answers only to a caller who may make the call. */
  readonly meansAllowed?: readonly string[];
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html */
const REFUSED_ACTION = /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/;

interface Judgement {
  readonly result: Result;
  readonly detail: string;
}

/** Every call has to be refused, with exactly the code for it. */
export function judgeDenials(attempts: readonly Attempt[]): Outcome {
  const judgements = attempts.map(judge);
  const result = verdictOf(judgements.map((judgement) => judgement.result));
  return {
    result,
    observed: attempts.map(({ call, answer }) => observe(call, answer)),
    detail: [...new Set(judgements.filter((one) => one.result === result).map((one) => one.detail))].join(' '),
  };
}

function judge({ call, answer, refusal, action, meansAllowed = [] }: Attempt): Judgement {
  if (answer.ok) return { result: 'fail', detail: `${call} was allowed.` };
  const refusedAction = REFUSED_ACTION.exec(answer.message)?.[1];
  if (answer.code === refusal && action !== undefined && refusedAction !== undefined && refusedAction !== action) {
    return { result: 'fail', detail: `${call} was allowed: only ${refusedAction} was refused, which AWS asks next.` };
  }
  if (answer.code === refusal) return { result: 'pass', detail: `${call} was refused${byWhom(answer)}.` };
  if (meansAllowed.includes(answer.code)) {
    return { result: 'fail', detail: `${call} was allowed: AWS answers ${answer.code} only after authorising it.` };
  }
  return { result: 'inconclusive', detail: `${call} answered ${answer.code}, not ${refusal}: ${answer.message}` };
}

/** AWS says which kind of policy decided in most of its refusals. */
function byWhom({ message }: Refused): string {
  if (/explicit deny in a resource-based policy/i.test(message)) return ' by an explicit deny in the resource policy';
  if (/explicit deny/i.test(message)) return ' by an explicit deny';
  if (/not authorized to perform: kms:/i.test(message)) return ' by the key, not by the bucket policy';
  return '';
}
