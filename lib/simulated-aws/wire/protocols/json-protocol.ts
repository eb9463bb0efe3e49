import { AwsError, notImplemented } from '../http/aws-error';
import type { WireRequest, WireResponse } from '../http/message';

/** The members of a request in the AWS JSON 1.1 protocol. */
export type JsonInput = Readonly<Record<string, unknown>>;

const CONTENT_TYPE = 'application/x-amz-json-1.1';

/**
 * The operation that `X-Amz-Target` names.
 *
 * @param targetPrefix the service's own, for example `TrentService`
 * @throws {AwsError} `UnknownOperationException` for a target of another service, or none
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export function jsonOperationName(request: WireRequest, targetPrefix: string): string {
  const target = request.headers['x-amz-target'] ?? '';
  if (!target.startsWith(`${targetPrefix}.`)) {
    throw new AwsError(400, 'UnknownOperationException', `The target '${target}' names no operation of this service.`);
  }
  if (!(request.headers['content-type'] ?? '').startsWith(CONTENT_TYPE)) {
    throw notImplemented(`the protocol of content type '${request.headers['content-type'] ?? ''}'`);
  }
  return target.slice(targetPrefix.length + 1);
}

/** The members of the request. @throws {AwsError} `SerializationException` */
export function readJson(request: WireRequest): JsonInput {
  const value = parse(request.body.toString('utf8') || '{}');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AwsError(400, 'SerializationException', 'The request body is not a JSON object.');
  }
  return value as JsonInput;
}

/** A success; `undefined` members are left out. An operation without an answer leaves the body empty. */
export function jsonResponse(output?: object): WireResponse {
  return {
    status: 200,
    headers: { 'content-type': CONTENT_TYPE },
    body: output === undefined ? '' : JSON.stringify(output),
  };
}

/** An error as the JSON protocols write it. */
export function renderJsonError(error: AwsError): WireResponse {
  return {
    status: error.status,
    headers: { 'content-type': CONTENT_TYPE, ...error.headers },
    body: JSON.stringify({ __type: error.code, message: error.message, ...error.fields }),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError(400, 'SerializationException', 'The request body is not valid JSON.');
  }
}

const REST_CONTENT_TYPE = { 'content-type': 'application/json' };

/** A success; `undefined` members are left out. @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export function restJsonResponse(status: number, output: object): WireResponse {
  return { status, headers: REST_CONTENT_TYPE, body: JSON.stringify(output) };
}

/** An error: its code is in a header, and clients that look for it in the body find it there, too. */
export function renderRestJsonError(error: AwsError): WireResponse {
  return {
    status: error.status,
    headers: { ...REST_CONTENT_TYPE, 'x-amzn-errortype': error.code, ...error.headers },
    body: JSON.stringify({ __type: error.code, message: error.message, ...error.fields }),
  };
}
