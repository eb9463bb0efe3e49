import type { Operation, Service } from '../service';
import { notImplemented } from '../wire/exchange';
import { jsonOperationName, jsonResponse, readJson, renderJsonError } from '../wire/json-protocol';
import type { KmsOperation } from './operation';
import { kmsOperations } from './operations';
import type { Input } from './parameters';

export { importKey } from './new-key';
export { createKmsState } from './state';

/**
 * AWS Key Management Service: symmetric keys, their policies, rotation, tags and aliases, and encryption with them.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/Welcome.html
 */
export const kmsService: Service = {
  name: 'kms',
  route: (request) => {
    const name = jsonOperationName(request, 'TrentService');
    const operation = kmsOperations.get(name);
    if (operation === undefined) {
      throw notImplemented(`kms:${name}`);
    }
    return { name, run: answering(name, operation) };
  },
  renderError: renderJsonError,
};

function answering(name: string, operation: KmsOperation): Operation {
  return (call) => {
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
