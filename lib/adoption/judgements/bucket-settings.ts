import { OWN_TAG } from '../../config/own-tag';
import type { Settings } from '../../verify/operator/settings/settings';
import type { Found } from '../found/found';
import type { Wanted } from '../wanted';
import { judgeEncryption } from './encryption';
import { isSet, item, type Judge, type SettingChange, whenRead } from './judgement';
import { judgeLock } from './object-lock';

type Setting = Exclude<keyof Found['bucket'], 'policy' | 'region' | 'replicatesTo' | 'isWebsite' | 'lifecycle'>;

interface Row {
  readonly address: string;
  readonly read: Setting;
  readonly judge: (was: Settings, wanted: Wanted, found: Found) => readonly SettingChange[];
}

/** How each setting of the bucket is judged. */
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
): readonly SettingChange[] {
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
            'objects overwritten or deleted from then on are kept as versions',
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

function judgeLogging(was: Settings, { settings: { logging: is } }: Wanted): readonly SettingChange[] {
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

/** The provider removes tags that it did not set. */
function judgeTags(was: Settings, { settings: { tags: is }, environment }: Wanted): readonly SettingChange[] {
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
            'tags that the file does not name are removed, and billing or access by them ends',
            { tags: { ...environment.tags, ...Object.fromEntries(gone) } },
          ] as const,
        ]),
    ...(added.length === 0
      ? []
      : [['tags-added', 'tightens', '', added.join(', '), 'tags of the environment are added'] as const]),
  ];
}
