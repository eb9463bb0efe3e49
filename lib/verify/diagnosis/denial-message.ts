import type { Evidence } from '../result/diagnosis';

/** The parts of AWS's message about a refusal. */
export interface Denial {
  /** ARN of whoever was refused; `undefined` where the message names nobody. */
  readonly caller: string | undefined;
  /** As in `s3:PutObject`; `undefined` where the message names none. */
  readonly action: string | undefined;
  /** ARN of what the action was refused on; `undefined` where the message names nothing. */
  readonly resource: string | undefined;
  /** The kind of policy, in AWS's words, as in `service control policy`. */
  readonly policyType: string | undefined;
  readonly isExplicit: boolean;
  /** ARN of the policy, which AWS names in some of its refusals. */
  readonly policyArn: string | undefined;
}

const CODES: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'Http403',
  'UnauthorizedOperation',
]);
const CALLER = /^User: (arn:\S+) is not authorized/;
const ACTION = /not authorized to perform: ([a-z0-9-]+:[A-Za-z*]+)/;
const RESOURCE = /on resource: "?(arn:[^\s"]+)"?/;
const EXPLICIT = /with an explicit deny in (?:an? |the )?([A-Za-z -]+?)(?:: (arn:\S+))?\.?$/;
const IMPLICIT = /because no ([A-Za-z -]+?) allows the/;

/** Whether AWS refused the call as such; that of a proxy, which has no request id, is told before. */
export function isDenial({ code }: Pick<Evidence, 'code'>): boolean {
  return CODES.has(code);
}

/**
 * Reads the message of a refusal.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function readDenial({ message }: Pick<Evidence, 'message'>): Denial {
  const explicit = EXPLICIT.exec(message.trim());
  const implicit = IMPLICIT.exec(message);
  return {
    caller: CALLER.exec(message.trim())?.[1],
    action: ACTION.exec(message)?.[1],
    resource: RESOURCE.exec(message)?.[1],
    policyType: (explicit ?? implicit)?.[1]?.toLowerCase(),
    isExplicit: explicit !== null,
    policyArn: explicit?.[2],
  };
}
