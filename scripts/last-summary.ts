import { resolve } from 'node:path';
import { readTextFile } from '../lib/cli/text-file';
import { ToolkitError } from '../lib/errors';
import { parseStrictJson } from '../lib/json-shape';
import type { Summary, SummaryMember } from '../lib/summary/summary';
import type { Context } from './verb';

const SUMMARY_FIX = 'Name the file that --summary wrote';

/**
 * The last summary of a verb.
 *
 * @throws {ToolkitError} `SummaryNotFound`, `NotASummary`
 */
export function readSummary(verb: string, file: string, { folder }: Context): Summary {
  const { summarySchema } = require('../lib/summary/schema') as typeof import('../lib/summary/schema');
  const text = readTextFile({ path: resolve(folder, file), name: file, code: 'SummaryNotFound', fix: SUMMARY_FIX });
  const document = parseJson(text);
  const read = summarySchema.safeParse(document);
  if (read.success && read.data.verb === verb) return read.data;
  const got = read.success ? `one of ${read.data.verb}` : otherThanASummary(document);
  throw new ToolkitError(
    'NotASummary',
    `'${file}' must be a summary of ${verb}, got: ${got}\n${SUMMARY_FIX} in a run of ${verb}`,
  );
}

function otherThanASummary(document: unknown): string {
  const { SUMMARY_VERSION } = require('../lib/summary/summary') as typeof import('../lib/summary/summary');
  const isOther = typeof document === 'object' && document !== null && 'members' in document && 'version' in document;
  if (!isOther || document.version === SUMMARY_VERSION) return 'something else';
  return `version ${document.version} of that document, where this vault-env reads ${SUMMARY_VERSION}`;
}

/** Those that did not pass in the last summary, and those that it does not know. */
export function onlyFailed(names: readonly string[], { verb, members }: Summary, { io }: Context): readonly string[] {
  const passed = new Set(members.filter(({ outcome }) => outcome === 'pass').map(({ name }) => name));
  const gone = members.filter(({ name, outcome }) => outcome !== 'pass' && !names.includes(name));
  if (gone.length > 0) {
    io.note(`left out, as they are not among those that were named: ${gone.map(({ name }) => name).join(', ')}\n`);
  }
  const chosen = names.filter((name) => !passed.has(name));
  if (chosen.length === 0) io.note(`nothing to ${verb}: each passed in the last summary\n`);
  return chosen;
}

/** Those that are not done again, so that the summary which is kept is about all. */
export function passedBefore(
  last: Summary | undefined,
  names: readonly string[],
  chosen: readonly string[],
): readonly SummaryMember[] {
  return (last?.members ?? []).filter(({ name }) => names.includes(name) && !chosen.includes(name));
}

function parseJson(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch {
    return undefined;
  }
}
