import type { XmlElement } from '../../wire/xml/xml-element';
import { malformedXml } from '../request/errors';

/** The rule for the text of an element. */
export interface TextShape {
  readonly kind: 'text';
  readonly accepts: (text: string) => boolean;
}

/** The elements that an element may hold; any other is an error. */
export interface GroupShape {
  readonly kind: 'group';
  readonly members: Readonly<Record<string, Member>>;
}

export type Shape = TextShape | GroupShape;

export interface Member {
  readonly shape: Shape;
  readonly isRequired: boolean;
  readonly isRepeated: boolean;
}

export const text: TextShape = { kind: 'text', accepts: () => true };
export const nonEmptyText: TextShape = { kind: 'text', accepts: (value) => value !== '' };
export const bool: TextShape = { kind: 'text', accepts: (value) => /^(true|false)$/i.test(value) };
export const naturalNumber: TextShape = { kind: 'text', accepts: (value) => /^\d{1,15}$/.test(value) };
export const wholeNumber: TextShape = { kind: 'text', accepts: (value) => /^-?\d{1,15}$/.test(value) };
export const positiveNumber: TextShape = { kind: 'text', accepts: (value) => /^0*[1-9]\d{0,14}$/.test(value) };
export const timestamp: TextShape = {
  kind: 'text',
  accepts: (value) => /^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(Date.parse(value)),
};

export function oneOf(...values: readonly string[]): TextShape {
  return { kind: 'text', accepts: (value) => values.includes(value) };
}

export function matching(pattern: RegExp): TextShape {
  return { kind: 'text', accepts: (value) => pattern.test(value) };
}

/** A group; a member given as a plain shape is optional and appears once at most. */
export function group(members: Readonly<Record<string, Member | Shape>>): GroupShape {
  const entries = Object.entries(members).map(([name, member]) => [name, 'shape' in member ? member : once(member)]);
  return { kind: 'group', members: Object.fromEntries(entries) };
}

function once(shape: Shape): Member {
  return { shape, isRequired: false, isRepeated: false };
}

export function required(shape: Shape): Member {
  return { shape, isRequired: true, isRepeated: false };
}

export function many(shape: Shape): Member {
  return { shape, isRequired: false, isRepeated: true };
}

export function oneOrMore(shape: Shape): Member {
  return { shape, isRequired: true, isRepeated: true };
}

/** @throws {AwsError} `MalformedXML`, when the element does not have that shape */
export function validateShape(element: XmlElement, shape: Shape): void {
  if (shape.kind === 'text') {
    if (element.children.length > 0 || !shape.accepts(element.text)) throw malformedXml();
    return;
  }
  for (const [name, member] of Object.entries(shape.members)) {
    const count = element.children.filter((child) => child.name === name).length;
    if ((member.isRequired && count === 0) || (!member.isRepeated && count > 1)) throw malformedXml();
  }
  for (const child of element.children) {
    const member = Object.hasOwn(shape.members, child.name) ? shape.members[child.name] : undefined;
    if (!member) throw malformedXml();
    validateShape(child, member.shape);
  }
}
