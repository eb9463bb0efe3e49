import type { AwsError } from '../http/aws-error';
import type { WireResponse } from '../http/message';

const CONTENT_TYPE = { 'content-type': 'application/json' };

/** A success; `undefined` members are left out. @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export function restJsonResponse(status: number, output: object): WireResponse {
  return { status, headers: CONTENT_TYPE, body: JSON.stringify(output) };
}

/** An error: its code is in a header, and clients that look for it in the body find it there, too. */
export function renderRestJsonError(error: AwsError): WireResponse {
  return {
    status: error.status,
    headers: { ...CONTENT_TYPE, 'x-amzn-errortype': error.code, ...error.headers },
    body: JSON.stringify({ __type: error.code, message: error.message, ...error.fields }),
  };
}
