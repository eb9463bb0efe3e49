import type { Input } from '../service/json-parameters';
import type { Operation, Service } from '../service/service';
import { AwsError, notImplemented } from '../wire/http/aws-error';
import type { WireRequest } from '../wire/http/message';
import { readJson, renderRestJsonError, restJsonResponse } from '../wire/protocols/json-protocol';
import { decodeUri } from '../wire/signature/canonical-request';
import { ROLES_ANYWHERE_OPERATIONS } from './operations';
import type { RolesAnywhereOperation } from './request/operation';

/** The operation that a request asks for, and what its path says. */
interface Routed {
  readonly name: string;
  readonly operation: RolesAnywhereOperation;
  readonly labels: Readonly<Record<string, string>>;
}

/** @throws {AwsError} `UnknownOperationException` */
function routeRequest({ method, path }: WireRequest): Routed {
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

export { importCrl } from './crls/import-crl';
export { importTrustAnchor } from './trust-anchors/trust-anchors';

/**
 * IAM Roles Anywhere: trust anchors, profiles, revocation lists and the subjects of certificates.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/Welcome.html
 */
export const rolesAnywhereService: Service = {
  name: 'rolesanywhere',
  route: (request) => {
    const routed = routeRequest(request);
    return { name: routed.name, run: answering(routed) };
  },
  admitsUnsigned: () => false,
  admitsCertificate: ({ method, path }) => method === 'POST' && path === '/sessions',
  renderError: renderRestJsonError,
};

function answering({ name, operation, labels }: Routed): Operation {
  return (call) => {
    const given = readParameters(call.request);
    const unknown = Object.keys(given).find((parameter) => !operation.parameters.includes(parameter));
    if (unknown !== undefined) throw notImplemented(`the parameter "${unknown}" of rolesanywhere:${name}`);
    return restJsonResponse(operation.successStatus ?? 200, operation.run(call, { ...given, ...labels }));
  };
}

/** The parameters of the query and the body. @throws {AwsError} `SerializationException` */
function readParameters(request: WireRequest): Input {
  return { ...Object.fromEntries(request.query), ...readJson(request) };
}
