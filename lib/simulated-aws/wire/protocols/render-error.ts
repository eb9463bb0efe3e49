import type { AwsError } from '../http/aws-error';
import type { Protocol, WireRequest, WireResponse } from '../http/message';
import { writeXml } from '../xml/xml';
import { renderJsonError, renderRestJsonError } from './json-protocol';
import { renderQueryError } from './query-protocol';

/** The error of a service that is not simulated, in the protocol that the request seems to speak. */
export function renderGenericError(protocol: Protocol, error: AwsError, request: WireRequest): WireResponse {
  switch (protocol) {
    case 'json':
      return renderJsonError(error);
    case 'rest-json':
      return renderRestJsonError(error);
    case 'query':
      return renderQueryError(error, request, 'http://webservices.amazon.com/AWSFault/2005-15-09');
    case 'rest-xml': {
      const content = { Code: error.code, Message: error.message, ...error.fields, RequestId: request.requestId };
      return { status: error.status, headers: { 'content-type': 'application/xml' }, body: writeXml('Error', content) };
    }
  }
}
