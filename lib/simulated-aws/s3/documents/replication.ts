import { STORAGE_CLASSES } from '../../state/services/object-table';
import type { DocumentKind } from './read-document';
import { group, many, naturalNumber, nonEmptyText, oneOf, oneOrMore, required, text } from './shape';
import { tag } from './tagging';

const onOff = required(oneOf('Enabled', 'Disabled'));

/** Every storage class but FSX_OPENZFS, which no replica has. */
const replicaClass = oneOf(
  ...STORAGE_CLASSES,
  'OUTPOSTS',
  'SNOW',
  'EXPRESS_ONEZONE',
  'FSX_ONTAP',
  'AWS_BACKUP_WARM',
  'AWS_BACKUP_LOW_COST_WARM',
);

const destination = group({
  Bucket: required(nonEmptyText),
  Account: text,
  StorageClass: replicaClass,
  AccessControlTranslation: group({ Owner: required(oneOf('Destination')) }),
  EncryptionConfiguration: group({ ReplicaKmsKeyID: text }),
  ReplicationTime: group({ Status: onOff, Time: required(group({ Minutes: naturalNumber })) }),
  Metrics: group({ Status: onOff, EventThreshold: group({ Minutes: naturalNumber }) }),
});

const rule = group({
  ID: text,
  Priority: naturalNumber,
  Prefix: text,
  Filter: group({ Prefix: text, Tag: tag, And: group({ Prefix: text, Tag: many(tag) }) }),
  Status: onOff,
  SourceSelectionCriteria: group({
    SseKmsEncryptedObjects: group({ Status: onOff }),
    ReplicaModifications: group({ Status: onOff }),
  }),
  ExistingObjectReplication: group({ Status: onOff }),
  Destination: required(destination),
  DeleteMarkerReplication: group({ Status: oneOf('Enabled', 'Disabled') }),
});

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html */
export const replicationConfiguration: DocumentKind = {
  root: 'ReplicationConfiguration',
  shape: group({ Role: required(nonEmptyText), Rule: oneOrMore(rule) }),
};
