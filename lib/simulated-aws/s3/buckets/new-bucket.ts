import { ObservedMap } from '../../state/maps/settling-map';
import { createObjectTable } from '../../state/services/object-table';
import type { Bucket } from '../../state/services/s3-state';
import { buildElement, type XmlElement } from '../../wire/xml/xml-element';

/** The choices of the caller when a bucket is made. */
export interface NewBucket {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly createdAt: Date;
  readonly isObjectLockEnabled: boolean;
  readonly objectOwnership: string;
  readonly tags: ReadonlyMap<string, string>;
}

/**
 * The encryption of a bucket that nobody configured: SSE-S3, and since April 2026 no uploads under SSE-C.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html
 */
export const DEFAULT_ENCRYPTION: XmlElement = buildElement('ServerSideEncryptionConfiguration', {
  Rule: {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
    BucketKeyEnabled: false,
    BlockedEncryptionTypes: { EncryptionType: 'SSE-C' },
  },
});

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html */
const EVERYTHING_BLOCKED = buildElement('PublicAccessBlockConfiguration', {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
});

/** A bucket as S3 makes it: encrypted, public access blocked, ACLs off. */
export function makeBucket(from: NewBucket): Bucket {
  const documents = [
    DEFAULT_ENCRYPTION,
    EVERYTHING_BLOCKED,
    buildElement('OwnershipControls', { Rule: { ObjectOwnership: from.objectOwnership } }),
  ];
  return {
    name: from.name,
    accountId: from.accountId,
    region: from.region,
    createdAt: from.createdAt,
    isObjectLockEnabled: from.isObjectLockEnabled,
    ...(from.isObjectLockEnabled ? { versioning: 'Enabled' as const } : {}),
    documents: new Map(documents.map((document) => [document.name, document])),
    transitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
    tags: from.tags,
    objects: createObjectTable(),
    uploads: new ObservedMap(),
  };
}
