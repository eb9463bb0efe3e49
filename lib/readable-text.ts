import { readWhole } from './read-whole';
import { systemReason } from './system-reason';

/** The text of a file, or why there is none. */
export type ReadableText = { readonly text: string } | { readonly reason: string; readonly cause: unknown };

/** Reads UTF-8, or UTF-16 with a byte order mark, as PowerShell writes it. */
export function readText(path: string): ReadableText {
  try {
    return { text: decode(readWhole(path)) };
  } catch (cause) {
    return { reason: systemReason(cause), cause };
  }
}

/** The rule that a file breaks, and the reason. */
export function mustBeReadable(reason: string): string {
  return `must be a file that can be read, got: ${reason}`;
}

/** A mark of UTF-8 stays, so that the sum of the text is that of the file. */
function decode(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return bytes.toString('utf8');
}
