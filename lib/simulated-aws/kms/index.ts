import type { Call, Operation, Service } from '../service';
import { AwsError, notImplemented, type WireRequest, type WireResponse } from '../wire/exchange';
import type { KmsOperation } from './operation';
import { kmsOperations } from './operations';
import type { Input } from './parameters';

export { importKey } from './new-key';
export { createKmsState } from './state';

const contentType = 'application/x-amz-json-1.1';
const targetPrefix = 'TrentService.';

/**
 * AWS Key Management Service: symmetric keys, their policies, rotation, tags and aliases, and encryption with them.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/Welcome.html
 */
export const kmsService: Service = {
  name: 'kms',
  route: (request) => {
    const name = operationName(request);
    const operation = kmsOperations.get(name);
    if (operation === undefined) {
      throw notImplemented(`kms:${name}`);
    }
    return { name, run: answering(name, operation) };
  },
  renderError: (error, request) => ({
    status: error.status,
    headers: { 'content-type': contentType, 'x-amzn-requestid': request.requestId, ...error.headers },
    body: JSON.stringify({ __type: error.code, message: error.message, ...error.fields }),
  }),
};

/** The operation that `X-Amz-Target` names. */
function operationName(request: WireRequest): string {
  const target = request.headers['x-amz-target'] ?? '';
  if (!target.startsWith(targetPrefix)) {
    throw new AwsError(400, 'UnknownOperationException', `The X-Amz-Target "${target}" is no operation of KMS.`);
  }
  return target.slice(targetPrefix.length);
}

function answering(name: string, operation: KmsOperation): Operation {
  return (call: Call): WireResponse => {
    const input = parseInput(call.request);
    refuseUnknownParameters(name, operation, input);
    const output = operation.run(call, input);
    return {
      status: 200,
      headers: { 'content-type': contentType, 'x-amzn-requestid': call.request.requestId },
      body: output === undefined ? '' : JSON.stringify(output),
    };
  };
}

function parseInput(request: WireRequest): Input {
  try {
    const input: unknown = JSON.parse(request.body.toString());
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
      return input as Input;
    }
  } catch {
    // The same answer as for JSON that is no object.
  }
  throw new AwsError(400, 'SerializationException', 'The request body is not a JSON object.');
}

function refuseUnknownParameters(name: string, operation: KmsOperation, input: Input): void {
  const unknown = Object.keys(input).find((parameter) => !operation.parameters.includes(parameter));
  if (unknown !== undefined) {
    throw notImplemented(`the parameter "${unknown}" of kms:${name}`);
  }
}
