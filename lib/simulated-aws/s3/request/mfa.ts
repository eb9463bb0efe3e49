import { deniedBecause, invalidArgument } from './errors';
import type { S3Request } from './request';

const HEADER = 'x-amz-mfa';

/**
 * Refuses a request that carries the code of an MFA device, for nobody has one here.
 *
 * MFA delete itself is never on: the root user alone can turn it on, with a device.
 *
 * @throws {AwsError} `InvalidArgument`, `AccessDenied`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html
 * @see https://github.com/iterate-ch/cyberduck/issues/16267
 */
export function refuseMfa({ headers }: S3Request): void {
  const mfa = headers[HEADER];
  if (mfa === undefined) return;
  if (!/^\S+ \S+$/.test(mfa)) {
    const message = 'Mfa header is invalid -- the header should be formatted as {serialNumber}(space){tokenCode}';
    throw invalidArgument(message, HEADER, mfa);
  }
  throw deniedBecause(`nobody here has an MFA device, whose code ${HEADER} carries`);
}
