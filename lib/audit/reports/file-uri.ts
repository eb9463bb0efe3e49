/** Half a character, which a URI cannot hold. */
const LONE_SURROGATE = /\p{Cs}/gu;

/** The name of a file as a relative reference: a colon in it does not make a scheme. */
export function fileUri(name: string): string {
  return name.replaceAll(LONE_SURROGATE, '\ufffd').split('/').map(encodeURIComponent).join('/');
}
