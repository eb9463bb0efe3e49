import { ToolkitError } from '../../errors';
import { AwsError } from '../wire/http/aws-error';
import type { Protocol } from '../wire/http/message';

/** Why a request did not succeed. */
export interface Failure {
  readonly error: AwsError;
  /** The stack of a bug in the simulated account itself. */
  readonly stack?: string;
}

/** Reads what a service threw: its own answer, a policy that cannot be evaluated here, or a bug. */
export function readFailure(thrown: unknown, protocol: Protocol): Failure {
  if (thrown instanceof AwsError) {
    return { error: thrown };
  }
  if (thrown instanceof ToolkitError && thrown.code === 'UnsupportedPolicy') {
    const message = `The simulated AWS account does not implement what this policy says: ${thrown.message}`;
    return { error: new AwsError(501, 'NotImplemented', message) };
  }
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  return { error: internalError(protocol), stack: stack ?? String(thrown) };
}

export function internalError(protocol: Protocol): AwsError {
  return protocol === 'rest-xml'
    ? new AwsError(500, 'InternalError', 'We encountered an internal error. Please try again.')
    : new AwsError(500, 'InternalFailure', 'The request processing has failed because of an unknown error.');
}
