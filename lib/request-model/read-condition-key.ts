import type { S3RequestFacts } from './facts';
import { OBJECT_LOCK_HEADERS, parseTagHeader } from './headers';
import type { Context } from './question';
import type { Target } from './target';

/** Condition keys and how their values are read; what is absent from the request is absent from the context. */
export interface ConditionKeys {
  /** As AWS lists them; `*` stands for the part that an author chooses. */
  readonly keys: readonly string[];
  readonly read: (facts: S3RequestFacts, target: Target) => Context;
}

export function fromHeader(key: string, header: string): ConditionKeys {
  return { keys: [key], read: ({ headers }) => present(key, headers[header]) };
}

export function fromQuery(key: string, parameter: string): ConditionKeys {
  return { keys: [key], read: ({ query }) => present(key, query[parameter]) };
}

export function present(key: string, value: string | undefined): Context {
  return value === undefined ? {} : { [key]: value };
}

/** One key for each tag, with what AWS puts before the tag's own key. */
function tagContext(prefix: string, tags: Iterable<readonly [string, string]>): Context {
  return Object.fromEntries([...tags].map(([key, value]) => [`${prefix}${key}`, value]));
}

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

/**
 * The tags of the object as it is; putting and deleting objects do not see them.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html
 */
export const EXISTING_TAGS: ConditionKeys = {
  keys: ['s3:ExistingObjectTag/*'],
  read: (_facts, { object }) =>
    object === undefined || object === 'missing'
      ? {}
      : tagContext('s3:ExistingObjectTag/', Object.entries(object.tags ?? {})),
};

/** The tags of the role that is passed on. */
export const ROLE_TAGS: ConditionKeys = {
  keys: ['aws:ResourceTag/*', 'iam:ResourceTag/*'],
  read: (_facts, { role }) => {
    const tags = Object.entries(role?.tags ?? {});
    return { ...tagContext('aws:ResourceTag/', tags), ...tagContext('iam:ResourceTag/', tags) };
  },
};

/** The tags that the request gives an object, in its header or as its document. */
export const REQUEST_OBJECT_TAGS: ConditionKeys = {
  keys: ['s3:RequestObjectTag/*', 's3:RequestObjectTagKeys'],
  read: ({ headers, document }) => {
    const tags = document?.tags ? new Map(Object.entries(document.tags)) : parseTagHeader(headers['x-amz-tagging']);
    return tags ? { 's3:RequestObjectTagKeys': [...tags.keys()], ...tagContext('s3:RequestObjectTag/', tags) } : {};
  },
};

/** The tags that the request puts on a resource; none when there are none. */
export const REQUEST_TAGS: ConditionKeys = {
  keys: ['aws:RequestTag/*', 'aws:TagKeys'],
  read: ({ document }) => {
    const tags = Object.entries(document?.tags ?? {});
    return tags.length === 0 ? {} : { 'aws:TagKeys': tags.map(([key]) => key), ...tagContext('aws:RequestTag/', tags) };
  },
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_UntagResource.html */
export const REMOVED_TAG_KEYS: ConditionKeys = {
  keys: ['aws:TagKeys'],
  read: ({ query }) => ({ 'aws:TagKeys': (query.tagKeys ?? '').split(',') }),
};
