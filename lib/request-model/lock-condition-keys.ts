import { type ConditionKeys, present } from './condition-key';
import type { S3RequestFacts } from './facts';
import { OBJECT_LOCK_HEADERS } from './headers';

const DAY_MS = 86_400_000;

/**
 * Retention that the request asks for, in its headers or as its document.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
 */
export const RETENTION: readonly ConditionKeys[] = [
  {
    keys: ['s3:object-lock-mode'],
    read: ({ headers, document }) =>
      present('s3:object-lock-mode', document?.retentionMode ?? headers[OBJECT_LOCK_HEADERS.mode]),
  },
  {
    keys: ['s3:object-lock-retain-until-date'],
    read: (facts) => present('s3:object-lock-retain-until-date', retainUntilOf(facts)),
  },
  {
    keys: ['s3:object-lock-remaining-retention-days'],
    read: (facts) => present('s3:object-lock-remaining-retention-days', remainingDays(facts)),
  },
];

export const LEGAL_HOLD: ConditionKeys = {
  keys: ['s3:object-lock-legal-hold'],
  read: ({ headers, document }) =>
    present('s3:object-lock-legal-hold', document?.legalHold ?? headers[OBJECT_LOCK_HEADERS.legalHold]),
};

function retainUntilOf({ headers, document }: S3RequestFacts): string | undefined {
  return document?.retainUntil ?? headers[OBJECT_LOCK_HEADERS.retainUntil];
}

/** Whole days from the request to the end of the retention. */
function remainingDays(facts: S3RequestFacts): string | undefined {
  if (facts.receivedAt === undefined) return undefined;
  const remainingMs = Date.parse(retainUntilOf(facts) ?? '') - facts.receivedAt.getTime();
  return Number.isNaN(remainingMs) ? undefined : String(Math.max(0, Math.ceil(remainingMs / DAY_MS)));
}
