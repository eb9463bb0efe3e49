import { buildElement, childText, type XmlElement } from '../../wire/xml/xml-element';
import type { S3Request } from '../request/request';

/** The rule with an id, first of its elements: the one that it has, or one that S3 makes up. */
export function withId(rule: XmlElement, name: 'ID' | 'Id', request: S3Request): XmlElement {
  if (childText(rule, name)) return rule;
  const id = buildElement(name, request.call.account.randomBytes(24).toString('base64'));
  return { ...rule, children: [id, ...rule.children.filter((child) => child.name !== name)] };
}
