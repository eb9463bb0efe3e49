import { visible } from '../../visible';

/** Text that is HTML or XML already. */
export class Markup {
  constructor(readonly text: string) {}
}

/** The values of a template; anything that is not markup is escaped, and a list is joined. */
export type Content = Markup | string | number | readonly Content[] | undefined;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Template of HTML or XML. Whatever is put into it is escaped for text and for quoted attributes alike. */
export function markup(literals: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const text = literals.map((literal, index) => literal + textOf(values[index])).join('');
  return new Markup(text);
}

function textOf(value: Content): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map((one: Content) => textOf(one)).join('');
  return visible(String(value)).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
