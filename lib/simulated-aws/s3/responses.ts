import type { WireResponse } from '../wire/message';
import { buildElement, renderElement, type XmlContent, type XmlElement } from './xml';

type Headers = Readonly<Record<string, string>>;

const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A document of S3 with these elements. */
export function xmlResponse(root: string, content: XmlContent, headers: Headers = {}): WireResponse {
  return elementResponse(buildElement(root, content), headers);
}

/** A document of S3 as it is. */
export function elementResponse(element: XmlElement, headers: Headers = {}): WireResponse {
  const rooted = { ...element, attributes: { xmlns: s3Namespace, ...element.attributes } };
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${renderElement(rooted)}`,
  };
}

export function emptyResponse(status: 200 | 204, headers: Headers = {}): WireResponse {
  return { status, headers };
}
