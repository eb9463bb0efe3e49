import type { Bucket } from '../../state/services/s3-state';
import type { ObjectVersion, Retention } from '../../state/services/stored-object';
import { childNamed, childText } from '../../wire/xml/xml-element';
import { invalidArgument, invalidRequest } from '../request/errors';
import type { S3Request } from '../request/request';

/** Retention and legal hold that an object has or gets. */
export type Lock = Pick<ObjectVersion, 'retention' | 'legalHold'>;

const DAY_MS = 86_400_000;
const MODE_HEADER = 'x-amz-object-lock-mode';
const DATE_HEADER = 'x-amz-object-lock-retain-until-date';
const HOLD_HEADER = 'x-amz-object-lock-legal-hold';

/**
 * The lock that a new object gets: from its headers, else the bucket's default retention.
 *
 * @throws {AwsError} `InvalidRequest`, `InvalidArgument`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export function lockOfNewObject(request: S3Request, bucket: Bucket): Lock {
  const hold = request.headers[HOLD_HEADER];
  const retention = requestedRetention(request) ?? defaultRetention(request, bucket);
  const isAsked = [MODE_HEADER, DATE_HEADER, HOLD_HEADER].some((name) => request.headers[name] !== undefined);
  if (isAsked) requireLockEnabled(bucket);
  if (hold !== undefined && hold !== 'ON' && hold !== 'OFF') {
    throw invalidArgument('Legal Hold must be either of ON or OFF', HOLD_HEADER, hold);
  }
  return { ...(retention ? { retention } : {}), ...(hold === undefined ? {} : { legalHold: hold }) };
}

/** @throws {AwsError} `InvalidRequest` */
export function requireLockEnabled(bucket: Bucket): void {
  if (!bucket.isObjectLockEnabled) throw invalidRequest('Bucket is missing Object Lock Configuration');
}

/** An upload of a locked object has to prove that it is whole. @throws {AwsError} `InvalidRequest` */
export function requireLockIntegrity(lock: Lock, hasIntegrityCheck: boolean): void {
  if ((lock.retention || lock.legalHold) && !hasIntegrityCheck) {
    throw invalidRequest(
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
    );
  }
}

/** @throws {AwsError} `InvalidArgument` */
export function makeRetention(mode: string, date: string, now: Date): Retention {
  if (mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') {
    throw invalidArgument('Unknown wormMode directive.', MODE_HEADER, mode);
  }
  const retainUntil = new Date(date);
  if (Number.isNaN(retainUntil.getTime())) {
    throw invalidArgument('The retain until date must be provided in ISO 8601 format', DATE_HEADER, date);
  }
  if (retainUntil <= now) throw invalidArgument('The retain until date must be in the future!', DATE_HEADER, date);
  return { mode, retainUntil };
}

function requestedRetention({ headers, call }: S3Request): Retention | undefined {
  const mode = headers[MODE_HEADER];
  const date = headers[DATE_HEADER];
  if (mode === undefined && date === undefined) return undefined;
  if (mode === undefined || date === undefined) {
    const message = `${DATE_HEADER} and ${MODE_HEADER} must both be supplied`;
    throw invalidArgument(message, mode === undefined ? MODE_HEADER : DATE_HEADER, 'null');
  }
  return makeRetention(mode, date, call.account.now());
}

function defaultRetention({ call }: S3Request, bucket: Bucket): Retention | undefined {
  const rule = childNamed(bucket.documents.get('ObjectLockConfiguration'), 'Rule');
  const settings = childNamed(rule, 'DefaultRetention');
  if (!settings) return undefined;
  const mode = childText(settings, 'Mode') === 'COMPLIANCE' ? 'COMPLIANCE' : 'GOVERNANCE';
  const days = Number(childText(settings, 'Days') ?? 0) + 365 * Number(childText(settings, 'Years') ?? 0);
  return { mode, retainUntil: new Date(call.account.now().getTime() + days * DAY_MS) };
}
