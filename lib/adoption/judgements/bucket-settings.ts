import { LOCK_LOSSES } from '../../audit/losses/lock-losses';
import { MADE_UP_ID } from '../../audit/stack/computed-attributes';
import { OWN_TAG } from '../../config/own-tag';
import type { Settings } from '../../verify/operator/settings/settings';
import type { AdoptionItem, AdoptionVerdict } from '../adoption';
import type { Found } from '../found/found';
import type { Wanted } from '../wanted';
import { isSet, item, type Judge, whenRead } from './judgement';

type Setting = Exclude<keyof Found['bucket'], 'policy' | 'region' | 'replicatesTo' | 'isWebsite' | 'lifecycle'>;

interface Row {
  readonly address: string;
  readonly read: Setting;
  readonly judge: (was: Settings, wanted: Wanted, found: Found) => readonly Told[];
}

type Told = readonly [
  word: string,
  verdict: AdoptionVerdict,
  was: string,
  is: string,
  detail: string,
  keep?: AdoptionItem['keep'],
];

/** What becomes of each setting of the bucket. */
const ROWS: readonly Row[] = [
  {
    address: 'aws_s3_bucket_public_access_block.backup',
    read: 'publicAccessBlock',
    judge: (was, { settings: { publicAccessBlock } }) =>
      Object.entries(publicAccessBlock)
        .filter(([flag, is]) => (was[flag] ?? 'false') !== is)
        .map(([flag, is]) => [flag, 'tightens', was[flag] ?? 'false', is, 'access that is public ends']),
  },
  {
    address: 'aws_s3_bucket_ownership_controls.backup',
    read: 'ownership',
    judge: ({ ObjectOwnership: was = 'ObjectWriter' }, { settings: { ownership } }) => {
      const { ObjectOwnership: is = '' } = ownership;
      return was === is
        ? []
        : [
            [
              'object-ownership',
              'tightens',
              was,
              is,
              'access control lists no longer count, and an upload that sends one is refused',
            ],
          ];
    },
  },
  { address: 'aws_s3_bucket_versioning.backup', read: 'versioning', judge: judgeVersioning },
  { address: 'aws_s3_bucket_server_side_encryption_configuration.backup', read: 'encryption', judge: judgeEncryption },
  { address: 'aws_s3_bucket_object_lock_configuration.backup', read: 'objectLock', judge: judgeLock },
  { address: 'aws_s3_bucket_logging.backup', read: 'logging', judge: judgeLogging },
  { address: 'aws_s3_bucket.backup', read: 'tags', judge: judgeTags },
];

export const judgeBucketSettings: Judge = ({ found, wanted }) =>
  ROWS.flatMap(({ address, read, judge }) =>
    whenRead(`${address}/read`, found.bucket[read], (was) => {
      const told = judge(was, wanted, found);
      if (told.length === 0) return [item(`${address}/${read}`, { verdict: 'same', detail: 'it is as the file says' })];
      return told.map(([word, verdict, before, is, detail, keep]) =>
        item(`${address}/${word}`, { verdict, was: before, is, detail, ...(keep && { keep }) }),
      );
    }),
  );

function judgeVersioning(
  { Status: was = 'Disabled', MFADelete }: Settings,
  { settings: { versioning } }: Wanted,
): readonly Told[] {
  const { Status: is = '' } = versioning;
  return [
    ...(was === is
      ? []
      : [
          [
            'versioning',
            'tightens',
            was,
            is,
            'what is overwritten or deleted from then on is kept as a version',
          ] as const,
        ]),
    ...(MFADelete === undefined
      ? []
      : [
          [
            'mfa-delete',
            'blocks',
            MFADelete,
            'not set',
            'S3 takes no lifecycle while MFA delete is on, and only the root user can switch it off',
          ] as const,
        ]),
  ];
}

/** S3 keeps each object as it was written; this is about those that are written from then on. */
function judgeEncryption(was: Settings, { settings: { encryption: is } }: Wanted): readonly Told[] {
  const [before, after] = [describeEncryption(was), describeEncryption(is)];
  if (before === after) return [];
  const wasKms = (was.SSEAlgorithm ?? '').startsWith('aws:kms');
  const isKms = (is.SSEAlgorithm ?? '').startsWith('aws:kms');
  const key = was.KMSMasterKeyID;
  if (wasKms && !isKms) {
    const keep = key?.startsWith('arn:') ? { keep: { encryption: { method: 'AWS-KMS', key } } } : {};
    return [['encryption', 'loosens', before, after, 'new objects are under keys of S3', keep.keep]];
  }
  if (wasKms && key !== is.KMSMasterKeyID)
    return [
      [
        'encryption',
        'tightens',
        before,
        after,
        'new objects are under another key; the earlier one has to stay for those of today',
      ],
    ];
  return [['encryption', wasKms ? 'same' : 'tightens', before, after, 'new objects are encrypted so']];
}

function describeEncryption({ SSEAlgorithm = 'AES256', KMSMasterKeyID, BucketKeyEnabled = 'false' }: Settings): string {
  if (SSEAlgorithm === 'AES256') return SSEAlgorithm;
  const key = KMSMasterKeyID?.endsWith(MADE_UP_ID) ? 'a key that is made' : (KMSMasterKeyID ?? 'aws/s3');
  return `${SSEAlgorithm}, ${key}${BucketKeyEnabled === 'true' ? ', bucket key' : ''}`;
}

function judgeLock(was: Settings, { settings: { objectLock: is } }: Wanted): readonly Told[] {
  const [before, after] = [describeLock(was), describeLock(is)];
  if (!isSet(was))
    return isSet(is)
      ? [['lock', 'tightens', 'off', after, 'new versions are locked, and S3 never switches Object Lock off again']]
      : [];
  const keep =
    was.Mode === undefined
      ? undefined
      : { objectLock: { mode: was.Mode, retentionDays: Number(was.Days ?? Number(was.Years) * 365) } };
  // Without the lines, the stack leaves a lock as it is.
  if (!isSet(is))
    return [['lock', 'stays', before, before, 'the file says nothing of it, and the stack leaves it as it is', keep]];
  const losses = LOCK_LOSSES.flatMap(({ what, find }) =>
    find(retentionOf(was), retentionOf(is), {}).map(({ detail }): Told => [what, 'loses', before, after, detail, keep]),
  );
  if (losses.length > 0) return losses;
  return before === after
    ? []
    : [['lock', 'tightens', before, after, 'new versions are locked longer, or more strictly']];
}

function retentionOf({ Mode: mode, Days: days, Years: years }: Settings) {
  return mode === undefined
    ? {}
    : { rule: [{ default_retention: [{ mode, days: days && Number(days), years: years && Number(years) }] }] };
}

function describeLock({ Mode, Days, Years }: Settings): string {
  return Mode === undefined
    ? 'on, without a retention'
    : `${Mode}, ${Days === undefined ? `${Years} years` : `${Days} days`}`;
}

function judgeLogging(was: Settings, { settings: { logging: is } }: Wanted): readonly Told[] {
  const text = ({ TargetBucket, TargetPrefix = '' }: Settings) =>
    TargetBucket === undefined ? 'none' : `${TargetBucket}/${TargetPrefix}`;
  const [before, after] = [text(was), text(is)];
  if (before === after) return [];
  if (!isSet(was)) return [['logging', 'tightens', before, after, 'accesses are logged']];
  const keep = { accessLog: { bucket: was.TargetBucket, ...(was.TargetPrefix && { prefix: was.TargetPrefix }) } };
  if (!isSet(is))
    return [
      ['logging', 'stays', before, before, 'the file says nothing of it, and the stack leaves it as it is', keep],
    ];
  return [['logging', 'loosens', before, after, 'access logs go elsewhere: whoever reads them has to know', keep]];
}

/** What the provider does with tags that it did not set: it takes them away. */
function judgeTags(was: Settings, { settings: { tags: is }, environment }: Wanted): readonly Told[] {
  const gone = Object.entries(was).filter(
    ([key, value]) => is[key] !== value && key !== OWN_TAG && !key.startsWith('aws:'),
  );
  const added = Object.keys(is).filter((key) => was[key] === undefined);
  const text = (tags: readonly (readonly [string, string])[]) =>
    tags.map(([key, value]) => `${key}=${value}`).join(', ');
  return [
    ...(gone.length === 0
      ? []
      : [
          [
            'tags',
            'loses',
            text(gone),
            text(gone.flatMap(([key]) => (is[key] === undefined ? [] : [[key, is[key]] as const]))),
            'tags that the file does not name are taken away, and whatever bills or grants by them with them',
            { tags: { ...environment.tags, ...Object.fromEntries(gone) } },
          ] as const,
        ]),
    ...(added.length === 0
      ? []
      : [['tags-added', 'tightens', '', added.join(', '), 'tags of the environment are added'] as const]),
  ];
}
