import { createHash } from 'node:crypto';
import type { BucketFacts } from '../../../request-model';
import type { Call } from '../../service/service';
import type { Bucket } from '../../state/services/s3-state';
import type { WireResponse } from '../../wire/http/message';
import { writeXml } from '../../wire/xml/xml';
import { childNamed, childText, renderElement, type XmlContent, type XmlElement } from '../../wire/xml/xml-element';
import { s3Error } from './errors';

/** A request to S3: what it points at and what it says, ready for an operation. */
export interface S3Request {
  readonly call: Call;
  /** AWS's name of the operation. */
  readonly operation: string;
  readonly bucketName: string;
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  /** Lower-case names; those that a presigned URL carries in its query are here as well. */
  readonly headers: Readonly<Record<string, string>>;
}

export type S3Operation = (request: S3Request) => WireResponse;

/** @throws {AwsError} `NoSuchBucket` */
export function findBucket(request: S3Request, name: string = request.bucketName): Bucket {
  const bucket = request.call.account.s3.buckets.get(name);
  if (!bucket) throw s3Error('NoSuchBucket', { BucketName: name });
  return bucket;
}

/** A bucket that is to be made, or is not there, is the caller's own, as S3 would make it. */
export function bucketFacts({ call, operation }: S3Request, name: string): BucketFacts {
  const { accountId, region, s3 } = call.account;
  const bucket = operation === 'CreateBucket' ? undefined : s3.buckets.get(name);
  return {
    name,
    account: bucket?.accountId ?? accountId,
    region: bucket?.region ?? region,
    defaultEncryption: defaultEncryption(bucket),
  };
}

function defaultEncryption(bucket: Bucket | undefined): BucketFacts['defaultEncryption'] {
  const rule = childNamed(bucket?.documents.get('ServerSideEncryptionConfiguration'), 'Rule');
  const settings = childNamed(rule, 'ApplyServerSideEncryptionByDefault');
  const kmsKey = childText(settings, 'KMSMasterKeyID');
  return {
    algorithm: childText(settings, 'SSEAlgorithm') ?? 'AES256',
    ...(kmsKey === undefined ? {} : { kmsKey }),
    isBucketKeyEnabled: childText(rule, 'BucketKeyEnabled')?.toLowerCase() === 'true',
  };
}

/** `arn:<partition>:s3:::<bucket>` */
export function bucketArn(request: S3Request, name: string = request.bucketName): string {
  return `arn:${request.call.account.partition}:s3:::${name}`;
}

/** The canonical user id of an account: stable, and as opaque as AWS's own. */
export function canonicalUserId(accountId: string): string {
  return createHash('sha256').update(`canonical user ${accountId}`).digest('hex');
}

/** The canonical user id of the account that owns the bucket of the request, and with it every object in there. */
export function ownerOfBucket(request: S3Request): string {
  return canonicalUserId(findBucket(request).accountId);
}

type Headers = Readonly<Record<string, string>>;

const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const CONTROL_NAMESPACE = 'http://awss3control.amazonaws.com/doc/2018-08-20/';

/** A document of S3 with these elements. */
export function xmlResponse(root: string, content: XmlContent, headers: Headers = {}): WireResponse {
  return documentResponse(writeXml(root, content, S3_NAMESPACE), headers);
}

/** A document of S3 Control with these elements. */
export function controlResponse(root: string, content: XmlContent): WireResponse {
  return documentResponse(writeXml(root, content, CONTROL_NAMESPACE));
}

/** A document of S3 as it is. */
export function elementResponse(element: XmlElement, headers: Headers = {}): WireResponse {
  const rooted = { ...element, attributes: { xmlns: S3_NAMESPACE, ...element.attributes } };
  return documentResponse(renderElement(rooted), headers);
}

function documentResponse(document: string, headers: Headers = {}): WireResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${document}`,
  };
}

export function emptyResponse(status: 200 | 204, headers: Headers = {}): WireResponse {
  return { status, headers };
}
