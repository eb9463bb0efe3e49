import type { Finding } from './examination';
import type { Asked } from './examine-endpoints';

/** IAM, STS and KMS take a signature for five minutes, S3 for fifteen; below that a difference is worth a word. */
const TOO_MUCH_MS = 5 * 60_000;
const NOTABLE_MS = 30_000;

/**
 * Compares this host's clock with the `Date` of the answers. An answer of a proxy says nothing of AWS's clock.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function examineClock(asked: readonly Asked[]): Finding {
  const about = { id: 'clock', title: 'The clock agrees with that of AWS' };
  const dated = asked.find(({ answer }) => answer.isEndpoint && answer.skewMs !== undefined);
  if (dated?.answer.skewMs === undefined) {
    return { ...about, result: 'note', found: ['No endpoint answered, so there was nothing to compare with.'] };
  }
  const { skewMs } = dated.answer;
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const found = [`It is ${seconds} s ${skewMs < 0 ? 'behind' : 'ahead of'} that of ${dated.endpoint.service}.`];
  if (Math.abs(skewMs) < NOTABLE_MS) return { ...about, result: 'pass', found };
  const fix = 'Set the clock: on EC2 let chrony follow 169.254.169.123, elsewhere a time server of the network.';
  return { ...about, result: Math.abs(skewMs) < TOO_MUCH_MS ? 'note' : 'fail', found, fix };
}
