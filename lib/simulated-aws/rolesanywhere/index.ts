import type { Input } from '../service/json-parameters';
import type { Operation, Service } from '../service/service';
import { notImplemented } from '../wire/http/aws-error';
import type { WireRequest } from '../wire/http/message';
import { readJson, renderRestJsonError, restJsonResponse } from '../wire/protocols/json-protocol';
import { type Routed, routeRequest } from './route';

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
