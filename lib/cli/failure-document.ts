import { ConfigError, type Issue, ToolkitError } from '../errors';

/** Version of the document; a reader refuses any other. */
export const FAILURE_VERSION = 1;

/** Printed in the place of a result by whatever was asked for JSON and could not run. */
export interface Failure {
  readonly version: typeof FAILURE_VERSION;
  readonly error: {
    /** Stable; `Defect` for a bug. */
    readonly code: string;
    readonly message: string;
    /** Every problem of the files that were read. */
    readonly issues?: readonly Issue[];
  };
}

export function failureDocument(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof ToolkitError ? error.code : 'Defect';
  const issues = error instanceof ConfigError ? { issues: error.issues } : {};
  return { version: FAILURE_VERSION, error: { code, message, ...issues } };
}

/** Whether the command line asks for JSON on standard output. */
export function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const own = end === -1 ? argv : argv.slice(0, end);
  return own.some((word, index) => word === '--format=json' || (word === 'json' && own[index - 1] === '--format'));
}
