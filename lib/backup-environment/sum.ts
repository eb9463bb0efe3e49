import { createHash } from 'node:crypto';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * SHA-256 over all that a config says, but for this sum itself: in whatever order its keys stand and however it is set
 * out, the sum is the same.
 *
 * It finds what was changed by accident or in haste; who wants to deceive can make a new one, and is found by the stack
 * that the config came from.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8785 for the text that is summed
 */
export function sumOfConfig(config: object): string {
  const { evidence, ...rest } = config as JsonObject;
  const { configSha256: _, ...others } = isObject(evidence) ? evidence : {};
  return createHash('sha256')
    .update(canonical({ ...rest, evidence: others }))
    .digest('hex');
}

/** Texts and numbers as JavaScript writes them, keys in the order of their UTF-16 code units, no blanks. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const known = Object.keys(value).filter((key) => value[key] !== undefined);
  return `{${known
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join(',')}}`;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
