import type { Answer, Refused } from '../../aws/answer';
import { type Denial, readDenial } from '../diagnosis/denial-message';
import { type Result, verdictOf } from '../result/verification';
import type { Outcome } from './check';
import { observe } from './outcome';

/** A call that has to be refused, and what came of it. */
export interface Attempt {
  readonly call: string;
  readonly answer: Answer<unknown>;
  /** The code that means "refused": `AccessDeniedException` from KMS, `AccessDenied` from everybody else. */
  readonly refusal: 'AccessDenied' | 'AccessDeniedException';
  /** The action that a refusal has to be about, where AWS goes on to ask about others once this one is allowed. */
  readonly action?: string;
  /** Codes that AWS answers only to a caller who may make the call. */
  readonly meansAllowed?: readonly string[];
}

/** Policies that hold for this host or for these credentials, so that a refusal by them says nothing of the role. */
const BESIDE_THE_ROLE: ReadonlyMap<string | undefined, string> = new Map([
  ['vpc endpoint policy', 'the policy of the VPC endpoint that this host goes through'],
  ['session policy', 'a session policy that came with the credentials of this host'],
]);

/** S3 says AccessDenied of a presigned URL whose time is over as well. */
const ABOUT_THE_URL = /^Request has expired/;

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

function judge(attempt: Attempt): Judgement {
  const { call, answer, refusal, meansAllowed = [] } = attempt;
  if (answer.ok) return { result: 'fail', detail: `${call} was allowed.` };
  if (answer.code === refusal) return judgeRefusal(attempt, answer);
  if (meansAllowed.includes(answer.code)) {
    return { result: 'fail', detail: `${call} was allowed: AWS answers ${answer.code} only after authorising it.` };
  }
  return { result: 'inconclusive', detail: `${call} answered ${answer.code}, not ${refusal}: ${answer.message}` };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html */
function judgeRefusal({ call, action }: Attempt, { message }: Refused): Judgement {
  if (ABOUT_THE_URL.test(message)) {
    return { result: 'inconclusive', detail: `${call} was refused for its signature alone: ${message}` };
  }
  const denial = readDenial({ message });
  if (action !== undefined && denial.action !== undefined && denial.action !== action) {
    return { result: 'fail', detail: `${call} was allowed: only ${denial.action} was refused, which AWS asks next.` };
  }
  const beside = BESIDE_THE_ROLE.get(denial.policyType);
  if (beside === undefined) return { result: 'pass', detail: `${call} was refused${byWhom(denial)}.` };
  const detail = `${call} was refused by ${beside}, which says nothing of what the role may do elsewhere.`;
  return { result: 'inconclusive', detail };
}

/** AWS says which kind of policy decided in most of its refusals. */
function byWhom({ policyType, isExplicit }: Denial): string {
  if (policyType === undefined) return '';
  return isExplicit ? ` by an explicit deny in a ${policyType}` : `, as no ${policyType} allows it`;
}
