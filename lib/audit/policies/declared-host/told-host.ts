import { badStack } from '../../stack/arguments';

/** Where an output says the host. */
export const AT = "'output.backup_environment': 'host'";

/** @throws {ToolkitError} `BadStack` */
export function textsOf(value: unknown, name: string): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  throw badStack(`${AT}.${name}`, 'must be a list', value);
}
