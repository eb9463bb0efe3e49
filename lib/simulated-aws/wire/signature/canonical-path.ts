import { decodeUri, encodeUri } from './uri-encode';

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
