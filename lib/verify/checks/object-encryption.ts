import type { Refused } from '../../aws/answer';
import type { BackupEnvironment } from '../../backup-environment/schema';
import type { PositiveCheck, Probe } from '../check-kit/check';
import { headObject } from '../check-kit/head-object';
import { blocked, failed, observe, passed, refused } from '../check-kit/outcome';
import type { CanaryTarget } from '../guard/run-scope';

export const objectEncryption: PositiveCheck = {
  id: 'object-encryption',
  title: 'Objects are encrypted as the config says',
  kind: 'positive',
  controls: ['S3.17', 'NIST.800-53.r5 SC-13', 'NIST.800-53.r5 SC-28', 'NIST.800-53.r5 SC-28(1)'],
  requires: ['s3:GetObject', 's3:PutObject'],
  alsoUses: ['kms:Decrypt', 'kms:GenerateDataKey'],
  isRetried: true,
  does: 'Puts an object in one piece and one by multipart upload, without an encryption header, and reads how each is encrypted.',
  harmless: 'The keys are new and are removed at the end.',
  passes: 'Algorithm, key ARN and bucket key of both objects are those of the config.',
  lookAt: 'The default encryption of the bucket.',
  steps: 4,
  run: async (probe) => {
    const { samples } = probe;
    const [{ target: simple, put }, { target: multipart, stopped }] = await Promise.all([
      samples.small(),
      samples.joined(),
    ]);
    if (!put.ok) return blocked('PutObject', put);
    if (stopped !== undefined) return blocked(stopped.call, stopped.refusal);
    return compareEncryption(probe, [simple, multipart]);
  },
};

async function compareEncryption({ s3, config }: Probe, targets: readonly CanaryTarget[]) {
  const heads = await Promise.all(targets.map((target) => headObject(s3, target)));
  const refusal = heads.find((head): head is Refused => !head.ok);
  if (refusal !== undefined) return refused('HeadObject', refusal);
  const expected = expectedEncryption(config);
  const actual = heads.map((head) => (head.ok ? describe(head.value) : head.code));
  const seen = heads.map((head, index) => observe('HeadObject', head, actual[index]));
  if (actual.every((one) => one === expected)) return passed(seen, `Both objects are encrypted with ${expected}.`);
  return failed(
    seen,
    `Objects are to be encrypted with ${expected}, and are with: ${[...new Set(actual)].join('; ')}.`,
  );
}

interface Encryption {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
}

function describe({ ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled }: Encryption): string {
  const algorithm = ServerSideEncryption ?? 'no algorithm';
  if (SSEKMSKeyId === undefined) return algorithm;
  return `${algorithm}, key ${SSEKMSKeyId}, bucket key ${BucketKeyEnabled === true ? 'on' : 'off'}`;
}

function expectedEncryption({ form, aws }: BackupEnvironment): string {
  if (form.encryption === 'AES-256') return describe({ ServerSideEncryption: 'AES256' });
  const key = aws.keyArn === undefined ? {} : { SSEKMSKeyId: aws.keyArn };
  return describe({ ServerSideEncryption: 'aws:kms', ...key, BucketKeyEnabled: aws.bucketKey });
}
