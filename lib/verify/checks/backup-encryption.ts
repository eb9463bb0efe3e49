import type { Refused } from '../../aws/answer';
import {
  describeUse,
  type KeyedBackup,
  listBackups,
  readUnderEachKey,
  sampleOf,
  unknownKeysOf,
} from '../check-kit/backups';
import type { Outcome, PositiveCheck, Probe } from '../check-kit/check';
import { headObject } from '../check-kit/head-object';
import { mapLimited } from '../check-kit/map-limited';
import { blocked, failed, observe, passed, refused } from '../check-kit/outcome';
import { readDenial } from '../diagnosis/denial-message';

/** Objects that are asked for: so many of the newest, and as many of the oldest. */
const SAMPLES_OF_EACH = 10;
const CONCURRENCY = 8;

/**
 * An upload that asks for `aws:kms` without a key is encrypted under `aws/s3`, which only the object itself tells.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export const backupEncryption: PositiveCheck = {
  id: 'backup-encryption',
  title: 'Backups are encrypted with the keys of the config, which can be used',
  kind: 'positive',
  controls: ['S3.17', 'NIST.800-53.r5 CP-10', 'NIST.800-53.r5 SC-12', 'NIST.800-53.r5 SC-28'],
  requires: ['s3:GetObject', 's3:ListBucket'],
  alsoUses: ['kms:Decrypt'],
  isRetried: true,
  does: 'Lists at most 4000 keys of the bucket, asks how the ten newest and the ten oldest backups among them are encrypted, and reads one byte of one backup under each key.',
  harmless: 'It only reads, and no more of a backup than its headers and one byte.',
  passes: 'Each is encrypted with the key of the config, a former key or a key of S3, and can be read.',
  lookAt:
    'The encryption headers of whoever uploads, the former keys of the environment file, and the state of the keys in KMS.',
  run: async (probe) => {
    const { bucketName: bucket } = probe.config.form;
    const seen = await listBackups(probe.backups, {
      bucket,
      verificationPrefix: probe.config.permissions.verificationPrefix,
    });
    if ('code' in seen) return blocked('ListObjectsV2', seen);
    const sample = sampleOf(seen.backups, SAMPLES_OF_EACH);
    const heads = await mapLimited(sample, CONCURRENCY, (backup) => askForKey(probe, backup));
    const refusal = heads.find((head): head is Refused => 'code' in head && head.status !== 404);
    if (refusal !== undefined) return (isOfKms(refusal) ? refused : blocked)('HeadObject of a backup', refusal);
    const asked = heads.filter((head): head is KeyedBackup => !('code' in head));
    return judge(probe, asked, `${seen.backups.length}${seen.isCutOff ? ' and more' : ''}`);
  },
};

/** Whether it is the key that was in the way; whoever may not read at all is told so by other checks. */
function isOfKms({ code, message }: Refused): boolean {
  return code.startsWith('KMS.') || readDenial({ message }).action?.startsWith('kms:') === true;
}

async function askForKey({ backups, config }: Probe, backup: Parameters<typeof sampleOf>[0][number]) {
  const head = await headObject(backups, { Bucket: config.form.bucketName, Key: backup.key });
  if (!head.ok) return head;
  const { ServerSideEncryption: method = 'no algorithm', SSEKMSKeyId: keyArn } = head.value;
  return { ...backup, method, ...(keyArn !== undefined && { keyArn }) };
}

/** Backups that are gone by now are not judged. */
async function judge(probe: Probe, asked: readonly KeyedBackup[], listed: string): Promise<Outcome> {
  const { config } = probe;
  if (asked.length === 0) return passed([], 'The bucket holds no backup that could be looked at.');
  const use = describeUse(asked, config.aws);
  const unknown = unknownKeysOf(asked, config.aws);
  if (unknown.length > 0) {
    const keys = unknown.join(', ');
    const seen = [{ call: 'HeadObject of a backup', answer: keys }];
    const cause = 'A put that asks for aws:kms without a key takes aws/s3';
    return failed(
      seen,
      `Backups are encrypted with a key that is neither the current nor a former one: ${keys}. ${cause}. ${use}`,
    );
  }
  const reads = await readUnderEachKey(probe, asked);
  const refusal = reads.find(({ answer }) => !answer.ok);
  if (refusal !== undefined && !refusal.answer.ok) {
    return refused(`GetObject of a backup under ${refusal.keyArn}`, refusal.answer);
  }
  const seen = reads.map(({ keyArn, answer }) => observe(`GetObject of a backup under ${keyArn}`, answer, '1 byte'));
  return passed(seen, `${asked.length} of ${listed} backups were looked at. ${use}`);
}
