import type { Input } from '../service/json-parameters';
import type { Operation, Service } from '../service/service';
import { notImplemented } from '../wire/http/aws-error';
import { jsonOperationName, jsonResponse, readJson, renderJsonError } from '../wire/protocols/json-protocol';
import { KMS_OPERATIONS } from './operations';
import type { KmsOperation } from './request/operation';

export { importAlias } from './keys/alias-name';
export { importKey } from './keys/new-key';

/**
 * AWS Key Management Service: symmetric keys, their policies, rotation, tags and aliases, and encryption with them.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/Welcome.html
 */
export const kmsService: Service = {
  name: 'kms',
  route: (request) => {
    const name = jsonOperationName(request, 'TrentService');
    return { name, run: answering(name, KMS_OPERATIONS.get(name)) };
  },
  admitsUnsigned: () => false,
  renderError: renderJsonError,
};

/** An operation that is not simulated is refused when it runs, so that the request log has its name. */
function answering(name: string, operation: KmsOperation | undefined): Operation {
  return (call) => {
    if (operation === undefined) {
      throw notImplemented(`kms:${name}`);
    }
    const input = readJson(call.request);
    refuseUnknownParameters(name, operation, input);
    return jsonResponse(operation.run(call, input));
  };
}

function refuseUnknownParameters(name: string, operation: KmsOperation, input: Input): void {
  const unknown = Object.keys(input).find((parameter) => !operation.parameters.includes(parameter));
  if (unknown !== undefined) {
    throw notImplemented(`the parameter "${unknown}" of kms:${name}`);
  }
}
