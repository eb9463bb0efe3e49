import { tryReadParameters } from '../http/message';
import type { RawRequest } from '../http/raw-request';
import type { PresentedSignature } from './presented-signature';

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

/**
 * The path as it is signed.
 *
 * S3 takes it as it is, since an object's key may hold dot segments; every other service normalizes it, and encodes
 * once more what already came encoded.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalPath(path: string, service: string): string {
  return service === 's3' ? encodeSegments(path.split('/').map(decodeUri)) : encodeSegments(normalize(path));
}

/**
 * The paths that a signature may cover, the usual one first.
 *
 * For a bucket or an object S3 makes the path anew from the key, so a slash that came encoded may be signed as a plain
 * one, as the SDKs for Java do. What AWS says to one that was signed as it came is not documented; it is taken.
 *
 * @see https://github.com/aws/aws-sdk-java/issues/82
 */
export function signablePaths({ path, headers }: Signed, service: string): readonly string[] {
  const asSent = canonicalPath(path, service);
  if (service !== 's3' || isOfControl({ path, headers })) return [asSent];
  const ofKey = encodeSegments(decodeUri(path).split('/'));
  return ofKey === asSent ? [asSent] : [asSent, ofKey];
}

interface Signed {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** S3 Control, whose paths hold ARNs. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_TagResource.html */
function isOfControl({ path, headers }: Signed): boolean {
  return headers['x-amz-account-id'] !== undefined && path.startsWith('/v20180820/');
}

function encodeSegments(segments: readonly string[]): string {
  return segments.map(encodeUri).join('/');
}

function normalize(path: string): readonly string[] {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') {
      kept.pop();
    } else if (segment !== '' && segment !== '.') {
      kept.push(segment);
    }
  }
  return ['', ...kept, ...(path.endsWith('/') && kept.length > 0 ? [''] : []), ...(kept.length === 0 ? [''] : [])];
}

/** Percent-encodes all but the unreserved characters of RFC 3986, in upper-case hexadecimal. */
function encodeUri(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Percent-decodes; a text whose encoding is broken stays as it is, and so does not match any signature made of it. */
export function decodeUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
