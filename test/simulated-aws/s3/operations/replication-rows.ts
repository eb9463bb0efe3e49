import { StorageClass } from '@aws-sdk/client-s3';
import { replica, versioned } from './given';
import { type ErrorRow, rowsOf, type Sent, type SuccessRow, xml } from './row';

const role = '<Role>arn:aws:iam::111122223333:role/r</Role>';
const to = (bucket: string, more = '') => `<Destination><Bucket>${bucket}</Bucket>${more}</Destination>`;
const toReplica = (more = '') => to('arn:aws:s3:::replica', more);
const rule = (content: string) => `<Rule><Status>Enabled</Status>${content}</Rule>`;
const put = (...contents: readonly string[]): Sent => ({
  request: 'PUT /acme?replication',
  body: xml('ReplicationConfiguration', contents.join('')),
});
const one = (content: string) => put(role, rule(content));
const priority = (number: number) => `<Priority>${number}</Priority>`;
const markers = (status: string) => `<DeleteMarkerReplication><Status>${status}</Status></DeleteMarkerReplication>`;
const tag = '<Tag><Key>a</Key><Value>v</Value></Tag>';
const second = (filter: string, status = 'Disabled') => `<Filter>${filter}</Filter>${priority(1)}${markers(status)}`;
const inTime = (minutes: number) =>
  `<ReplicationTime><Status>Enabled</Status><Time><Minutes>${minutes}</Minutes></Time></ReplicationTime>`;
const metrics = (minutes: number) =>
  `<Metrics><Status>Enabled</Status><EventThreshold><Minutes>${minutes}</Minutes></EventThreshold></Metrics>`;
const toOwner = '<AccessControlTranslation><Owner>Destination</Owner></AccessControlTranslation>';
const classOf = (name: string) => `<StorageClass>${name}</StorageClass>`;
const replicaClasses = Object.values(StorageClass).filter((name) => name !== 'FSX_OPENZFS');
const account = '<Account>444455556666</Account>';

const replicates = ['iam:PassRole', 's3:PutReplicationConfiguration'];
const given = [versioned, ...replica];
const invalid = { code: 'InvalidRequest', status: 400, given };
const argument = { code: 'InvalidArgument', status: 400, fields: ['ArgumentName', 'ArgumentValue'], given };
const malformedXml = { code: 'MalformedXML', status: 400, given };
const suspend: Sent = {
  request: 'PUT /acme?versioning',
  body: xml('VersioningConfiguration', '<Status>Suspended</Status>'),
};

/** Longest inputs that are allowed where the errors below are. */
const allowed: readonly Sent[] = [
  one(second('') + toReplica()),
  one(second('<Prefix>p</Prefix>', 'Enabled') + toReplica()),
  one(second(tag) + toReplica()),
  one(toReplica(inTime(15) + metrics(15))),
  one(toReplica('<Metrics><Status>Enabled</Status></Metrics>')),
  one(toReplica(account + toOwner)),
  put(role, ...replicaClasses.map((name) => rule(toReplica(classOf(name))))),
  put(role, rule(second('') + toReplica()), rule(second('').replace(priority(1), priority(2)) + toReplica())),
];

export const replicationSuccesses: readonly SuccessRow[] = [
  ...allowed.flatMap((sent) => rowsOf('PutBucketReplication', { ...sent, status: 200, needs: replicates, given })),
  ...rowsOf('PutBucketVersioning', {
    ...suspend,
    status: 200,
    needs: ['s3:PutBucketVersioning'],
    given: [...given, one(toReplica()), { request: 'DELETE /acme?replication' }],
  }),
];

export const replicationErrors: readonly ErrorRow[] = [
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'PutBucketReplication',
    { when: 'a filter has no priority', ...one(`<Filter/>${markers('Disabled')}${toReplica()}`), ...invalid },
    { when: 'a filter says nothing about delete markers', ...one(`<Filter/>${priority(1)}${toReplica()}`), ...invalid },
    { when: 'delete markers are chosen by a tag', ...one(second(tag, 'Enabled') + toReplica()), ...invalid },
    {
      when: 'delete markers are chosen by one of two predicates',
      ...one(second(`<And><Prefix>p</Prefix>${tag}</And>`, 'Enabled') + toReplica()),
      ...invalid,
    },
    { when: 'two rules have one priority', ...put(role, rule(second('') + toReplica()).repeat(2)), ...invalid },
    { when: 'the time is 14 minutes', ...one(toReplica(inTime(14) + metrics(15))), ...argument },
    { when: 'the threshold is 16 minutes', ...one(toReplica(inTime(15) + metrics(16))), ...argument },
    { when: 'there is a time without metrics', ...one(toReplica(inTime(15))), ...invalid },
    { when: 'the new owner has no account', ...one(toReplica(toOwner)), ...invalid },
    { when: 'the role is not an ARN', ...put('<Role>r</Role>', rule(toReplica())), ...argument },
    { when: 'the bucket is not an ARN', ...one(to('replica')), ...argument },
    { when: 'replicas cannot have the storage class', ...one(toReplica(classOf('FSX_OPENZFS'))), ...malformedXml },
    { when: 'a bucket is its own replica', ...one(to('arn:aws:s3:::acme')), ...invalid },
    { when: 'the replica is not there', ...one(to('arn:aws:s3:::nowhere')), ...invalid },
    { when: 'the replica keeps no versions', ...one(to('arn:aws:s3:::theirs')), ...invalid },
  ),
  ...rowsOf('PutBucketVersioning', {
    when: 'replication needs it',
    ...suspend,
    code: 'InvalidBucketState',
    status: 409,
    given: [...given, one(toReplica())],
  }),
];
