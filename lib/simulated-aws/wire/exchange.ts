/** One HTTP request as a service sees it: body read and, for an `aws-chunked` upload, unwrapped. */
export interface WireRequest {
  readonly method: string;
  /** The path as it was sent, percent-encoding kept, without the query. */
  readonly path: string;
  /** Decoded query parameters; one without a value is the empty string, the values of a repeated one are joined with a comma. */
  readonly query: ReadonlyMap<string, string>;
  /** Lower-case names; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Trailing headers of an `aws-chunked` body (checksums), lower-case names. */
  readonly trailers: Readonly<Record<string, string>>;
  /** Whether it came over TLS. */
  readonly isSecure: boolean;
  /** The value that AWS gives `s3:TlsVersion`, for example `1.3`; absent without TLS. */
  readonly tlsVersion?: string;
  readonly sourceIp: string;
  readonly receivedAt: Date;
  readonly requestId: string;
}

export interface WireResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

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
  ) {
    super(message);
    this.name = 'AwsError';
  }
}

/** The answer to an operation, parameter or header that is not simulated: it is named, never passed over. */
export function notImplemented(what: string): AwsError {
  return new AwsError(501, 'NotImplemented', `The simulated AWS account does not implement ${what}.`);
}
