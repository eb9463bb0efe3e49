import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Anything that a client of the SDK sends. */
export type AnyCommand = object;
export type MakeCommand = () => AnyCommand | Promise<AnyCommand>;

/** Tests of one operation. */
export interface OperationRow {
  /** A request that succeeds in the prepared account. */
  readonly request: MakeCommand;
  /** Members of its answer; `{}` for an operation that answers nothing. */
  readonly answer: object;
  /** Name of the error that answers every request, for an operation that never succeeds here. */
  readonly refusal?: string;
  /** Permissions that the request needs; each is denied in turn. @default - the one that has the operation's name */
  readonly permissions?: readonly string[];
  /** Requests that are refused, by the name that AWS documents for the error. */
  readonly errors: Readonly<Record<string, MakeCommand>>;
}

export type OperationRows = Readonly<Record<string, OperationRow>>;

/** Why an error that AWS documents is never answered here: by its name, or by `Operation.Name`. */
export type NeverHere = Readonly<Record<string, string>>;

/**
 * The errors that AWS's API reference lists for an operation, as the SDK's own documentation repeats them.
 *
 * @param client package of the SDK, as in `@aws-sdk/client-iam`
 */
function documentedErrors(client: string, operation: string): readonly string[] {
  const root = dirname(require.resolve(`${client}/package.json`));
  const text = readFileSync(join(root, 'dist-types', 'commands', `${operation}Command.d.ts`), 'utf8');
  return [...text.matchAll(/@throws \{@link (\w+?)(?:Exception)?\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => !/^(IAM|KMS|STS)Service$/.test(name));
}

/** Errors that AWS documents, have no row and no reason to be left out. */
export function untestedErrors(client: string, rows: OperationRows, neverHere: NeverHere): readonly string[] {
  return Object.entries(rows).flatMap(([operation, { errors }]) =>
    documentedErrors(client, operation)
      .filter((name) => !(name in errors) && !(name in neverHere) && !(`${operation}.${name}` in neverHere))
      .map((name) => `${operation}.${name}`),
  );
}

/** Reasons that are given for something that AWS does not document, or that has a row all the same. */
export function idleReasons(client: string, rows: OperationRows, neverHere: NeverHere): readonly string[] {
  const missing = Object.entries(rows).flatMap(([operation, { errors }]) =>
    documentedErrors(client, operation)
      .filter((name) => !(name in errors))
      .flatMap((name) => [name, `${operation}.${name}`]),
  );
  return Object.keys(neverHere).filter((name) => !missing.includes(name));
}

/** Rows as jest takes them, one for each error. */
export function errorCases(rows: OperationRows): readonly (readonly [string, string, MakeCommand])[] {
  return Object.entries(rows).flatMap(([operation, { errors }]) =>
    Object.entries(errors).map(([name, request]) => [operation, name, request] as const),
  );
}

/** Rows as jest takes them, one for each permission. */
export function permissionCases(
  rows: OperationRows,
  service: string,
): readonly (readonly [string, string, MakeCommand])[] {
  return Object.entries(rows).flatMap(([operation, { permissions = [`${service}:${operation}`], request }]) =>
    permissions.map((permission) => [operation, permission, request] as const),
  );
}
