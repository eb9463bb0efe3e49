import type { WireResponse } from '../../wire/http/message';
import { writeXml } from '../../wire/xml/xml';
import { renderElement, type XmlContent, type XmlElement } from '../../wire/xml/xml-element';

type Headers = Readonly<Record<string, string>>;

const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const CONTROL_NAMESPACE = 'http://awss3control.amazonaws.com/doc/2018-08-20/';

/** A document of S3 with these elements. */
export function xmlResponse(root: string, content: XmlContent, headers: Headers = {}): WireResponse {
  return documentResponse(writeXml(root, content, S3_NAMESPACE), headers);
}

/** A document of S3 Control with these elements. */
export function controlResponse(root: string, content: XmlContent): WireResponse {
  return documentResponse(writeXml(root, content, CONTROL_NAMESPACE));
}

/** A document of S3 as it is. */
export function elementResponse(element: XmlElement, headers: Headers = {}): WireResponse {
  const rooted = { ...element, attributes: { xmlns: S3_NAMESPACE, ...element.attributes } };
  return documentResponse(renderElement(rooted), headers);
}

function documentResponse(document: string, headers: Headers = {}): WireResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${document}`,
  };
}

export function emptyResponse(status: 200 | 204, headers: Headers = {}): WireResponse {
  return { status, headers };
}
