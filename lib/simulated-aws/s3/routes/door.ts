import { ROUTES, UNSUPPORTED_OPERATIONS } from '.';
import { COMMON_HEADERS, COMMON_QUERY, CONDITIONAL_HEADERS } from './headers';
import type { Route } from './route';

/**
 * How S3 reads a header or parameter of one operation.
 *
 * - `simulated`: the operation takes it, here as there; also HTTP's own headers.
 * - `not-simulated`: the operation takes it on AWS alone; it would do something else here.
 * - `of-another-operation`: S3 knows it, and this operation does not.
 * - `unknown`: S3 ignores it.
 */
export type Sort = 'simulated' | 'not-simulated' | 'of-another-operation' | 'unknown';

const EVENT_HOLD = 'x-amz-object-lock-event-*';

/** Headers in AWS's model of an operation that are not simulated; a trailing `*` stands for any ending. */
export const NOT_SIMULATED: Readonly<Record<string, readonly string[]>> = {
  PutObject: [EVENT_HOLD, 'x-amz-write-offset-bytes'],
  CopyObject: [EVENT_HOLD, 'x-amz-object-annotation-directive'],
  CreateMultipartUpload: [EVENT_HOLD],
  AbortMultipartUpload: ['x-amz-if-match-initiated-time'],
  DeleteObject: ['x-amz-if-match-last-modified-time', 'x-amz-if-match-size'],
  PutBucketReplication: ['x-amz-bucket-object-lock-token'],
};

/** Headers that only operations take which are not simulated. */
const HEADERS_OF_OTHERS = [
  'x-amz-client-token',
  'x-amz-create-session-mode',
  'x-amz-fwd-*',
  'x-amz-object-if-match',
  'x-amz-object-version-id',
  'x-amz-rename-source*',
  'x-amz-request-route',
  'x-amz-request-token',
];

const QUERY_OF_OTHERS = [
  'annotation-prefix',
  'annotationName',
  'max-annotation-results',
  'max-directory-buckets',
  'select-type',
];

/** Names, and the beginnings of names. */
interface Names {
  readonly exact: ReadonlySet<string>;
  readonly beginnings: readonly string[];
}

const CONDITIONAL: ReadonlySet<string> = new Set(CONDITIONAL_HEADERS);

const HEADERS_OF_S3 = toNames([
  ...COMMON_HEADERS,
  ...CONDITIONAL_HEADERS,
  ...HEADERS_OF_OTHERS,
  ...Object.values(NOT_SIMULATED).flat(),
  ...ROUTES.flatMap(headersOf),
]);

const QUERY_OF_S3: ReadonlySet<string> = new Set([
  ...QUERY_OF_OTHERS,
  ...ROUTES.flatMap(queryOf),
  ...UNSUPPORTED_OPERATIONS.flatMap(({ selectors }) => selectors),
]);

interface Door {
  readonly headers: Names;
  readonly notSimulated: Names;
  readonly query: ReadonlySet<string>;
}

const DOORS: ReadonlyMap<Route, Door> = new Map(
  ROUTES.map((route) => [
    route,
    {
      headers: toNames([...COMMON_HEADERS, ...headersOf(route)]),
      notSimulated: toNames(NOT_SIMULATED[route.operation] ?? []),
      query: new Set([...COMMON_QUERY, ...queryOf(route)]),
    },
  ]),
);

/** @param name in lower case */
export function sortOfHeader(route: Route, name: string): Sort {
  if (!/^(?:x-)?amz/.test(name) && !CONDITIONAL.has(name)) return 'simulated';
  const door = DOORS.get(route);
  if (door === undefined || holds(door.headers, name)) return 'simulated';
  if (holds(door.notSimulated, name)) return 'not-simulated';
  return holds(HEADERS_OF_S3, name) ? 'of-another-operation' : 'unknown';
}

/** A parameter that S3 knows as a header, too, stands for that header in presigned URLs alone. */
export function sortOfParameter(route: Route, name: string): Sort {
  if (DOORS.get(route)?.query.has(name)) return 'simulated';
  return isParameterOfS3(name) ? 'of-another-operation' : 'unknown';
}

export function isParameterOfS3(name: string): boolean {
  return QUERY_OF_S3.has(name) || holds(HEADERS_OF_S3, name.toLowerCase());
}

function headersOf({ headers = [], selectorHeader }: Route): readonly string[] {
  return selectorHeader === undefined ? headers : [...headers, selectorHeader];
}

function queryOf({ selectors = [], query = [] }: Route): readonly string[] {
  return [...selectors, ...query];
}

function toNames(patterns: readonly string[]): Names {
  return {
    exact: new Set(patterns),
    beginnings: [...new Set(patterns)].filter((one) => one.endsWith('*')).map((one) => one.slice(0, -1)),
  };
}

function holds({ exact, beginnings }: Names, name: string): boolean {
  return exact.has(name) || beginnings.some((beginning) => name.startsWith(beginning));
}
