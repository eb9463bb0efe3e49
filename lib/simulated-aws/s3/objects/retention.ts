import type { ObjectVersion, Retention } from '../../state/services/stored-object';
import { childText, type XmlElement } from '../../wire/xml/xml-element';
import { legalHold as legalHoldDocument, retention as retentionDocument } from '../documents/objects';
import { readDocument } from '../documents/read-document';
import { keptByLock, malformedXml, s3Error } from '../request/errors';
import { emptyResponse, findBucket, type S3Operation, type S3Request, xmlResponse } from '../request/request';
import { findObject, referenceOf } from './find-object';
import { makeRetention, requireLockEnabled } from './object-lock';
import { mayBypass } from './remove-version';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectRetention.html */
export const getObjectRetention: S3Operation = (request) => {
  requireLockEnabled(findBucket(request));
  const { retention } = findObject(request);
  if (!retention) throw s3Error('NoSuchObjectLockConfiguration', { Key: request.key });
  return xmlResponse('Retention', { Mode: retention.mode, RetainUntilDate: retention.retainUntil.toISOString() });
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html */
export const putObjectRetention: S3Operation = (request) => {
  requireLockEnabled(findBucket(request));
  const version = findObject(request);
  const wanted = readRetention(request, readDocument(request, retentionDocument));
  if (isWeaker(wanted, version, request.call.account.now())) requireBypass(request, version);
  if (wanted) version.retention = wanted;
  else delete version.retention;
  return emptyResponse(200);
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLegalHold.html */
export const getObjectLegalHold: S3Operation = (request) => {
  requireLockEnabled(findBucket(request));
  const { legalHold } = findObject(request);
  if (!legalHold) throw s3Error('NoSuchObjectLockConfiguration', { Key: request.key });
  return xmlResponse('LegalHold', { Status: legalHold });
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html */
export const putObjectLegalHold: S3Operation = (request) => {
  requireLockEnabled(findBucket(request));
  const version = findObject(request);
  const document = readDocument(request, legalHoldDocument);
  version.legalHold = childText(document, 'Status') === 'ON' ? 'ON' : 'OFF';
  return emptyResponse(200);
};

/** An empty document takes the retention away. */
function readRetention(request: S3Request, document: XmlElement): Retention | undefined {
  const mode = childText(document, 'Mode');
  const date = childText(document, 'RetainUntilDate');
  if (mode === undefined && date === undefined) return undefined;
  if (mode === undefined || date === undefined) throw malformedXml();
  return makeRetention(mode, date, request.call.account.now());
}

function isWeaker(wanted: Retention | undefined, { retention }: ObjectVersion, now: Date): boolean {
  if (!retention || retention.retainUntil <= now) return false;
  if (!wanted || wanted.retainUntil < retention.retainUntil) return true;
  return retention.mode === 'COMPLIANCE' && wanted.mode === 'GOVERNANCE';
}

function requireBypass(request: S3Request, version: ObjectVersion): void {
  const isHard = version.retention?.mode === 'COMPLIANCE';
  if (isHard || !mayBypass(request, referenceOf(request), version)) throw keptByLock();
}
