import type { Decision } from '../../iam/types';
import { accessDeniedMessage } from '../access';
import type { Call } from '../service';
import { AwsError } from '../wire/exchange';
import { s3Error } from './errors';

/**
 * `AccessDenied`, with the policy type that said no; an anonymous caller is told nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
 */
export function accessDenied(
  call: Call,
  denied: { readonly action: string; readonly resource: string },
  denial: Exclude<Decision, { readonly result: 'allowed' }>,
): AwsError {
  const { principal } = call.caller;
  if (principal.kind === 'anonymous') return s3Error('AccessDenied');
  const quoted = { action: denied.action, resource: `"${denied.resource}"` };
  return new AwsError(403, 'AccessDenied', accessDeniedMessage(principal, quoted, denial));
}
