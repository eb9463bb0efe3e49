const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const SECRET_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

type RandomBytes = (size: number) => Buffer;

/**
 * The beginning of an id, by the kind of thing that it names.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
 */
const PREFIXES = {
  'access-key': 'AKIA',
  'instance-profile': 'AIPA',
  policy: 'ANPA',
  role: 'AROA',
  'temporary-access-key': 'ASIA',
  user: 'AIDA',
} as const;

/** A new id of 20 characters in AWS's form. */
export function newUniqueId(kind: keyof typeof PREFIXES, randomBytes: RandomBytes): string {
  const rest = [...randomBytes(16)].map((byte) => ALPHABET[byte % ALPHABET.length]);
  return `${PREFIXES[kind]}${rest.join('')}`;
}

/** A new secret access key of 40 characters. */
export function newSecretAccessKey(randomBytes: RandomBytes): string {
  return [...randomBytes(40)].map((byte) => SECRET_ALPHABET[byte % SECRET_ALPHABET.length]).join('');
}
