import { canaryBody } from '../check-kit/canary-body';
import type { Probe } from '../check-kit/check';
import { MD5_OF_NO_BYTES } from '../guard/harmless';

/**
 * The requests that the other side takes and AWS refuses, in words; `undefined` where it refuses all of them, or does not answer.
 *
 * Probes of what must be refused do no damage because AWS looks at signatures, digests and documents. Where that is not
 * so, a text that is no policy becomes the policy: nothing of the kind may be asked. Each of these touches the prefix
 * of the run alone.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export async function findLaxity({
  s3,
  s3WithWrongSignature,
  s3WithMalformedBody,
  runId,
  canary,
}: Probe): Promise<string | undefined> {
  const { Bucket, Key } = canary('enforcement');
  const [list, put, retention] = await Promise.all([
    s3WithWrongSignature.listObjectsV2({ Bucket, Prefix: Key }),
    s3.putObject({ Bucket, Key, Body: canaryBody(runId), ContentMD5: MD5_OF_NO_BYTES }),
    s3WithMalformedBody.putObjectRetention({ Bucket, Key }),
  ]);
  const taken = [
    list.ok ? ['a wrong signature'] : [],
    put.ok ? ['an object whose digest is wrong'] : [],
    retention.ok ? ['a document that is none'] : [],
  ].flat();
  return taken.length === 0 ? undefined : taken.join(', ');
}
