import { tryReadParameters } from '../http/query-text';
import type { RawRequest } from '../http/raw-request';
import { signablePaths } from './canonical-path';
import type { PresentedSignature } from './presented-signature';
import { encodeUri } from './uri-encode';

/**
 * The request in the form that client and service sign; one for each path that the client may have signed.
 *
 * @param payloadHash hexadecimal SHA-256 of the body, or the literal that stands for it
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequests(
  request: RawRequest,
  presented: PresentedSignature,
  payloadHash: string,
): readonly string[] {
  const behindPath = [
    canonicalQuery(request.queryText),
    ...presented.signedHeaders.map((name) => `${name}:${canonicalValue(request.headers[name.toLowerCase()])}`),
    '',
    presented.signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
  return signablePaths(request, presented.scope.service).map((path) => `${request.method}\n${path}\n${behindPath}`);
}

/** Sorted by name, then by value, each as it is written; the signature itself is not signed. */
function canonicalQuery(queryText: string): string {
  return (tryReadParameters(queryText) ?? [])
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encodeUri(name), encodeUri(value)] as const)
    .sort(([name, value], [otherName, otherValue]) => compare(name, otherName) || compare(value, otherValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function canonicalValue(value: string | undefined): string {
  return (value ?? '').trim().replace(/ {2,}/g, ' ');
}

function compare(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}
