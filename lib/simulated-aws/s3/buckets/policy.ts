import { ToolkitError } from '../../../errors';
import {
  bucketConditionProblem,
  bucketStatementProblem,
  isPublicPolicy,
  MOST_OF_POLICY,
  parsePolicy,
  requireUnderstood,
  sizeOfPolicy,
} from '../../../iam';
import type { Policy } from '../../../iam/types';
import { pinPrincipals, shownText } from '../../state/pinned-principals';
import type { PinnedPolicy } from '../../state/services/pinned-policy';
import { changePolicy } from '../../state/services/s3-state';
import { AwsError } from '../../wire/http/aws-error';
import type { WireResponse } from '../../wire/http/message';
import { verifyBody } from '../checksums/body-integrity';
import { s3Error } from '../request/errors';
import { isBlocked } from '../request/public-access-block';
import {
  bucketArn,
  emptyResponse,
  findBucket,
  type S3Operation,
  type S3Request,
  xmlResponse,
} from '../request/request';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
export const getBucketPolicy: S3Operation = (request): WireResponse => {
  requireOwnAccount(request);
  const body = shownText(requirePolicy(request), request.call.account.iam);
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html */
export const getBucketPolicyStatus: S3Operation = (request) => {
  return xmlResponse('PolicyStatus', { IsPublic: isPublicPolicy(requirePolicy(request).parsed) });
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
export const putBucketPolicy: S3Operation = (request) => {
  const bucket = findBucket(request);
  requireOwnAccount(request);
  verifyBody(request);
  const text = request.call.request.body.toString('utf8');
  const parsed = parseBucketPolicy(request, text);
  requireUnderstood(parsed);
  if (isBlocked(bucket, 'BlockPublicPolicy') && isPublicPolicy(parsed)) throw publicPolicyBlocked(request);
  const refusal = () => malformedPolicy('Invalid principal in policy');
  const policy = pinPrincipals({ text, parsed }, request.call.account, refusal);
  changePolicy(bucket, policy, request.call.account.s3.propagation);
  return emptyResponse(204);
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html */
export const deleteBucketPolicy: S3Operation = (request) => {
  requireOwnAccount(request);
  changePolicy(findBucket(request), undefined, request.call.account.s3.propagation);
  return emptyResponse(204);
};

/** A bucket policy may allow others what they are refused all the same. */
function requireOwnAccount(request: S3Request): void {
  const { principal } = request.call.caller;
  const account = 'account' in principal ? principal.account : undefined;
  if (account === findBucket(request).accountId) return;
  throw s3Error('MethodNotAllowed', { Method: request.call.request.method, ResourceType: 'BUCKETPOLICY' });
}

function requirePolicy(request: S3Request): PinnedPolicy {
  const { policy, name } = findBucket(request);
  if (!policy) throw s3Error('NoSuchBucketPolicy', { BucketName: name });
  return policy;
}

/** @throws {AwsError} `MalformedPolicy`; `PolicyTooLarge`, over 20 KB */
function parseBucketPolicy(request: S3Request, text: string): Policy {
  if (sizeOfPolicy(text, 'bucket') > MOST_OF_POLICY.bucket.most) {
    throw new AwsError(400, 'PolicyTooLarge', 'Policy exceeds the maximum allowed document size.');
  }
  try {
    const policy = parsePolicy(text, `bucket policy of '${request.bucketName}'`, { kind: 'resource' });
    const [problem] = policy.statements.flatMap(
      (one) => bucketStatementProblem(one, bucketArn(request)) ?? bucketConditionProblem(one) ?? [],
    );
    if (problem !== undefined) throw malformedPolicy(problem);
    return policy;
  } catch (error) {
    if (error instanceof ToolkitError) throw malformedPolicy(error.message);
    throw error;
  }
}

function malformedPolicy(message: string): AwsError {
  return new AwsError(400, 'MalformedPolicy', message);
}

function publicPolicyBlocked(request: S3Request): AwsError {
  const { principal } = request.call.caller;
  const who = 'arn' in principal ? principal.arn : 'anonymous';
  const what = `s3:PutBucketPolicy on resource: "${bucketArn(request)}"`;
  const why = 'because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access';
  return new AwsError(403, 'AccessDenied', `User: ${who} is not authorized to perform: ${what} ${why}`);
}
