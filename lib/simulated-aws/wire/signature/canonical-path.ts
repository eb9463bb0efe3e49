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
