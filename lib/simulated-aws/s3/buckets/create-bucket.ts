import type { AccountState } from '../../state/account-state';
import type { Bucket } from '../../state/services/s3-state';
import { notImplemented } from '../../wire/http/aws-error';
import type { WireResponse } from '../../wire/http/message';
import { childNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import { isAclSent, refuseAcl } from '../acl/acl-headers';
import { readDocument } from '../documents/read-document';
import { createBucketConfiguration } from '../documents/tagging';
import { invalidArgument, s3Error } from '../request/errors';
import { bucketArn, type S3Request } from '../request/request';
import { tagsOf, validateTags } from '../request/tags';
import { isBucketName } from './bucket-name';
import { makeBucket } from './new-bucket';

const OWNERSHIPS = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export function createBucket(request: S3Request): WireResponse {
  const { account } = request.call;
  const name = request.bucketName;
  const configuration = readConfiguration(request);
  if (!isBucketName(name)) throw s3Error('InvalidBucketName', { BucketName: name });
  const region = requireLocation(childText(configuration, 'LocationConstraint'), account);
  const objectOwnership = ownershipOf(request);
  refuseBucketAcl(request, objectOwnership);
  const existing = account.s3.buckets.get(name);
  if (existing !== undefined) return existingBucket(request, existing);
  account.s3.buckets.set(
    name,
    makeBucket({
      name,
      accountId: account.accountId,
      region,
      createdAt: account.now(),
      isObjectLockEnabled: request.headers['x-amz-bucket-object-lock-enabled']?.toLowerCase() === 'true',
      objectOwnership,
      tags: validateTags(tagsOf(childNamed(configuration, 'Tags')), 'bucket'),
    }),
  );
  return created(request);
}

function readConfiguration(request: S3Request): XmlElement | undefined {
  return request.call.request.body.length === 0 ? undefined : readDocument(request, createBucketConfiguration);
}

/**
 * The region of the new bucket: that of the endpoint, which must be named; us-east-1 makes buckets for every region.
 *
 * @throws {AwsError} `InvalidLocationConstraint`, `IllegalLocationConstraintException`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucketConfiguration.html
 */
function requireLocation(location: string | undefined, { region, accounts }: AccountState): string {
  const wanted = location === undefined || location === '' ? 'us-east-1' : location;
  if (location === 'us-east-1') throw s3Error('InvalidLocationConstraint', { LocationConstraint: location });
  const named = wanted === 'EU' ? 'eu-west-1' : wanted;
  if (region !== 'us-east-1' && named !== region) throw s3Error('IllegalLocationConstraintException');
  if (!accounts.regions.includes(named)) throw s3Error('InvalidLocationConstraint', { LocationConstraint: wanted });
  return named;
}

function ownershipOf(request: S3Request): string {
  const ownership = request.headers['x-amz-object-ownership'] ?? 'BucketOwnerEnforced';
  if (!OWNERSHIPS.includes(ownership)) {
    throw invalidArgument('Invalid x-amz-object-ownership header', 'x-amz-object-ownership', ownership);
  }
  if ((request.headers['x-amz-bucket-namespace'] ?? 'global') !== 'global') {
    throw notImplemented("header 'x-amz-bucket-namespace' of CreateBucket other than 'global'");
  }
  return ownership;
}

/** The ACL that every bucket has is no ACL worth asking about. */
function isPrivate({ headers }: S3Request): boolean {
  return headers['x-amz-acl'] === 'private';
}

function refuseBucketAcl(request: S3Request, objectOwnership: string): void {
  if (isPrivate(request) || !isAclSent(request)) return;
  if (objectOwnership === 'BucketOwnerEnforced') throw s3Error('InvalidBucketAclWithObjectOwnership');
  refuseAcl(request, objectOwnership);
}

/** In us-east-1, for old times' sake, making one's own bucket again succeeds. */
function existingBucket(request: S3Request, existing: Bucket): WireResponse {
  if (existing.accountId !== request.call.account.accountId) {
    throw s3Error('BucketAlreadyExists', { BucketName: request.bucketName });
  }
  if (existing.region === 'us-east-1' && request.call.account.region === 'us-east-1') return created(request);
  throw s3Error('BucketAlreadyOwnedByYou', { BucketName: request.bucketName });
}

function created(request: S3Request): WireResponse {
  return {
    status: 200,
    headers: { location: `/${request.bucketName}`, 'x-amz-bucket-arn': bucketArn(request) },
  };
}
