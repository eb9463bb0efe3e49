import { isVisible } from '../../visible';
import type { Remains } from './list-remains';

/** A bucket that something was left in. */
export interface LeftBucket {
  readonly scope: { readonly bucket: string; readonly account: string };
  readonly region: string;
}

/** Lists what is under one key as `delete-objects` takes it. */
const AS_OBJECTS = '{Objects:[Versions||`[]`,DeleteMarkers||`[]`][][].{Key:Key,VersionId:VersionId}}';
const AS_UPLOADS = 'Uploads[].[UploadId]';

/**
 * The command of the AWS CLI with which an operator removes what was left.
 *
 * Where the id of the version or upload never became known, it removes everything under that one key.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/s3api/
 */
export function removalCommand({ scope, region }: LeftBucket, { kind, key, versionId, uploadId }: Remains): string {
  const call = (name: string, ...options: readonly string[]) =>
    ['aws', 's3api', name, '--bucket', quote(scope.bucket), ...options].join(' ');
  const owned = ['--expected-bucket-owner', quote(scope.account), '--region', quote(region)];
  const keyOption = ['--key', quote(key)];
  if (uploadId !== undefined) {
    return call('abort-multipart-upload', ...keyOption, '--upload-id', quote(uploadId), ...owned);
  }
  if (versionId !== undefined) {
    return call('delete-object', ...keyOption, '--version-id', quote(versionId), ...owned);
  }
  const named = ['--prefix', quote(key), ...owned];
  if (kind === 'upload') {
    const uploads = call('list-multipart-uploads', ...named, '--query', quote(AS_UPLOADS), '--output', 'text');
    return `${uploads} | xargs -rn1 ${call('abort-multipart-upload', ...keyOption, ...owned, '--upload-id')}`;
  }
  const versions = call('list-object-versions', ...named, '--query', quote(AS_OBJECTS), '--output', 'json');
  return call('delete-objects', ...owned, '--delete', `"$(${versions})"`);
}

/**
 * As one word of any shell of POSIX, in characters that can be seen and copied.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/printf.html
 */
function quote(text: string): string {
  if (/^[A-Za-z0-9_./:=-]+$/.test(text)) return text;
  if (isVisible(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const bytes = [...Buffer.from(text)].map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : octal(byte)));
  return `"$(printf '${bytes.join('')}')"`;
}

const isPlain = (byte: number) => /[A-Za-z0-9 _./:=-]/.test(String.fromCharCode(byte));
const octal = (byte: number) => `\\${byte.toString(8).padStart(3, '0')}`;
