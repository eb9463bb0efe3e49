/**
 * An answer of the service that is not a success, with AWS's own code and status.
 *
 * Each protocol renders it in its own way (REST XML, Query XML, JSON).
 */
export class AwsError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Further elements of the error body, for example `BucketName` or `Resource`. */
    readonly fields: Readonly<Record<string, string>> = {},
    /** Further response headers, for example `x-amz-bucket-region`. */
    readonly headers: Readonly<Record<string, string>> = {},
    /** Why, where AWS does not tell the caller: for the request log alone. */
    readonly reason?: string,
  ) {
    super(message);
    this.name = 'AwsError';
  }
}

/** The answer to an operation, parameter or header that is not simulated: it is named, never passed over. */
export function notImplemented(what: string): AwsError {
  return new AwsError(501, 'NotImplemented', `The simulated AWS account does not implement ${what}.`);
}
