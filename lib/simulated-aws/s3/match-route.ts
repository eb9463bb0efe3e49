import { ENCRYPTION_HEADERS } from '../../request-model';
import { AwsError, notImplemented } from '../wire/http/aws-error';
import type { WireRequest } from '../wire/http/message';
import { type Address, readAddress, type Target } from './request/address';
import { invalidArgument } from './request/errors';
import { ROUTES, UNSUPPORTED_OPERATIONS } from './routes';
import { isParameterOfS3, type Sort, sortOfHeader, sortOfParameter } from './routes/door';
import { COMMON_QUERY } from './routes/headers';
import type { Route } from './routes/route';

/** A route together with what it was matched from. */
export interface Match {
  readonly route: Route;
  readonly address: Address;
  readonly headers: Readonly<Record<string, string>>;
  /** Names of headers and, behind a question mark, of parameters that S3 ignores. */
  readonly ignored: readonly string[];
}

/**
 * Finds the operation that a request asks for.
 *
 * A sub-resource, parameter or header that S3 knows and the operation does not is refused by name, never passed over:
 * the plain verb would do something else than was asked for. What S3 does not know it ignores.
 *
 * @throws {AwsError} `NotImplemented`, `InvalidURI`
 */
export function matchRoute(request: WireRequest): Match {
  const headers = withPresignedHeaders(request);
  refuseTransferEncoding(request.headers);
  const address = readAddress(request.headers, request.path);
  const { target, subject } = address;
  const route = ROUTES.filter((candidate) => candidate.target === target && candidate.subject === subject)
    .filter(({ method }) => method === request.method)
    .filter((candidate) => isSelected(candidate, request.query, headers))
    .reduce<Route | undefined>((best, next) => (best && weight(best) >= weight(next) ? best : next), undefined);
  refuseUnsupported(target, request, route ? weight(route) : 0);
  if (!route) throw notImplemented(`${request.method} on ${describe(address, request.query)}`);
  const ignored = route.isPreflight ? [] : refuseOthers(route, request.query, headers);
  return { route, address, headers, ignored };
}

/** An operation that is asked for as closely as the route, or more, and is not simulated. */
function refuseUnsupported(target: Target, { method, query }: WireRequest, routeWeight: number): void {
  const asked = UNSUPPORTED_OPERATIONS.filter((one) => one.target === target && one.method === method)
    .filter(({ selectors }) => selectors.length >= routeWeight && selectors.every((name) => query.has(name)))
    .sort((left, right) => right.selectors.length - left.selectors.length)[0];
  if (asked) throw notImplemented(asked.operation);
}

/**
 * A body whose length is told by nothing. One that is `aws-chunked` has lost this header when it comes here.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
function refuseTransferEncoding(headers: WireRequest['headers']): void {
  if (headers['transfer-encoding'] === undefined) return;
  const message = 'A header you provided implies functionality that is not implemented';
  throw new AwsError(501, 'NotImplemented', message, { Header: 'Transfer-Encoding' });
}

function describe({ target, subject }: Address, query: ReadonlyMap<string, string>): string {
  if (subject !== undefined) return `'${subject}' of S3 Control`;
  const names = [...query.keys()].filter(isParameterOfS3);
  return names.length === 0 ? `a ${target} of S3` : `a ${target} with '?${names.join('&')}' of S3`;
}

function isSelected(route: Route, query: ReadonlyMap<string, string>, headers: Match['headers']): boolean {
  if (route.selectorHeader !== undefined && headers[route.selectorHeader] === undefined) return false;
  return (route.selectors ?? []).every((name) => query.has(name));
}

function weight(route: Route): number {
  return (route.selectors?.length ?? 0) + (route.selectorHeader === undefined ? 0 : 1);
}

/** Refuses what S3 knows and the operation does not take here. @returns the names of what S3 ignores */
function refuseOthers(route: Route, query: ReadonlyMap<string, string>, headers: Match['headers']): readonly string[] {
  const ignored: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    const sort = sortOfHeader(route, name);
    if (sort === 'unknown') ignored.push(name);
    else if (sort !== 'simulated') throw otherHeader(route, sort, { name, value });
  }
  for (const [name, value] of query) {
    if (name === 'list-type' && value !== '2') throw invalidArgument('Invalid List Type', name, value);
    const sort = isPresignedHeader(name, query) ? 'simulated' : sortOfParameter(route, name);
    if (sort === 'unknown') ignored.push(`?${name}`);
    else if (sort !== 'simulated')
      throw notImplemented(`sub-resource or query parameter '${name}' of ${route.operation}`);
  }
  return ignored;
}

/**
 * S3's own answer is known for one header; others are refused by name.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
function otherHeader(
  { operation, target }: Route,
  sort: Sort,
  { name, value }: { readonly name: string; readonly value: string },
): AwsError {
  if (sort === 'of-another-operation' && target === 'object' && name === ENCRYPTION_HEADERS.algorithm) {
    return invalidArgument(`${name} header is not supported for this operation.`, name, value);
  }
  return notImplemented(`header '${name}' of ${operation}`);
}

function isPresignedHeader(name: string, query: ReadonlyMap<string, string>): boolean {
  return query.has('X-Amz-Signature') && /^x-amz-/i.test(name) && !COMMON_QUERY.includes(name);
}

/** A presigned URL may carry `x-amz-*` headers as query parameters; they mean the same. */
function withPresignedHeaders(request: WireRequest): Readonly<Record<string, string>> {
  const carried = [...request.query]
    .filter(([name]) => isPresignedHeader(name, request.query))
    .map(([name, value]) => [name.toLowerCase(), value] as const);
  return { ...Object.fromEntries(carried), ...request.headers };
}
