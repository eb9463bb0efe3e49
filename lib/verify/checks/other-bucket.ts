import type { NegativeCheck } from '../check';
import { judgeDenials } from '../denial';

const HOW_TO_NAME_ONE =
  "Name an existing bucket of the account with 'otherBucket' in the environment file or --other-bucket.";

export const otherBucket: NegativeCheck = {
  id: 'other-bucket',
  title: 'Another bucket of the account cannot be listed',
  kind: 'negative',
  does: 'Lists at most one key of another bucket that is named for this purpose.',
  harmless: 'It only reads, and no more than one key.',
  passes: 'AccessDenied.',
  lookAt: 'The resources of the role’s policies, and the policy of the other bucket.',
  run: async ({ s3, otherBucket: Bucket }) => {
    if (Bucket === undefined) {
      return { result: 'inconclusive', observed: [], detail: `No other bucket is known. ${HOW_TO_NAME_ONE}` };
    }
    const answer = await s3.listObjectsV2({ Bucket, MaxKeys: 1 });
    const outcome = judgeDenials([{ call: `ListObjectsV2 of ${Bucket}`, refusal: 'AccessDenied', answer }]);
    const isMissing = !answer.ok && answer.code === 'NoSuchBucket';
    return isMissing ? { ...outcome, detail: `The bucket '${Bucket}' does not exist. ${HOW_TO_NAME_ONE}` } : outcome;
  },
};
