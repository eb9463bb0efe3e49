import type { Checksum } from '../../state/services/s3-state';
import type { XmlContent } from '../../wire/xml/xml-element';
import { checksumHeader } from './checksum';

/** The checksum and its type as headers; nothing for an object without one. */
export function checksumHeaders(checksum: Checksum | undefined): Readonly<Record<string, string>> {
  if (!checksum) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
}

/** The checksum and its type as elements of a document. */
export function checksumElements(checksum: Checksum | undefined): XmlContent {
  if (!checksum) return {};
  return { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type };
}
