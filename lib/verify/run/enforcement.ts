import { type Answer, NO_REQUEST_ID } from '../../aws/answer';
import { canaryBody } from '../check-kit/canary-body';
import type { Probe } from '../check-kit/check';
import { copySourceText } from '../guard/copy-source';
import { ETAG_OF_NO_OBJECT, MD5_OF_NO_BYTES } from '../guard/harmless';

/**
 * Why the other side does not check as AWS does, in words; `undefined` where it refuses all of this, or does not answer.
 *
 * Probes of what must be refused do no damage because AWS looks at signatures, digests, documents and conditions. Where
 * that is not so, a text that is no policy becomes the policy: nothing of the kind may be asked. Each of these touches
 * the prefix of the run alone.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export async function findLaxity(probe: Probe): Promise<string | undefined> {
  const answers = await askWhatAwsRefuses(probe);
  const taken = LAXITIES.filter((_, index) => isTaken(answers[index]));
  if (taken.length > 0) return `it took ${taken.join(', ')}`;
  if (answers.some((answer) => !answer.ok && answer.code === NO_REQUEST_ID)) return 'it gave no request id of AWS';
  const [unknown] = answers.flatMap((answer) => (answer.ok || !UNKNOWN_TO.has(answer.code) ? [] : answer.code));
  return unknown === undefined ? undefined : `it answered ${unknown} to what S3 knows`;
}

/** A success that cannot be read is one. */
function isTaken(answer: Pick<Answer<unknown>, 'status'> | undefined): boolean {
  return answer?.status !== undefined && answer.status < 300;
}

/** In the order of the questions. */
const LAXITIES = [
  'a wrong signature',
  'an object whose digest is wrong',
  'a document that is none',
  'a copy whose condition does not hold',
];

/** Codes of servers that know only a part of S3, and take the rest for something else or leave it out. */
const UNKNOWN_TO: ReadonlySet<string> = new Set(['MethodNotAllowed', 'NotImplemented', 'NotSupported']);

async function askWhatAwsRefuses({ s3, s3WithWrongSignature, s3WithMalformedBody, samples, runId, canary }: Probe) {
  const { Bucket, Key } = canary('enforcement');
  const { target: source } = await samples.small();
  const CopySource = copySourceText({ bucket: source.Bucket, key: source.Key });
  return Promise.all([
    s3WithWrongSignature.listObjectsV2({ Bucket, Prefix: Key }),
    s3.putObject({ Bucket, Key, Body: canaryBody(runId), ContentMD5: MD5_OF_NO_BYTES }),
    s3WithMalformedBody.putObjectRetention({ Bucket, Key }),
    s3.copyObject({ ...canary('enforcement/copy'), CopySource, CopySourceIfMatch: ETAG_OF_NO_OBJECT }),
  ]);
}
