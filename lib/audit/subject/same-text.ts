import { parseStrictJson } from '../../json-shape';
import { isObject } from '../stack/unknown-value';

/** The provider writes policies in an order of its own. */
export function isSameText(written: string, planned: unknown): boolean {
  const text = written.replaceAll('$${', () => '${');
  const other = String(planned).replaceAll('$${', () => '${');
  if (text === other) return true;
  try {
    return canonical(parseStrictJson(text)) === canonical(parseStrictJson(other));
  } catch {
    return false;
  }
}

export function canonical(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? canonical(value[0]) : `[${value.map(canonical).sort().join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`)
    .sort()
    .join()}}`;
}
