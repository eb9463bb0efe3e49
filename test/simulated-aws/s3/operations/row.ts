/** A request: `PUT /acme/k?tagging`, its headers, its body. `{version}`, `{upload}` and `{etag}` stand for what came before. */
export interface Sent {
  readonly request: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Over plain HTTP. */
  readonly isPlain?: boolean;
}

/** The step before. */
export interface Given extends Sent {
  /** From the configuration that was put, each under an id of its own: 1, 2 and so on. */
  readonly copies?: number;
}

/** An operation when all is well, and the permissions that it needs. */
export interface SuccessRow extends Sent {
  readonly operation: string;
  readonly status: number;
  /** Elements of the answer's document, and its headers. */
  readonly answers?: Readonly<Record<string, string>>;
  /** Every action that the caller needs; without any one of them the request is refused. */
  readonly needs: readonly string[];
  readonly given?: readonly Given[];
}

/** One way in which an operation fails. */
export interface ErrorRow extends Sent {
  readonly operation: string;
  readonly code: string;
  readonly status: number;
  /** Its cause. */
  readonly when: string;
  /** Elements of the error beside `Code`, `Message`, `RequestId` and `HostId`; `Resource` where there are no others. */
  readonly fields?: readonly string[];
  readonly given?: readonly Given[];
}

/** The rows of one operation, each without its name. */
export function rowsOf<Row>(operation: string, ...rows: readonly Row[]): readonly (Row & { operation: string })[] {
  return rows.map((row) => ({ operation, ...row }));
}

export const xml = (root: string, content = '') =>
  `<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${root}>`;

/** The MD5 that Content-MD5 wants, of nothing: well formed, and wrong for any body. */
export const wrongMd5 = '1B2M2Y8AsgTpgAmY7PhCfg==';
