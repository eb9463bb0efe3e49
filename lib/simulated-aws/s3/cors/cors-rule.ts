import { childrenNamed, childText, type XmlElement } from '../../wire/xml/xml-element';

/** The request that a page wants to make: its origin, its method, its headers. */
export interface CrossOriginRequest {
  readonly origin: string;
  readonly method: string;
  /** Lower-case names. */
  readonly headers: readonly string[];
}

/** The first rule that lets a page do what it asks for. */
export function matchingRule(configuration: XmlElement, request: CrossOriginRequest): XmlElement | undefined {
  return childrenNamed(configuration, 'CORSRule').find((rule) => allows(rule, request));
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html */
function allows(rule: XmlElement, { origin, method, headers }: CrossOriginRequest): boolean {
  const allowedHeaders = textsOf(rule, 'AllowedHeader').map((header) => header.toLowerCase());
  return (
    textsOf(rule, 'AllowedMethod').includes(method) &&
    textsOf(rule, 'AllowedOrigin').some((pattern) => fits(pattern, origin)) &&
    headers.every((header) => allowedHeaders.some((pattern) => fits(pattern, header)))
  );
}

/** A pattern is the whole text, or has one asterisk for any part of it. */
function fits(pattern: string, text: string): boolean {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === text;
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}

/**
 * The headers that tell a browser what the rule allows.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html
 */
export function corsHeaders(
  rule: XmlElement,
  { origin, headers }: CrossOriginRequest,
): Readonly<Record<string, string>> {
  const isForAnyone = textsOf(rule, 'AllowedOrigin').includes('*');
  const maxAgeSeconds = childText(rule, 'MaxAgeSeconds');
  const exposed = textsOf(rule, 'ExposeHeader');
  return {
    'access-control-allow-origin': isForAnyone ? '*' : origin,
    'access-control-allow-methods': textsOf(rule, 'AllowedMethod').join(', '),
    ...(headers.length === 0 ? {} : { 'access-control-allow-headers': headers.join(', ') }),
    ...(exposed.length === 0 ? {} : { 'access-control-expose-headers': exposed.join(', ') }),
    ...(maxAgeSeconds === undefined ? {} : { 'access-control-max-age': maxAgeSeconds }),
    ...(isForAnyone ? {} : { 'access-control-allow-credentials': 'true' }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

function textsOf(rule: XmlElement, name: string): readonly string[] {
  return childrenNamed(rule, name).map(({ text }) => text);
}
