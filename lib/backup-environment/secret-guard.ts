import { ToolkitError } from '../errors';

interface SecretForm {
  readonly kind: string;
  readonly pattern: RegExp;
  /** Whether a match is random enough to be a secret. */
  readonly isSecret: (match: string) => boolean;
}

/** About 30 of 40 random characters differ, and fewer than these in 3 keys of 10,000; names made of words stay below. */
const RANDOM_CHARACTERS = 23;

const always = () => true;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const SECRET_FORMS: readonly SecretForm[] = [
  { kind: 'an AWS access key id', pattern: /(?<![A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/g, isSecret: always },
  {
    kind: 'an AWS secret access key',
    pattern: /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g,
    isSecret: isRandom,
  },
  {
    kind: 'an AWS session token',
    pattern: /(IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9/+]{16}/g,
    isSecret: always,
  },
  { kind: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/g, isSecret: always },
];

/**
 * Refuses a text that holds what looks like a secret. The secret itself is not repeated.
 *
 * @param file - how to call the text in a message
 * @throws {ToolkitError} `SecretInOutput`
 */
export function refuseSecrets(text: string, file: string): void {
  const found = SECRET_FORMS.find(({ pattern, isSecret }) => (text.match(pattern) ?? []).some(isSecret));
  if (found === undefined) return;
  throw new ToolkitError(
    'SecretInOutput',
    `'${file}' must not hold a secret, got: what looks like ${found.kind}\n` +
      'Take it out of the environment file (label, names, paths), then synthesize and apply again',
  );
}

function isRandom(text: string): boolean {
  const hasEveryClass = /[A-Z]/.test(text) && /[a-z]/.test(text) && /[0-9]/.test(text);
  return hasEveryClass && new Set(text).size >= RANDOM_CHARACTERS;
}
