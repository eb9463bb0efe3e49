import { AwsError } from '../http/aws-error';
import { type Parameter, tryReadParameters, type WireRequest, type WireResponse } from '../http/message';
import { writeXml, type XmlContent } from '../xml/xml';

/** The parameters of a request in the AWS Query protocol. */
export type Form = ReadonlyMap<string, string>;

/** The parts of a service's answers in the AWS Query protocol. */
export interface QueryAnswer {
  readonly operation: string;
  readonly namespace: string;
  /** Absent for an operation that answers with its request id alone. */
  readonly result?: XmlContent;
}

/**
 * The form of a request: its body, or its query when it has no body.
 *
 * @throws {AwsError} `MalformedQueryString`
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function readForm(request: WireRequest): Form {
  const parameters: readonly Parameter[] | undefined =
    request.body.length === 0 ? [...request.query] : tryReadParameters(request.body.toString('utf8'));
  if (parameters === undefined) {
    throw new AwsError(400, 'MalformedQueryString', 'The form that was sent is not well encoded.');
  }
  return new Map(parameters);
}

/** A success, with the request id. */
export function queryResponse(request: WireRequest, { operation, namespace, result }: QueryAnswer): WireResponse {
  const content = {
    ...(result === undefined ? {} : { [`${operation}Result`]: result }),
    ResponseMetadata: { RequestId: request.requestId },
  };
  return xmlResponse(200, writeXml(`${operation}Response`, content, namespace));
}

/** An error as the Query protocol writes it; whose fault it was follows from the status. */
export function renderQueryError(error: AwsError, request: WireRequest, namespace: string): WireResponse {
  const content = {
    Error: { Type: error.status < 500 ? 'Sender' : 'Receiver', Code: error.code, Message: error.message },
    RequestId: request.requestId,
  };
  const response = xmlResponse(error.status, writeXml('ErrorResponse', content, namespace));
  return { ...response, headers: { ...response.headers, ...error.headers } };
}

function xmlResponse(status: number, body: string): WireResponse {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
