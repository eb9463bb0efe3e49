import { parsePolicy } from '../../iam/parse-policy';
import { kmsError } from './key-errors';
import type { KeyPolicy } from './state';

/**
 * A key policy document as the account keeps it.
 *
 * @throws {AwsError} `MalformedPolicyDocumentException` when the document is no policy
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 */
export function parseKeyPolicy(document: string): KeyPolicy {
  try {
    return { document, parsed: parsePolicy(document, 'key policy') };
  } catch (error) {
    throw kmsError('MalformedPolicyDocumentException', error instanceof Error ? error.message : String(error));
  }
}
