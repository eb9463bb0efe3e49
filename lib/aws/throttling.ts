/**
 * Codes with which AWS asks to slow down, whatever the status.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const THROTTLING: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  // A HEAD request that is throttled has nothing but its status.
  'Http429',
  'Http503',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

/** S3 hands on what KMS answers, with `KMS.` before it. */
export function isThrottling(code: string): boolean {
  return THROTTLING.has(code.replace(/^KMS\./, ''));
}
