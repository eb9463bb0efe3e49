const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const ESCAPED = /[&<>"\u0000-\u0008\u000b-\u001f]/g;

/**
 * Character data, or an attribute's value, ready to stand in a document.
 *
 * A control character that XML cannot hold is written as the reference that S3 writes for it; parsers that are strict
 * refuse that, which is what `encoding-type=url` is for.
 *
 * @see https://github.com/boto/botocore/issues/3496
 * @see https://github.com/basho/riak_cs/pull/1255
 */
export function escapeXmlText(text: string): string {
  return text.replace(ESCAPED, (character) => ESCAPES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`);
}

/** Character data as it is meant: the five predefined entities and character references resolved, all else kept. */
export function decodeXmlText(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) {
      return ENTITIES[name] ?? whole;
    }
    const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : whole;
  });
}
