import type { Bucket } from '../../state/services/s3-state';
import type { WireResponse } from '../../wire/http/message';
import { buildElement, type XmlContent, type XmlElement } from '../../wire/xml/xml-element';
import { type DocumentKind, readDocument } from '../documents/read-document';
import { type S3ErrorCode, s3Error } from '../request/errors';
import { elementResponse, emptyResponse, findBucket, type S3Operation, type S3Request } from '../request/request';

/** The answer for a bucket without the document: an error, or the document as S3 shows it then. */
export type Absent = { readonly error: S3ErrorCode } | { readonly content: XmlContent };

/** Checks that need more than the document's shape; returns the document as it is kept. */
export type Check = (document: XmlElement, bucket: Bucket, request: S3Request) => XmlElement;

/** Answers the document that was put, or what S3 answers in its absence. */
export function getConfiguration(root: string, absent: Absent): S3Operation {
  return (request) => {
    const document = findBucket(request).documents.get(root);
    if (document) return elementResponse(document);
    if ('error' in absent) throw s3Error(absent.error, { BucketName: request.bucketName });
    return elementResponse(buildElement(root, absent.content));
  };
}

/** Keeps the document in the body, once it is valid. */
export function putConfiguration(kind: DocumentKind, check: Check = (document) => document): S3Operation {
  return (request) => {
    const bucket = findBucket(request);
    const document = check(readDocument(request, kind), bucket, request);
    bucket.documents.set(kind.root, document);
    return emptyResponse(200);
  };
}

export function deleteConfiguration(root: string): S3Operation {
  return (request): WireResponse => {
    findBucket(request).documents.delete(root);
    return emptyResponse(204);
  };
}
