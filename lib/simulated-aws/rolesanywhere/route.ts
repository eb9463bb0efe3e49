import { AwsError } from '../wire/http/aws-error';
import type { WireRequest } from '../wire/http/message';
import { decodeUri } from '../wire/signature/canonical-request';
import { ROLES_ANYWHERE_OPERATIONS } from './operations';
import type { RolesAnywhereOperation } from './request/operation';

/** The operation that a request asks for, and what its path says. */
export interface Routed {
  readonly name: string;
  readonly operation: RolesAnywhereOperation;
  readonly labels: Readonly<Record<string, string>>;
}

/** @throws {AwsError} `UnknownOperationException` */
export function routeRequest({ method, path }: WireRequest): Routed {
  const segments = path.split('/').map(decodeUri);
  for (const [name, operation] of ROLES_ANYWHERE_OPERATIONS) {
    const labels = operation.method === method ? tryMatch(operation.path.split('/'), segments) : undefined;
    if (labels !== undefined) return { name, operation, labels };
  }
  throw new AwsError(404, 'UnknownOperationException', `There is no operation ${method} ${path}.`);
}

function tryMatch(pattern: readonly string[], segments: readonly string[]): Routed['labels'] | undefined {
  const isMatch =
    pattern.length === segments.length &&
    pattern.every((part, index) => (part.startsWith('{') ? segments[index] !== '' : part === segments[index]));
  if (!isMatch) return undefined;
  const labels = pattern.flatMap((part, index) =>
    part.startsWith('{') ? [[part.slice(1, -1), segments[index] ?? ''] as const] : [],
  );
  return Object.fromEntries(labels);
}
