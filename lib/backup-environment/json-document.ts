import { ToolkitError } from '../errors';
import { findShapeProblem } from '../json-shape';

/** Editors of Windows begin a file with it. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * The value that the text holds, which every reader must read alike.
 *
 * @param file - how to call the document in a message
 * @throws {ToolkitError} `BrokenJson`
 */
export function parseJsonDocument(text: string, file: string): unknown {
  const value = parse(text, file);
  const problem = findShapeProblem(text);
  if (problem === undefined) return value;
  throw new ToolkitError('BrokenJson', `'${file}' ${problem.rule}, got: ${problem.got}`);
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  } catch (cause) {
    throw new ToolkitError('BrokenJson', `'${file}' must be a JSON document, got: ${reason(text, cause)}`, { cause });
  }
}

function reason(text: string, cause: unknown): string {
  if (text.trim() === '') return 'an empty file';
  return cause instanceof Error ? cause.message.replace(/\s+/g, ' ') : String(cause);
}
