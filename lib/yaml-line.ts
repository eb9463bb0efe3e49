import { stringify } from 'yaml';

/** A line of a mapping; the value is in quotes where YAML would take it for something else, as a number of 12 digits. */
export function yamlLine(key: string, value: string): string {
  return `${key}: ${stringify(value, { lineWidth: 0 }).trim()}`;
}
