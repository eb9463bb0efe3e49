/** An HTTP request as a service sees it: body read and, for an `aws-chunked` upload, unwrapped. */
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
  /** Bytes may come in pieces. */
  readonly body?: Buffer | readonly Buffer[] | string;
}

/** The server's name in every answer; its number counts the abilities of the simulated account. */
export const SERVER_NAME = 'SimulatedAWS/1 (vault-backup-environment)';
