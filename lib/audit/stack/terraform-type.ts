import { badStack } from './arguments';

/** Every object has these names, so a table by type would find something there that nobody wrote. */
const OF_EVERY_OBJECT: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** @throws {ToolkitError} `BadStack`, for a name that no provider and no backend gives a type */
export function requireType(type: string, subject: string): void {
  if (OF_EVERY_OBJECT.has(type)) throw badStack(subject, 'must be a type that Terraform knows', type);
}
