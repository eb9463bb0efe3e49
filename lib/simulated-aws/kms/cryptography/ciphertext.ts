import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { EncryptionContext } from '../../../request-model';

const ALGORITHM = 'aes-256-gcm';
const FORMAT_VERSION = 1;
const HEADER_BYTES = 2;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The ingredients of a ciphertext. */
export interface Seal {
  readonly keyId: string;
  /** 32 bytes. */
  readonly keyMaterial: Buffer;
  readonly encryptionContext: EncryptionContext;
}

/** Bytes that one initialization vector takes. */
export const INITIALIZATION_VECTOR_BYTES = IV_BYTES;

/**
 * A ciphertext blob: version, length and text of the key id, initialization vector, tag, ciphertext.
 *
 * The key id and the encryption context are bound to it as additional authenticated data.
 */
export function encrypt(seal: Seal, plaintext: Buffer, initializationVector: Buffer): Buffer {
  const header = headerOf(seal.keyId);
  const cipher = createCipheriv(ALGORITHM, seal.keyMaterial, initializationVector);
  cipher.setAAD(authenticatedData(header, seal.encryptionContext));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, initializationVector, cipher.getAuthTag(), ciphertext]);
}

/** The plaintext, or `undefined` when the blob, the key or the encryption context is not the one it was made with. */
export function decrypt(seal: Seal, blob: Buffer): Buffer | undefined {
  const header = headerOf(seal.keyId);
  const iv = blob.subarray(header.length, header.length + IV_BYTES);
  const tag = blob.subarray(header.length + IV_BYTES, header.length + IV_BYTES + TAG_BYTES);
  if (!blob.subarray(0, header.length).equals(header) || tag.length !== TAG_BYTES) {
    return undefined;
  }
  const decipher = createDecipheriv(ALGORITHM, seal.keyMaterial, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(authenticatedData(header, seal.encryptionContext));
  decipher.setAuthTag(tag);
  try {
    const ciphertext = blob.subarray(header.length + IV_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** The id of the key that a blob names, or `undefined` when it is no ciphertext of this account. */
export function keyIdOf(blob: Buffer): string | undefined {
  const [version, length = 0] = blob;
  const keyId = blob.subarray(HEADER_BYTES, HEADER_BYTES + length).toString();
  return version === FORMAT_VERSION && length > 0 && blob.length > HEADER_BYTES + length ? keyId : undefined;
}

function headerOf(keyId: string): Buffer {
  return Buffer.concat([Buffer.from([FORMAT_VERSION, Buffer.byteLength(keyId)]), Buffer.from(keyId)]);
}

/** The order of the pairs in an encryption context has no meaning. */
function authenticatedData(header: Buffer, encryptionContext: EncryptionContext): Buffer {
  const pairs = Object.entries(encryptionContext).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([header, Buffer.from(JSON.stringify(pairs))]);
}
