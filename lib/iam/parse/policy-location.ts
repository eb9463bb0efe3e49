import { ToolkitError } from '../../errors';

/** A place in a policy document. */
export interface PolicyLocation {
  readonly policy: string;
  /** JSON pointer; empty for the whole document. */
  readonly pointer: string;
}

export function childOf({ policy, pointer }: PolicyLocation, key: string | number): PolicyLocation {
  const token = typeof key === 'number' ? key : key.replaceAll('~', '~0').replaceAll('/', '~1');
  return { policy, pointer: `${pointer}/${token}` };
}

/** The error for a value that breaks a rule of the policy language. */
export function badPolicy({ policy, pointer }: PolicyLocation, rule: string, got: unknown): ToolkitError {
  return new ToolkitError('BadPolicy', `'${policy}' at '${pointer}': ${rule}, got: ${describe(got)}`);
}

function describe(value: unknown): string {
  const text = value === undefined ? 'nothing' : toJson(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** A value that JSON has no form for, or that nests too deeply, is named by its type. */
function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return typeof value;
  }
}
