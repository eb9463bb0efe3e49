import type { Outcome } from './check';

const HOW_TO_NAME_ONE =
  "Name an existing bucket of the account with 'otherBucket' in the environment file or --other-bucket.";

export const NO_OTHER_BUCKET: Outcome = {
  result: 'inconclusive',
  observed: [],
  detail: `No other bucket is known. ${HOW_TO_NAME_ONE}`,
};

/** Says so where the other bucket is not there, which proves nothing of the role. */
export function explainMissingBucket(outcome: Outcome, bucket: string): Outcome {
  const isMissing = outcome.observed.some((one) => one.answer === 'NoSuchBucket');
  return isMissing ? { ...outcome, detail: `The bucket '${bucket}' does not exist. ${HOW_TO_NAME_ONE}` } : outcome;
}
