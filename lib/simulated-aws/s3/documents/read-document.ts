import { readXml } from '../../wire/xml/xml';
import type { XmlElement } from '../../wire/xml/xml-element';
import { verifyBody } from '../checksums/body-integrity';
import { malformedXml } from '../request/errors';
import type { S3Request } from '../request/request';
import { type GroupShape, validateShape } from './shape';

/** The name of a document and its content; some clients know it by a second name. */
export interface DocumentKind {
  readonly root: string;
  readonly otherRoot?: string;
  readonly shape: GroupShape;
}

/**
 * The document in the body of a request.
 *
 * @throws {AwsError} `BadDigest`, when it is not what was announced; `MalformedXML`, when it cannot be read or does
 *   not have the documented shape
 */
export function readDocument(request: S3Request, kind: DocumentKind): XmlElement {
  verifyBody(request);
  const element = readXml(request.call.request.body);
  if (element.name !== kind.root && element.name !== kind.otherRoot) throw malformedXml();
  validateShape(element, kind.shape);
  return { ...element, name: kind.root, attributes: {} };
}
