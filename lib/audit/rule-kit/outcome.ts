import type { EvidenceItem } from '../report/audit-report';
import type { Answer } from '../stack/answer';
import type { StackResource } from '../stack/stack-document';
import type { Outcome } from './rule';

type Say = (resource: string, detail: string, evidence?: readonly EvidenceItem[]) => Outcome;

const saying =
  (result: Outcome['result']): Say =>
  (resource, detail, evidence = []) => ({ resource, result, detail, evidence });

export const pass = saying('pass');
export const fail = saying('fail');
export const doubt = saying('unknown');
export const notApplicable = saying('not-applicable');
export const inherited = saying('inherited');

/** A doubt because an answer is not known; the finding about that answer tells the cause once. */
export function doubtOver(answer: Answer<unknown>, resource: string, detail: string): Outcome {
  const outcome = doubt(resource, detail);
  return answer.state === 'unknown' ? { ...outcome, because: answer.because } : outcome;
}

/** A doubt because nobody knows how a bucket encrypts; the finding about that tells it once. */
export function doubtOverEncryption(
  { address }: StackResource,
  resource: string,
  evidence: readonly EvidenceItem[] = [],
): Outcome {
  return { ...doubt(resource, 'the default encryption is not known', evidence), because: encryptionOf(address) };
}

export function encryptionOf(bucket: string): string {
  return `the default encryption of ${bucket}`;
}

/** A thing that was read, as evidence. */
export function seen({ address }: StackResource, path: string, answer: Answer<unknown>): EvidenceItem {
  return { at: `${address}: ${path}`, value: describeAnswer(answer) };
}

export function describeAnswer(answer: Answer<unknown>): string {
  if (answer.state === 'absent') return '(not set)';
  if (answer.state === 'unknown') return `(unknown: ${answer.because})`;
  return typeof answer.value === 'string' ? answer.value : JSON.stringify(answer.value);
}

/** A few of many, in words. */
export function listing(names: readonly string[], most = 5): string {
  const unique = [...new Set(names)];
  const rest = unique.length - most;
  return rest > 0 ? `${unique.slice(0, most).join(', ')} and ${rest} more` : unique.join(', ');
}
