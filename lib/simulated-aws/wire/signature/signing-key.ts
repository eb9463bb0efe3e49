import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { CredentialScope } from './presented-signature';

/** A client signs one request after the other with the same key; more than these are derived again. */
const MAX_DERIVED = 64;
const DERIVED = new Map<string, Buffer>();

/** The key that signs everything in one credential scope. */
export function signingKey(secretAccessKey: string, scope: CredentialScope): Buffer {
  const name = `${secretAccessKey} ${scopeText(scope)}`;
  const known = DERIVED.get(name);
  if (known !== undefined) return known;
  const key = deriveKey(secretAccessKey, scope);
  if (DERIVED.size >= MAX_DERIVED) DERIVED.clear();
  DERIVED.set(name, key);
  return key;
}

function deriveKey(secretAccessKey: string, { date, region, service }: CredentialScope): Buffer {
  return [date, region, service, 'aws4_request'].reduce<Buffer>(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
}

export function scopeText({ date, region, service }: CredentialScope): string {
  return `${date}/${region}/${service}/aws4_request`;
}

export function sign(key: Buffer, stringToSign: string): string {
  return createHmac('sha256', key).update(stringToSign).digest('hex');
}

export function sha256Hex(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Compares signatures in constant time. */
export function isSameSignature(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
