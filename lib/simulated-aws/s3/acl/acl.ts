import { notImplemented } from '../../wire/http/aws-error';
import type { WireResponse } from '../../wire/http/message';
import { buildElement, childNamed, childrenNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import { accessControlPolicy } from '../documents/bucket-documents';
import { readDocument } from '../documents/read-document';
import { s3Error } from '../request/errors';
import {
  elementResponse,
  emptyResponse,
  findBucket,
  ownerOfBucket,
  type S3Operation,
  type S3Request,
} from '../request/request';
import { objectOwnershipOf, refuseAcl } from './acl-headers';

const SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/** The only access control list there is: the owner of the bucket has full control. */
export function ownerAcl(request: S3Request): WireResponse {
  const id = ownerOfBucket(request);
  const policy = buildElement('AccessControlPolicy', {
    Owner: { ID: id },
    AccessControlList: { Grant: { Grantee: { ID: id }, Permission: 'FULL_CONTROL' } },
  });
  return elementResponse(withGranteeType(policy));
}

function withGranteeType(element: XmlElement): XmlElement {
  const attributes =
    element.name === 'Grantee' ? { 'xmlns:xsi': SCHEMA_INSTANCE, 'xsi:type': 'CanonicalUser' } : element.attributes;
  return { ...element, attributes, children: element.children.map(withGranteeType) };
}

export const getBucketAcl: S3Operation = (request) => ownerAcl(request);

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html */
export const putBucketAcl: S3Operation = (request) => {
  const bucket = findBucket(request);
  const ownership = objectOwnershipOf(bucket);
  refuseAcl(request, ownership, bucket);
  refuseAclDocument(request, ownership);
  return emptyResponse(200);
};

/**
 * Takes a document that says what is so already, and refuses any other.
 *
 * @throws {AwsError} `AccessControlListNotSupported`, `NotImplemented`
 */
export function refuseAclDocument(request: S3Request, ownership: string): void {
  if (request.call.request.body.length === 0) return;
  const document = readDocument(request, accessControlPolicy);
  if (grantsOwnerOnly(document, ownerOfBucket(request))) return;
  if (ownership === 'BucketOwnerEnforced') throw s3Error('AccessControlListNotSupported');
  throw notImplemented(`an AccessControlPolicy of ${request.operation} with grants to others than the owner`);
}

function grantsOwnerOnly(document: XmlElement, ownerId: string): boolean {
  const grants = childrenNamed(childNamed(document, 'AccessControlList'), 'Grant');
  return grants.every(
    (grant) =>
      childText(childNamed(grant, 'Grantee'), 'ID') === ownerId && childText(grant, 'Permission') === 'FULL_CONTROL',
  );
}
