import type { Decision } from '../../iam/types';
import type { AccessQuestion } from '../service';
import { accessDenied } from './access-denied';
import { isBlocked } from './buckets/public-access-block';
import { bucketArn, objectArn, type S3Request } from './request';
import { requestContext } from './request-context';
import type { AccessRule } from './routes/route';
import type { Bucket } from './state';

/** What a question is about: an action on the bucket, or on the object when there is a key. */
export interface AccessSubject {
  readonly action: string;
  readonly bucketName: string;
  readonly key?: string;
  /** The version that is meant, for the tags that it has. */
  readonly versionId?: string;
  /** Condition keys on top of those that the request itself carries. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** The answer to one question, by every policy that has a say in it. */
export function decideAccess(request: S3Request, subject: AccessSubject): Decision {
  const { account } = request.call;
  return request.call.decide({
    action: subject.action,
    resource: resourceOf(request, subject),
    resourceAccount: account.accountId,
    ...protectionOf(account.s3.buckets.get(subject.bucketName)),
    context: { ...requestContext(request, subject), ...subject.context },
  });
}

/** What the bucket itself has to say to a request. */
function protectionOf(bucket: Bucket | undefined): Pick<AccessQuestion, 'resourcePolicy' | 'publicAccessBlock'> {
  if (bucket?.policy === undefined) return {};
  const restrictPublicBuckets = isBlocked(bucket, 'RestrictPublicBuckets');
  return { resourcePolicy: bucket.policy.parsed, publicAccessBlock: { restrictPublicBuckets } };
}

/** @throws {AwsError} `AccessDenied` */
export function requireAccess(request: S3Request, subject: AccessSubject): void {
  const decision = decideAccess(request, subject);
  if (decision.result !== 'allowed') {
    throw accessDenied(request, { ...subject, resource: resourceOf(request, subject) }, decision);
  }
}

/** Asks every question that the route names. @throws {AwsError} `AccessDenied` */
export function requireRouteAccess(request: S3Request, rules: readonly AccessRule[]): void {
  const versionId = request.query.get('versionId');
  for (const rule of rules.filter((candidate) => isAsked(candidate, request))) {
    const action = versionId === undefined ? rule.action : (rule.versionAction ?? rule.action);
    requireAccess(request, {
      action,
      bucketName: request.bucketName,
      ...(request.key === '' ? {} : { key: request.key }),
      ...(versionId === undefined ? {} : { versionId }),
    });
  }
}

function isAsked(rule: AccessRule, request: S3Request): boolean {
  return rule.whenHeader === undefined || rule.whenHeader.some((name) => request.headers[name] !== undefined);
}

function resourceOf(request: S3Request, { bucketName, key }: AccessSubject): string {
  // What no bucket owns is asked for every bucket: policies write it as `*` or as `arn:aws:s3:::*`.
  if (bucketName === '') return bucketArn(request, '*');
  return key === undefined ? bucketArn(request, bucketName) : objectArn(request, key, bucketName);
}

/** Whether the caller may list the bucket: it decides whether a missing key may be called missing. */
export function mayList(request: S3Request, bucket: Bucket): boolean {
  return decideAccess(request, { action: 's3:ListBucket', bucketName: bucket.name }).result === 'allowed';
}
