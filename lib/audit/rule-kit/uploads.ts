import type { Statement } from '../../iam';
import type { BucketSubject, Subject } from '../subject/subject';
import { type AskBucket, type Circumstances, OVER_TLS } from './bucket-questions';
import { type Asking, administrator, rolesOf } from './callers';
import { sparedCallers } from './spared-callers';

export const SSE = 's3:x-amz-server-side-encryption';
export const SSE_KEY = 's3:x-amz-server-side-encryption-aws-kms-key-id';
export const SSE_C = 's3:x-amz-server-side-encryption-customer-algorithm';

const HEADERS: readonly string[] = [SSE, SSE_KEY, SSE_C];

/** An upload with these headers. */
interface Upload {
  readonly subject: Subject;
  readonly headers: Circumstances;
}

/** Whether the bucket's policy denies it to the roles of the stack, to an administrator and to whom denials may spare. */
export function isUploadDenied(ask: AskBucket, bucket: BucketSubject, { subject, headers }: Upload): boolean {
  const callers = [...rolesOf(subject), administrator(subject), ...sparedCallers(subject, bucket, HEADERS)];
  return callers.every((caller) => deniedBy(caller, ask, headers).length > 0);
}

/**
 * Whether it keeps a role of the stack from such an upload because of the headers; where no role is known, an
 * administrator. A denial for another reason is for the permission proof to tell.
 */
export function isUploadHindered(ask: AskBucket, { policy }: BucketSubject, { subject, headers }: Upload): boolean {
  const roles = rolesOf(subject);
  const about = policy.state === 'known' ? policy.value.statements.filter(readsHeaders).map(({ id }) => id) : [];
  return (roles.length > 0 ? roles : [administrator(subject)]).some((caller) =>
    deniedBy(caller, ask, headers).some((statement) => about.includes(statement)),
  );
}

function readsHeaders({ conditions }: Statement): boolean {
  return conditions.some(({ key }) => key.toLowerCase().startsWith(SSE));
}

function deniedBy(caller: Asking, ask: AskBucket, headers: Circumstances): readonly string[] {
  const circumstances = { ...OVER_TLS, ...headers };
  const decision = ask({ caller, action: 's3:PutObject', on: 'object', circumstances });
  return decision.result === 'explicitly-denied' ? decision.by.map(({ statement }) => statement) : [];
}

/** Buckets of the stack that only take access logs hold no backups. */
export function takesBackups({ takesLogs }: BucketSubject): boolean {
  return !takesLogs;
}
