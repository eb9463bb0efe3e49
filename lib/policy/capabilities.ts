import { bucketArn, objectsArn, VERIFICATION_PREFIX } from './resource-names';
import type { PolicyTarget } from './target';

export type Capability =
  | 'backup'
  | 'versioning'
  | 'manage-versioning'
  | 'read-versions'
  | 'purge-versions'
  | 'list-buckets';

/** A statement of the role's policy: what it allows, on what. */
export interface Grant {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resource: (target: PolicyTarget) => string;
  /** Whether the resource belongs to an account; `s3:ListAllMyBuckets` takes no resource. */
  readonly ownedByAccount: boolean;
}

const onBucket = { resource: bucketArn, ownedByAccount: true };
const onObjects = { resource: (target: PolicyTarget) => objectsArn(target), ownedByAccount: true };

/**
 * The actions that each capability grants. Actions on the bucket and on its objects never share a statement.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
const GRANTS: Readonly<Record<Capability, readonly Grant[]>> = {
  backup: [
    {
      sid: 'ListBackups',
      actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
      ...onBucket,
    },
    {
      sid: 'ReadAndWriteBackups',
      actions: [
        's3:AbortMultipartUpload',
        's3:DeleteObject',
        's3:GetObject',
        's3:ListMultipartUploadParts',
        's3:PutObject',
      ],
      ...onObjects,
    },
  ],
  versioning: [{ sid: 'ReadVersioning', actions: ['s3:GetBucketVersioning', 's3:ListBucketVersions'], ...onBucket }],
  'manage-versioning': [{ sid: 'ManageVersioning', actions: ['s3:PutBucketVersioning'], ...onBucket }],
  'read-versions': [{ sid: 'ReadVersions', actions: ['s3:GetObjectVersion'], ...onObjects }],
  'purge-versions': [{ sid: 'PurgeVersions', actions: ['s3:DeleteObjectVersion'], ...onObjects }],
  'list-buckets': [
    { sid: 'ListBuckets', actions: ['s3:ListAllMyBuckets'], resource: () => '*', ownedByAccount: false },
  ],
};

/** Every capability, `backup` first. */
export const CAPABILITIES = Object.keys(GRANTS) as readonly Capability[];

/**
 * The actions that verification needs to remove its own probes, and nothing else.
 *
 * Backups lie outside the prefix, so a stolen role cannot wipe a version of one.
 */
const VERIFICATION_GRANTS: readonly Grant[] = [
  { sid: 'ListVersionsOfProbes', actions: ['s3:ListBucketVersions'], ...onBucket },
  {
    sid: 'RemoveProbes',
    actions: ['s3:DeleteObjectVersion'],
    resource: (target) => objectsArn(target, VERIFICATION_PREFIX),
    ownedByAccount: true,
  },
];

/** The grants of these capabilities, in the order of the table, with those of verification. */
export function grantsOf(capabilities: readonly Capability[]): readonly Grant[] {
  const granted = Object.keys(GRANTS).filter((name): name is Capability => capabilities.some((one) => one === name));
  const grants = granted.flatMap((name) => GRANTS[name]);
  const actions = new Set(grants.flatMap((grant) => grant.actions));
  return [...grants, ...VERIFICATION_GRANTS.filter((grant) => !grant.actions.every((action) => actions.has(action)))];
}
