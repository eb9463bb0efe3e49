import { COMMON_HEADERS, CONDITIONAL_HEADERS } from './headers';
import { ROUTES } from './index';
import { matchesName } from './route';
import { UNSUPPORTED_OPERATIONS } from './unsupported-operations';

/** Headers of requests to S3 that no operation here understands; a trailing `*` stands for any ending. */
const HEADERS_OF_OTHERS: readonly string[] = [
  'x-amz-bucket-object-lock-token',
  'x-amz-checksum-md5',
  'x-amz-checksum-sha512',
  'x-amz-checksum-xxhash*',
  'x-amz-client-token',
  'x-amz-confirm-remove-self-bucket-access',
  'x-amz-create-session-mode',
  'x-amz-fwd-*',
  'x-amz-if-match-*',
  'x-amz-mfa',
  'x-amz-object-annotation-directive',
  'x-amz-object-if-match',
  'x-amz-object-lock-event-*',
  'x-amz-object-version-id',
  'x-amz-rename-source*',
  'x-amz-request-route',
  'x-amz-request-token',
  'x-amz-write-offset-bytes',
];

const QUERY_OF_OTHERS: readonly string[] = [
  'annotation-prefix',
  'annotationName',
  'max-annotation-results',
  'max-directory-buckets',
];

const HEADERS: readonly string[] = [
  ...new Set([
    ...COMMON_HEADERS,
    ...CONDITIONAL_HEADERS,
    ...HEADERS_OF_OTHERS,
    ...ROUTES.flatMap((route) => [...(route.headers ?? []), ...(route.selectorHeader ? [route.selectorHeader] : [])]),
  ]),
];

const PARAMETERS: ReadonlySet<string> = new Set([
  ...QUERY_OF_OTHERS,
  ...ROUTES.flatMap(({ selectors = [], query = [] }) => [...selectors, ...query]),
  ...UNSUPPORTED_OPERATIONS.flatMap(({ selectors }) => selectors),
]);

/** Whether the header, in lower case, means something to some operation of S3; S3 passes over all others. */
export function isHeaderOfS3(name: string): boolean {
  return HEADERS.some((pattern) => matchesName(pattern, name));
}

/** The same of a parameter, which may also stand for a header. */
export function isParameterOfS3(name: string): boolean {
  return PARAMETERS.has(name) || isHeaderOfS3(name.toLowerCase());
}
