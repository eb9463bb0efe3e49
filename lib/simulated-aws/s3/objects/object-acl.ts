import { ownerAcl, refuseAclDocument } from '../acl/acl';
import { objectOwnershipOf, refuseAcl } from '../acl/acl-headers';
import { emptyResponse, findBucket, type S3Operation } from '../request/request';
import { findObject } from './find-object';

export const getObjectAcl: S3Operation = (request) => {
  findObject(request);
  return ownerAcl(request);
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html */
export const putObjectAcl: S3Operation = (request) => {
  const bucket = findBucket(request);
  findObject(request);
  const ownership = objectOwnershipOf(bucket);
  refuseAcl(request, ownership, bucket);
  refuseAclDocument(request, ownership);
  return emptyResponse(200);
};
