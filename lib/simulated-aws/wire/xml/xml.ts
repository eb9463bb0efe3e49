import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { AwsError } from '../http/aws-error';
import { decodeXmlText, escapeXmlText } from './xml-text';

/** An element, with its children in document order. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Character data; empty for an element that has children. */
  readonly text: string;
}

export type XmlLeaf = string | number | boolean;

/** The content of an element: elements by name; an array repeats its name, `undefined` leaves it out. */
export interface XmlContent {
  readonly [name: string]: XmlLeaf | undefined | XmlContent | readonly (XmlLeaf | XmlContent)[];
}

/** More than any document takes: a thousand keys to delete, or ten thousand parts with their checksums. */
const MAX_DOCUMENT_BYTES = 8 * 2 ** 20;

/**
 * The root element of a document that a caller sent.
 *
 * Entities other than the five of XML itself are not known, and a document type is refused: nothing in it can grow.
 *
 * @throws {AwsError} `MalformedXML`; `MaxMessageLengthExceeded`, over 8 MiB
 */
export function readXml(body: Buffer | string): XmlElement {
  if (body.length > MAX_DOCUMENT_BYTES) throw tooLong();
  const text = body.toString('utf8');
  if (/<!DOCTYPE/i.test(text) || XMLValidator.validate(text) !== true) {
    throw malformedXml();
  }
  const [root, ...others] = parseNodes(text).flatMap(toElement);
  if (root === undefined || others.length > 0) {
    throw malformedXml();
  }
  return root;
}

/** The element as text, without an XML declaration. */
export function writeXml(name: string, content: XmlContent, namespace?: string): string {
  const attributes = namespace === undefined ? '' : ` xmlns="${escapeXmlText(namespace)}"`;
  return `<${name}${attributes}>${writeContent(content)}</${name}>`;
}

function writeContent(content: XmlContent): string {
  let text = '';
  for (const [name, value] of Object.entries(content)) {
    if (Array.isArray(value)) for (const one of value) text += writeElement(name, one);
    else if (value !== undefined) text += writeElement(name, value as XmlLeaf | XmlContent);
  }
  return text;
}

function writeElement(name: string, value: XmlLeaf | XmlContent): string {
  const inner = typeof value === 'object' ? writeContent(value) : escapeXmlText(String(value));
  return `<${name}>${inner}</${name}>`;
}

/** A node as the parser gives it: its name with the nodes inside it, and `:@` with its attributes. */
type ParsedNode = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  cdataPropName: '#cdata',
});

function parseNodes(text: string): readonly ParsedNode[] {
  try {
    return parser.parse(text) as readonly ParsedNode[];
  } catch {
    throw malformedXml();
  }
}

function toElement(node: ParsedNode): readonly XmlElement[] {
  const name = Object.keys(node).find((key) => key !== ':@');
  if (name === undefined || name.startsWith('#')) {
    return [];
  }
  const nodes = node[name] as readonly ParsedNode[];
  const attributes = Object.entries((node[':@'] ?? {}) as Readonly<Record<string, string>>);
  const children = nodes.flatMap(toElement);
  return [
    {
      name,
      attributes: Object.fromEntries(attributes.map(([key, value]) => [key, decodeXmlText(value)])),
      children,
      text: children.length > 0 ? '' : nodes.map(textOf).join(''),
    },
  ];
}

function textOf(node: ParsedNode): string {
  if (typeof node['#text'] === 'string') {
    return decodeXmlText(node['#text']);
  }
  return Array.isArray(node['#cdata'])
    ? node['#cdata'].map((part: ParsedNode) => String(part['#text'] ?? '')).join('')
    : '';
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function tooLong(): AwsError {
  return new AwsError(400, 'MaxMessageLengthExceeded', 'Your request was too large.', {
    MaxMessageLengthBytes: String(MAX_DOCUMENT_BYTES),
  });
}

function malformedXml(): AwsError {
  return new AwsError(
    400,
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}
