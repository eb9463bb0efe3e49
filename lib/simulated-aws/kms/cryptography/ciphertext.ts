import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { EncryptionContext } from '../../../request-model';

const algorithm = 'aes-256-gcm';
const formatVersion = 1;
const headerBytes = 2;
const ivBytes = 12;
const tagBytes = 16;

/** What a ciphertext is made with. */
export interface Seal {
  readonly keyId: string;
  /** 32 bytes. */
  readonly keyMaterial: Buffer;
  readonly encryptionContext: EncryptionContext;
}

/** Bytes that one initialization vector takes. */
export const initializationVectorBytes = ivBytes;

/**
 * A ciphertext blob: version, length and text of the key id, initialization vector, tag, ciphertext.
 *
 * The key id and the encryption context are bound to it as additional authenticated data.
 */
export function encrypt(seal: Seal, plaintext: Buffer, initializationVector: Buffer): Buffer {
  const header = headerOf(seal.keyId);
  const cipher = createCipheriv(algorithm, seal.keyMaterial, initializationVector);
  cipher.setAAD(authenticatedData(header, seal.encryptionContext));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, initializationVector, cipher.getAuthTag(), ciphertext]);
}

/** The plaintext, or `undefined` when the blob, the key or the encryption context is not the one it was made with. */
export function decrypt(seal: Seal, blob: Buffer): Buffer | undefined {
  const header = headerOf(seal.keyId);
  const iv = blob.subarray(header.length, header.length + ivBytes);
  const tag = blob.subarray(header.length + ivBytes, header.length + ivBytes + tagBytes);
  if (!blob.subarray(0, header.length).equals(header) || tag.length !== tagBytes) {
    return undefined;
  }
  const decipher = createDecipheriv(algorithm, seal.keyMaterial, iv, { authTagLength: tagBytes });
  decipher.setAAD(authenticatedData(header, seal.encryptionContext));
  decipher.setAuthTag(tag);
  try {
    const ciphertext = blob.subarray(header.length + ivBytes + tagBytes);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** The id of the key that a blob names, or `undefined` when it is no ciphertext of this account. */
export function keyIdOf(blob: Buffer): string | undefined {
  const [version, length = 0] = blob;
  const keyId = blob.subarray(headerBytes, headerBytes + length).toString();
  return version === formatVersion && length > 0 && blob.length > headerBytes + length ? keyId : undefined;
}

function headerOf(keyId: string): Buffer {
  return Buffer.concat([Buffer.from([formatVersion, Buffer.byteLength(keyId)]), Buffer.from(keyId)]);
}

/** The order of the pairs in an encryption context has no meaning. */
function authenticatedData(header: Buffer, encryptionContext: EncryptionContext): Buffer {
  const pairs = Object.entries(encryptionContext).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([header, Buffer.from(JSON.stringify(pairs))]);
}
