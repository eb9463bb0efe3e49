/** Percent-encodes all but the unreserved characters of RFC 3986, in upper-case hexadecimal. */
export function encodeUri(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Percent-decodes; a text whose encoding is broken stays as it is, and so does not match any signature made of it. */
export function decodeUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
