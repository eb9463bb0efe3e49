import type { XmlContent, XmlElement, XmlLeaf } from './xml';
import { escapeXmlText } from './xml-text';

export type { XmlContent, XmlElement } from './xml';

/** An element with its content; leaves become text. */
export function buildElement(name: string, content: XmlLeaf | XmlContent): XmlElement {
  if (typeof content !== 'object') return { name, attributes: {}, children: [], text: String(content) };
  const children = Object.entries(content).flatMap(([childName, value]) => buildChildren(childName, value));
  return { name, attributes: {}, children, text: '' };
}

function buildChildren(name: string, value: XmlContent[string]): readonly XmlElement[] {
  if (value === undefined) return [];
  const values = Array.isArray(value) ? value : [value];
  return values.map((one: XmlLeaf | XmlContent) => buildElement(name, one));
}

export function childrenNamed(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

export function childNamed(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return childrenNamed(element, name)[0];
}

export function childText(element: XmlElement | undefined, name: string): string | undefined {
  return childNamed(element, name)?.text;
}

/** The element as text, without a declaration. */
export function renderElement({ name, attributes, children, text }: XmlElement): string {
  const attributeText = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeXmlText(value)}"`)
    .join('');
  const inner = children.length > 0 ? children.map(renderElement).join('') : escapeXmlText(text);
  return inner === '' ? `<${name}${attributeText}/>` : `<${name}${attributeText}>${inner}</${name}>`;
}
