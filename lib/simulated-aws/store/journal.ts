import { createHash } from 'node:crypto';
import { closeSync, existsSync, fdatasyncSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { ToolkitError } from '../../errors';
import { writeWhole } from './durable-file';
import type { Json } from './encode';

/** A file of lines, each with the sum of its content: what was not written to its end is told from what was. */
export interface Journal {
  /** Adds a line, and returns when it will last. */
  readonly append: (content: Json) => void;
  /** Bytes so far. */
  readonly size: () => number;
  readonly close: () => void;
}

export function journalLine(content: Json): string {
  const text = JSON.stringify(content);
  return `${sumOf(text)} ${text}\n`;
}

/**
 * The lines of a journal, and how many bytes of it are good: the last line may have been cut short when its writer
 * was killed, and then counts for nothing.
 *
 * @throws {ToolkitError} `StateDamaged`, when a line is wrong that others follow
 */
export function readJournal(path: string): { readonly lines: readonly Json[]; readonly goodBytes: number } {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const lines: Json[] = [];
  let goodBytes = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, goodBytes)) {
    const content = tryReadLine(bytes.subarray(goodBytes, end).toString('utf8'));
    if (content === undefined) return { lines, goodBytes: requireEnd(path, bytes, { goodBytes, end }) };
    lines.push(content);
    goodBytes = end + 1;
  }
  return { lines, goodBytes };
}

/** Opens a journal to add to it, after its good bytes; what follows them is dropped. */
export function openJournal(path: string, goodBytes: number): Journal {
  const file = openSync(path, 'a', 0o600);
  ftruncateSync(file, goodBytes);
  let sizeBytes = goodBytes;
  return {
    append: (content) => {
      const line = Buffer.from(journalLine(content));
      try {
        writeWhole(file, line);
        fdatasyncSync(file);
      } catch (error) {
        // A line that may be half there must not stand before the next one.
        ftruncateSync(file, sizeBytes);
        throw error;
      }
      sizeBytes += line.length;
    },
    size: () => sizeBytes,
    close: () => closeSync(file),
  };
}

function tryReadLine(line: string): Json | undefined {
  const [, sum, text] = /^([0-9a-f]{16}) (.*)$/s.exec(line) ?? [];
  return text !== undefined && sum === sumOf(text) ? (JSON.parse(text) as Json) : undefined;
}

function requireEnd(path: string, bytes: Buffer, { goodBytes, end }: { goodBytes: number; end: number }): number {
  const rest = bytes
    .subarray(end + 1)
    .toString('utf8')
    .split('\n');
  if (!rest.some((line) => tryReadLine(line) !== undefined)) return goodBytes;
  throw new ToolkitError(
    'StateDamaged',
    `'${path}' must hold lines with their sums, got: another line at byte ${goodBytes}\nRestore the folder, or start with a new one`,
  );
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
