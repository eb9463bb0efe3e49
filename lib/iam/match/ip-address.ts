import { isIPv4, isIPv6 } from 'node:net';

/** A range of addresses: 4 bytes for IPv4, 16 for IPv6, and how many leading bits count. */
export interface AddressRange {
  readonly bytes: readonly number[];
  readonly prefixBits: number;
}

/** The bytes of an address; `undefined` for a text that is not one. */
export function tryParseAddress(text: string): readonly number[] | undefined {
  if (isIPv4(text)) return text.split('.').map(Number);
  return isIPv6(text) && !text.includes('%') ? parseIpv6(text) : undefined;
}

/**
 * A range in CIDR form, or a single IPv4 address, which is a `/32`; `undefined` for anything else.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export function tryParseRange(text: string): AddressRange | undefined {
  const [address = '', prefix, ...rest] = text.split('/');
  const bytes = tryParseAddress(address);
  if (bytes === undefined || rest.length > 0) return undefined;
  if (prefix === undefined) return bytes.length === 4 ? { bytes, prefixBits: 32 } : undefined;
  const isPrefix = /^\d{1,3}$/.test(prefix) && Number(prefix) <= bytes.length * 8;
  return isPrefix ? { bytes, prefixBits: Number(prefix) } : undefined;
}

/** Whether the address lies in the range; never across IPv4 and IPv6. */
export function isInRange(address: readonly number[], { bytes, prefixBits }: AddressRange): boolean {
  if (address.length !== bytes.length) return false;
  return bytes.every((byte, index) => {
    const ignoredBits = Math.min(8, Math.max(0, (index + 1) * 8 - prefixBits));
    return byte >> ignoredBits === (address[index] ?? 0) >> ignoredBits;
  });
}

function parseIpv6(text: string): readonly number[] {
  const [head = '', tail] = text.split('::');
  const before = toBytes(head);
  const after = toBytes(tail ?? '');
  return [...before, ...new Array<number>(16 - before.length - after.length).fill(0), ...after];
}

function toBytes(groups: string): readonly number[] {
  if (groups === '') return [];
  return groups.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
}
