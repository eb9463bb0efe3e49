/** The outcome of each operation with the rights of the role, whatever client does it: first those that must work. */
const OUTCOMES = {
  put: 'ok',
  get: 'ok',
  range: 'ok',
  head: 'ok',
  list: 'ok',
  'list-versions': 'ok',
  'slashes d//x': 'ok',
  'slashes /lead': 'ok',
  'slashes trail/': 'ok',
  big: 'ok',
  copy: 'ok',
  presigned: 'ok',
  'delete-batch': 'ok',
  waiter: 'ok',
  'put-if-absent': 'PreconditionFailed',
  missing: 'NoSuchKey',
  'read-version': 'AccessDenied',
  'delete-version': 'AccessDenied',
  acl: 'AccessDenied',
  tagging: 'AccessDenied',
  'wrong-encryption': 'AccessDenied',
  'customer-key': 'AccessDenied',
  'wrong-checksum': 'BadDigest',
  'plain-http': 'AccessDenied',
  'bucket-policy': 'AccessDenied',
  'other-bucket': 'AccessDenied',
  'list-buckets': 'AccessDenied',
  delete: 'ok',
} as const;

export type Operation = keyof typeof OUTCOMES;

const BY_ALL: readonly Operation[] = [
  'put',
  'get',
  'range',
  'head',
  'list',
  'list-versions',
  'slashes d//x',
  'slashes /lead',
  'slashes trail/',
  'big',
  'copy',
  'presigned',
  'delete-batch',
  'missing',
  'read-version',
  'delete-version',
  'acl',
  'tagging',
  'wrong-encryption',
  'customer-key',
  'bucket-policy',
  'other-bucket',
  'list-buckets',
  'delete',
];

/** A client of a program, and what it does. */
export interface Client {
  readonly name: string;
  /** Beside or without what all do. */
  readonly also?: readonly Operation[];
  readonly lacks?: readonly Operation[];
  /** Algorithms that it can be told to send. */
  readonly checksums?: readonly string[];
}

/** Each line that a program with these clients has to print, sorted. */
export function expectedLines(clients: readonly Client[]): readonly string[] {
  const lines = clients.flatMap(({ name, also = [], lacks = [], checksums = [] }) => {
    const operations = [...BY_ALL, ...also].filter((operation) => !lacks.includes(operation));
    const outcomes = operations.map((operation) => `${name}\t${operation}\t${OUTCOMES[operation]}`);
    return [...outcomes, ...checksums.map((algorithm) => `${name}\tchecksum ${algorithm}\tok`)];
  });
  return lines.sort();
}
