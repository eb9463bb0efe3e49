import type { Decision } from '../../../iam/types';
import {
  type AccessQuestionFacts,
  type BatchEntry,
  questionsAt,
  type S3RequestFacts,
  type Step,
  type TransportFacts,
} from '../../../request-model';
import { accessDeniedMessage } from '../../service/access';
import type { AccessQuestion, Call } from '../../service/service';
import { type Bucket, policyInForce } from '../../state/services/s3-state';
import { AwsError } from '../../wire/http/aws-error';
import { s3Error } from './errors';
import { isBlocked } from './public-access-block';
import { bucketFacts, findBucket, type S3Request } from './request';
import { documentFacts, objectState, sourceFacts, uploadFacts } from './request-facts';

/** Facts that only the operation knows. */
export type KnownFacts = Partial<Pick<S3RequestFacts, 'accessPoint' | 'bucket' | 'object' | 'objects'>>;

/** The facts about a request that the request model needs, as the account is now. */
export function factsOf(request: S3Request, known: KnownFacts = {}): S3RequestFacts {
  const { call, operation, key } = request;
  const { principal } = call.caller;
  return {
    operation,
    partition: call.account.partition,
    ...('account' in principal ? { callerAccount: principal.account } : {}),
    query: Object.fromEntries(request.query),
    headers: request.headers,
    transport: transportFacts(request),
    receivedAt: call.request.receivedAt,
    ...(request.bucketName === '' ? {} : { bucket: bucketFacts(request, request.bucketName) }),
    ...(key === '' ? {} : { key, object: objectState(request, request.bucketName, { ...versionOf(request), key }) }),
    ...sourceFacts(request),
    ...uploadFacts(request),
    ...documentFacts(request),
    ...known,
  };
}

/** Asks every question of one step. @throws {AwsError} `AccessDenied`, at the first no */
export function requireAccess(request: S3Request, step: Step, known?: KnownFacts): void {
  for (const question of questionsAt(step, factsOf(request, known))) {
    const decision = decide(request, question);
    if (decision.result !== 'allowed') throw accessDenied(request, question, decision);
  }
}

/** Whether the request leads to questions at this step, and every policy with a say answers them with yes. */
export function hasAccess(request: S3Request, step: Step, known?: KnownFacts): boolean {
  const questions = questionsAt(step, factsOf(request, known));
  return questions.length > 0 && questions.every((question) => decide(request, question).result === 'allowed');
}

function transportFacts({ call, query }: S3Request): TransportFacts {
  const { isSecure, tlsVersion } = call.request;
  const isSigned = call.caller.principal.kind !== 'anonymous';
  const authType = query.has('X-Amz-Signature') ? 'REST-QUERY-STRING' : 'REST-HEADER';
  return { isSecure, ...(tlsVersion === undefined ? {} : { tlsVersion }), ...(isSigned ? { authType } : {}) };
}

function versionOf({ query }: S3Request): Pick<BatchEntry, 'versionId'> {
  const versionId = query.get('versionId');
  return versionId === undefined ? {} : { versionId };
}

function decide({ call }: S3Request, question: AccessQuestionFacts): Decision {
  const { action, resource, resourceAccount, bucketName, context } = question;
  const bucket = bucketName === undefined ? undefined : call.account.s3.buckets.get(bucketName);
  return call.decide({
    action,
    resource,
    resourceAccount,
    ...(bucket?.accountId === resourceAccount ? protectionOf(call, bucket) : {}),
    context,
  });
}

/** The bucket's own policy and public access block, for a request. */
function protectionOf({ account }: Call, bucket: Bucket): Pick<AccessQuestion, 'resourcePolicy' | 'publicAccessBlock'> {
  const policy = policyInForce(bucket, account.s3.propagation);
  if (policy === undefined) return {};
  const restrictPublicBuckets = isBlocked(bucket, 'RestrictPublicBuckets');
  return { resourcePolicy: policy.parsed, publicAccessBlock: { restrictPublicBuckets } };
}

/**
 * `AccessDenied`, with the policy type that said no; an anonymous caller is told nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
 */
function accessDenied(
  request: S3Request,
  denied: { readonly action: string; readonly resource: string },
  denial: Exclude<Decision, { readonly result: 'allowed' }>,
): AwsError {
  const { call, operation } = request;
  const { principal } = call.caller;
  // HeadBucket tells the region also to who may not see the bucket, so that clients find their way.
  const headers = operation === 'HeadBucket' ? { 'x-amz-bucket-region': findBucket(request).region } : {};
  if (principal.kind === 'anonymous') return s3Error('AccessDenied', {}, headers);
  const quoted = { action: denied.action, resource: `"${denied.resource}"` };
  return new AwsError(403, 'AccessDenied', accessDeniedMessage(principal, quoted, denial), {}, headers);
}
