import { ToolkitError } from '../../errors';

export type Arguments = Readonly<Record<string, unknown>>;

export function requireObject(value: unknown, subject: string): Arguments {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Arguments;
  throw badStack(subject, 'must be an object', value);
}

export function badStack(subject: string, rule: string, got: unknown): ToolkitError {
  return new ToolkitError('BadStack', `${subject} ${rule}, got: ${JSON.stringify(got) ?? 'nothing'}`);
}
