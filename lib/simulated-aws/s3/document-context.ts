import type { ContextValue } from '../../iam/types';
import { readXml } from '../wire/xml';
import { tagsOf } from './buckets/tags';
import type { S3Request } from './request';
import { childNamed, childText, type XmlElement } from './xml';

type Context = Readonly<Record<string, ContextValue>>;

const dayMs = 86_400_000;

/** What of its document each operation shows to conditions, by its action. */
const readers: Readonly<Record<string, (document: XmlElement, request: S3Request) => Context>> = {
  's3:PutObjectTagging': objectTags,
  's3:PutObjectVersionTagging': objectTags,
  's3:TagResource': (document) => requestTagContext(tagsOf(childNamed(document, 'Tags'))),
  's3:PutObjectRetention': (document, { call }) => ({
    ...present('s3:object-lock-mode', childText(document, 'Mode')),
    ...present('s3:object-lock-retain-until-date', childText(document, 'RetainUntilDate')),
    ...remainingDays(childText(document, 'RetainUntilDate'), call.request.receivedAt),
  }),
  's3:PutObjectLegalHold': (document) => present('s3:object-lock-legal-hold', childText(document, 'Status')),
};

/** Operations whose body is a document that conditions may ask for. */
const withDocument: readonly string[] = ['PutObjectTagging', 'PutObjectRetention', 'PutObjectLegalHold', 'TagResource'];

/**
 * The condition keys that come from the document in the body.
 *
 * A document that cannot be read has none: that it is malformed is said after access is decided.
 */
export function documentContext(request: S3Request, action: string): Context {
  const reader = withDocument.includes(request.operation) ? readers[action] : undefined;
  const document = reader && tryReadXml(request.call.request.body);
  return reader && document ? reader(document, request) : {};
}

/** Whole days from now until then, as `s3:object-lock-remaining-retention-days` counts them. */
export function remainingDays(until: string | undefined, now: Date): Context {
  const remainingMs = Date.parse(until ?? '') - now.getTime();
  return Number.isNaN(remainingMs)
    ? {}
    : { 's3:object-lock-remaining-retention-days': String(Math.max(0, Math.ceil(remainingMs / dayMs))) };
}

function objectTags(document: XmlElement): Context {
  const tags = tagsOf(childNamed(document, 'TagSet'));
  const named = tags.map(([key, value]) => [`s3:RequestObjectTag/${key}`, value] as const);
  return { 's3:RequestObjectTagKeys': tags.map(([key]) => key), ...Object.fromEntries(named) };
}

/** The condition keys of the tags that a request puts on a resource; none when there are none. */
export function requestTagContext(tags: ReturnType<typeof tagsOf>): Context {
  if (tags.length === 0) return {};
  const named = tags.map(([key, value]) => [`aws:RequestTag/${key}`, value] as const);
  return { 'aws:TagKeys': tags.map(([key]) => key), ...Object.fromEntries(named) };
}

function present(key: string, value: string | undefined): Context {
  return value === undefined ? {} : { [key]: value };
}

function tryReadXml(body: Buffer): XmlElement | undefined {
  try {
    return readXml(body);
  } catch {
    return undefined;
  }
}
