import type { BucketSubject, Subject } from '../subject/subject';
import { type AskBucket, type Circumstances, OVER_TLS } from './bucket-questions';
import { administrator } from './callers';

export const SSE = 's3:x-amz-server-side-encryption';
export const SSE_KEY = 's3:x-amz-server-side-encryption-aws-kms-key-id';
export const SSE_C = 's3:x-amz-server-side-encryption-customer-algorithm';

/** Whether an upload with these headers is denied by the bucket's policy. */
export function isUploadDenied(ask: AskBucket, subject: Subject, headers: Circumstances): boolean {
  const question = {
    caller: administrator(subject),
    action: 's3:PutObject',
    on: 'object' as const,
    circumstances: { ...OVER_TLS, ...headers },
  };
  return ask(question).result === 'explicitly-denied';
}

/** Buckets of the stack that only take access logs hold no backups. */
export function takesBackups({ takesLogs }: BucketSubject): boolean {
  return !takesLogs;
}
