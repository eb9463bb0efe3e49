/** Bucket and key that a copy reads from. */
interface CopySource {
  readonly bucket: string;
  readonly key: string;
}

/** The value of `CopySource` for a key: everything but slashes is encoded. */
export function copySourceText({ bucket, key }: CopySource): string {
  return [bucket, ...key.split('/')].map(encodeURIComponent).join('/');
}

export function copySourceOf(text: string): CopySource {
  const [bucket = '', ...segments] = text.split('/').map(decodeURIComponent);
  return { bucket, key: segments.join('/') };
}
