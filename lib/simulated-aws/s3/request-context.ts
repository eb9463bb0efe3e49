import type { ContextValue } from '../../iam/types';
import type { AccessSubject } from './access';
import { commonContextKeys, contextKeysByAction } from './context-keys';
import { documentContext, remainingDays } from './document-context';
import { findVersion } from './objects/object-table';
import { parseTagHeader } from './objects/tag-header';
import type { S3Request } from './request';

type Context = Readonly<Record<string, ContextValue>>;

/** Operations that make an object, and those that only prepare one. */
const objectCreation: Readonly<Record<string, string>> = {
  PutObject: 'true',
  CopyObject: 'true',
  CompleteMultipartUpload: 'true',
  CreateMultipartUpload: 'false',
  UploadPart: 'false',
  UploadPartCopy: 'false',
};

/**
 * Actions whose condition keys include the tags of the object as it is; putting and deleting objects do not see them.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html
 */
const seesExistingTags =
  /^s3:(GetObject(Version)?(Acl|Attributes|Tagging)?|PutObject(Version)?(Acl|Tagging)|DeleteObject(Version)?Tagging)$/;

/** Actions whose condition keys include the tags that the request sends. */
const seesRequestTags = /^s3:(PutObject|PutObject(Version)?Tagging|BypassGovernanceRetention)$/;

/**
 * The condition keys of S3 that a request supplies for an action.
 *
 * A key is here only when the request carries its header or parameter: default encryption and the like come later.
 */
export function requestContext(request: S3Request, subject: AccessSubject): Context {
  return {
    ...transportContext(request),
    ...carriedContext(request, subject.action),
    ...creationContext(request, subject.action),
    ...tagContext(request, subject),
    ...documentContext(request, subject.action),
  };
}

function transportContext({ call, headers, query }: S3Request): Context {
  const { accountId } = call.account;
  const isPresigned = query.has('X-Amz-Signature');
  const isSigned = call.caller.principal.kind !== 'anonymous';
  return {
    's3:ResourceAccount': accountId,
    ...(call.request.tlsVersion === undefined ? {} : { 's3:TlsVersion': call.request.tlsVersion }),
    ...(isSigned ? { 's3:authType': isPresigned ? 'REST-QUERY-STRING' : 'REST-HEADER' } : {}),
    ...(isSigned ? { 's3:signatureversion': 'AWS4-HMAC-SHA256' } : {}),
    ...(isSigned ? signatureAge(query.get('X-Amz-Date') ?? headers['x-amz-date'], call.request.receivedAt) : {}),
  };
}

/** Milliseconds since the request was signed. */
function signatureAge(signedAt: string | undefined, receivedAt: Date): Context {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(signedAt ?? '');
  if (!parts) return {};
  const [, year, month, day, hour, minute, second] = parts;
  const ageMs = receivedAt.getTime() - Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return { 's3:signatureAge': String(Math.max(0, ageMs)) };
}

function carriedContext({ call, headers, query }: S3Request, action: string): Context {
  const keys = [...commonContextKeys, ...(contextKeysByAction[action] ?? [])];
  const found = keys.flatMap(({ key, header, query: parameter }) => {
    const value = header === undefined ? query.get(parameter ?? '') : carriedHeader(header, headers);
    return value === undefined ? [] : [[key, value] as const];
  });
  return { ...Object.fromEntries(found), ...retentionContext(action, headers, call.request.receivedAt) };
}

/** A copy source may begin with a slash, which conditions do not see. */
function carriedHeader(header: string, headers: S3Request['headers']): string | undefined {
  return header === 'x-amz-copy-source' ? headers[header]?.replace(/^\//, '') : headers[header];
}

/** Days from now to the end of the retention that the headers ask for. */
function retentionContext(action: string, headers: S3Request['headers'], now: Date): Context {
  const until = headers['x-amz-object-lock-retain-until-date'];
  return action === 's3:PutObject' || action === 's3:PutObjectRetention' ? remainingDays(until, now) : {};
}

function creationContext({ operation }: S3Request, action: string): Context {
  const creates = action === 's3:PutObject' ? objectCreation[operation] : undefined;
  return creates === undefined ? {} : { 's3:ObjectCreationOperation': creates };
}

function tagContext(request: S3Request, subject: AccessSubject): Context {
  const sent = seesRequestTags.test(subject.action) ? parseTagHeader(request.headers['x-amz-tagging']) : undefined;
  return {
    ...(sent ? { 's3:RequestObjectTagKeys': [...sent.keys()], ...prefixed('s3:RequestObjectTag/', sent) } : {}),
    ...(seesExistingTags.test(subject.action) ? existingTags(request, subject) : {}),
  };
}

function existingTags(request: S3Request, { bucketName, key, versionId }: AccessSubject): Context {
  const bucket = request.call.account.s3.buckets.get(bucketName);
  if (!bucket || key === undefined) return {};
  const version = findVersion(bucket.objects, key, versionId);
  return version?.kind === 'object' ? prefixed('s3:ExistingObjectTag/', version.tags) : {};
}

function prefixed(prefix: string, tags: ReadonlyMap<string, string>): Context {
  return Object.fromEntries([...tags].map(([key, value]) => [`${prefix}${key}`, value]));
}
