import type { Layer } from '../../iam';
import type { Shape } from './samples';

/** The statement that is there to do something. */
export interface Responsible {
  readonly layer: Layer;
  readonly statement: string;
}

/** A circumstance in which alone something is allowed, and the statement that sees to it. */
export interface Requirement {
  readonly facet: string;
  readonly only: readonly string[];
  /** Another circumstance, in whose forms alone it is required. */
  readonly where?: { readonly facet: string; readonly is: readonly string[] };
  /** Those of them in which it must be allowed; left out, all. */
  readonly needed?: readonly string[];
  readonly by: Responsible;
}

export interface ExpectedPermission {
  /** `every` stands for every action of the resource's own service. */
  readonly actions: readonly string[] | 'every';
  readonly on: readonly Shape[];
  readonly onlyIf: readonly Requirement[];
  readonly by: Responsible;
  /** Whether it may also be refused. */
  readonly isOptional?: true;
}

export interface Grant {
  readonly statement: string;
  readonly on: readonly Shape[];
  readonly actions: readonly string[];
}

/** The tables below are written by hand, as a second opinion: nothing here may come from the code that writes policies. */
const OBJECTS: readonly Shape[] = ['backups', 'probes', 'search results'];

/** The actions that Vault needs, by capability. */
export const CAPABILITY_GRANTS: Readonly<Record<string, readonly Grant[]>> = {
  backup: [
    {
      statement: 'ListBackups',
      on: ['the bucket'],
      actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
    },
    {
      statement: 'ReadAndWriteBackups',
      on: OBJECTS,
      actions: [
        's3:AbortMultipartUpload',
        's3:DeleteObject',
        's3:GetObject',
        's3:ListMultipartUploadParts',
        's3:PutObject',
      ],
    },
  ],
  versioning: [
    { statement: 'ReadVersioning', on: ['the bucket'], actions: ['s3:GetBucketVersioning', 's3:ListBucketVersions'] },
  ],
  'manage-versioning': [{ statement: 'ManageVersioning', on: ['the bucket'], actions: ['s3:PutBucketVersioning'] }],
  'read-versions': [{ statement: 'ReadVersions', on: OBJECTS, actions: ['s3:GetObjectVersion'] }],
  'purge-versions': [{ statement: 'PurgeVersions', on: OBJECTS, actions: ['s3:DeleteObjectVersion'] }],
  'list-buckets': [{ statement: 'ListBuckets', on: ['no resource'], actions: ['s3:ListAllMyBuckets'] }],
};

/** The actions that verification needs to clean up after itself, whatever the capabilities. */
export const VERIFICATION_GRANTS: readonly Grant[] = [
  { statement: 'ListVersionsOfProbes', on: ['the bucket'], actions: ['s3:ListBucketVersions'] },
  { statement: 'RemoveProbes', on: ['probes'], actions: ['s3:DeleteObjectVersion'] },
];

/** No policy decides who may ask who they are. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const UNCONTROLLED: ExpectedPermission = {
  actions: ['sts:GetCallerIdentity'],
  on: ['no resource'],
  onlyIf: [],
  by: { layer: 'identity', statement: 'any' },
  isOptional: true,
};

/** Every action that some capability calls for. */
export const EXPECTED_OF_ROLES: ReadonlySet<string> = new Set(
  [...Object.values(CAPABILITY_GRANTS).flat(), ...VERIFICATION_GRANTS].flatMap(({ actions }) => actions),
);

export const KEY_USE_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** With a key of earlier backups, nothing more is written. */
export const FORMER_KEY_USE_ACTIONS = ['kms:Decrypt'];

/** The statement that leaves the key to its administrators. */
export const KEY_CARE: Responsible = { layer: 'key', statement: 'AdministerKey' };

/** Actions by which somebody keeps the key in order and brings it back; none reads or writes data. */
export const KEY_CARE_ACTIONS = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DescribeKey',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:RotateKeyOnDemand',
  'kms:TagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];

/** Actions that may be refused to everybody: each ends or weakens something. */
export const KEY_ENDING_ACTIONS = [
  'kms:DeleteAlias',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:ScheduleKeyDeletion',
  'kms:UntagResource',
];

/** The conditions that the bucket policy sets for everybody. */
export const OVER_TLS: readonly Requirement[] = [
  {
    facet: 'transport',
    only: ['TLS 1.3', 'TLS 1.2', 'TLS 1.1', 'TLS 1.0'],
    by: { layer: 'resource', statement: 'DenyPlainHttp' },
  },
  {
    facet: 'transport',
    only: ['TLS 1.3', 'TLS 1.2', 'plain HTTP'],
    by: { layer: 'resource', statement: 'DenyOldTls' },
  },
];

const WITHOUT_CUSTOMER_KEY: Requirement = {
  facet: 'customer-provided key',
  only: ['none'],
  by: { layer: 'resource', statement: 'DenyCustomerProvidedKeys' },
};

function encryptionHeader(value: string): Requirement {
  return {
    facet: 'encryption header',
    only: ['none', value],
    by: { layer: 'resource', statement: 'DenyWrongEncryption' },
  };
}

function keyHeader(...values: readonly string[]): Requirement {
  return {
    facet: 'key header',
    only: ['none', ...values],
    needed: ['none', 'the key'],
    by: { layer: 'resource', statement: 'DenyWrongKey' },
  };
}

/** An upload of a role of another account under KMS names its key: else S3 takes one that no other account can use. */
export const KEY_NAMED: Requirement = {
  facet: 'key header',
  only: ['the key', 'another key of the account', 'a key of another region', 'a key of another account'],
  where: { facet: 'encryption header', is: ['aws:kms'] },
  by: { layer: 'resource', statement: 'DenyKeyLeftOut' },
};

/** How the bucket's keys are held; a key that is yet to be made has no ARN that the bucket policy could name. */
export type KeyOrigin = 'of S3' | 'created' | 'existing';

/** The conditions that the bucket policy sets for uploads. */
export const UPLOAD_REQUIREMENTS: Readonly<Record<KeyOrigin, readonly Requirement[]>> = {
  'of S3': [encryptionHeader('AES256'), WITHOUT_CUSTOMER_KEY],
  created: [encryptionHeader('aws:kms'), keyHeader('the key', 'another key of the account'), WITHOUT_CUSTOMER_KEY],
  existing: [encryptionHeader('aws:kms'), keyHeader('the key'), WITHOUT_CUSTOMER_KEY],
};

/** The conditions of using a key, by the statement that enforces them. */
export function keyUseRequirements(by: Responsible, bucketKey: boolean): readonly Requirement[] {
  return [
    { facet: 'called through', only: ['S3 in this region'], by },
    { facet: 'encryption context', only: [bucketKey ? 'the bucket' : 'an object of the bucket'], by },
  ];
}

/** The role's policies require the bucket to be the account's own. */
export function ownBucket(statement: string): Requirement {
  return { facet: 'owner of the resource', only: ['own account'], by: { layer: 'identity', statement } };
}
