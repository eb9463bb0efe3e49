import { notImplemented } from '../../wire/http/aws-error';
import { childNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import { invalidArgument } from '../request/errors';
import { emptyResponse, findBucket, type S3Operation } from '../request/request';
import type { Check } from './configuration';
import { DEFAULT_ENCRYPTION } from './new-bucket';

const ROOT = 'ServerSideEncryptionConfiguration';

/**
 * Default encryption as it is kept: the bucket-key flag is always said, and what the document does not say about
 * blocked types stays as it was.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html
 */
export const checkEncryption: Check = (document, bucket) => {
  const rule = childNamed(document, 'Rule');
  const byDefault = childNamed(rule, 'ApplyServerSideEncryptionByDefault');
  const algorithm = childText(byDefault, 'SSEAlgorithm');
  if (algorithm === 'aws:kms:dsse' && childText(rule, 'BucketKeyEnabled')?.toLowerCase() === 'true') {
    throw notImplemented("a bucket key for the default encryption 'aws:kms:dsse'");
  }
  const keyId = childText(byDefault, 'KMSMasterKeyID');
  if (keyId !== undefined && algorithm === 'AES256') {
    const message = 'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms';
    throw invalidArgument(message, 'KMSMasterKeyID', keyId);
  }
  return withRule(rule, bucket.documents.get(ROOT));
};

/** Back to SSE-S3; what is blocked stays blocked. */
export const deleteEncryption: S3Operation = (request) => {
  const { documents } = findBucket(request);
  documents.set(ROOT, withRule(childNamed(withoutBlocked(DEFAULT_ENCRYPTION), 'Rule'), documents.get(ROOT)));
  return emptyResponse(204);
};

function withoutBlocked(document: XmlElement): XmlElement {
  const rules = document.children.map((rule) => ({
    ...rule,
    children: rule.children.filter((child) => child.name !== 'BlockedEncryptionTypes'),
  }));
  return { ...document, children: rules };
}

function withRule(rule: XmlElement | undefined, before: XmlElement | undefined): XmlElement {
  const byDefault =
    childNamed(rule, 'ApplyServerSideEncryptionByDefault') ??
    childNamed(childNamed(DEFAULT_ENCRYPTION, 'Rule'), 'ApplyServerSideEncryptionByDefault');
  const blocked =
    childNamed(rule, 'BlockedEncryptionTypes') ?? childNamed(childNamed(before, 'Rule'), 'BlockedEncryptionTypes');
  const isBucketKeyEnabled = childText(rule, 'BucketKeyEnabled')?.toLowerCase() === 'true';
  const bucketKey = { name: 'BucketKeyEnabled', attributes: {}, children: [], text: String(isBucketKeyEnabled) };
  const children = [byDefault, bucketKey, blocked].filter((child) => child !== undefined);
  return { name: ROOT, attributes: {}, text: '', children: [{ name: 'Rule', attributes: {}, text: '', children }] };
}
