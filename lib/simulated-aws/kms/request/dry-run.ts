import { type Input, optionalBoolean } from '../../service/json-parameters';
import { kmsError } from './key-errors';

/**
 * A dry run ends where the answer would be made: everything before it was checked.
 *
 * @throws {AwsError} `DryRunOperationException`
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html
 */
export function endDryRun(input: Input): void {
  if (optionalBoolean(input, 'DryRun')) {
    throw kmsError('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.');
  }
}
