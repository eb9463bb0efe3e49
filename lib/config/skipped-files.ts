import type { Issue } from '../errors';

/** A broken file of an environment that was not asked for. */
export interface SkippedFile {
  readonly file: string;
  readonly because: string;
}

/** One line, as `stacks/main.ts` writes it on standard error. */
export function skippedLine(file: string, [first]: readonly Issue[]): string {
  const problem = first === undefined ? '' : `: ${first.path === '' ? 'it' : `'${first.path}'`} ${first.message}`;
  return `skipped ${file}: it is compared with no other environment${problem.replaceAll(/\s+/g, ' ')}\n`;
}

/** The skipped files, and what else was written on standard error. */
export function splitSkipped(text: string): { readonly skipped: readonly SkippedFile[]; readonly rest: string } {
  const lines = text.split('\n').map((line) => ({ line, found: /^skipped (.+?\.ya?ml): (.*)$/.exec(line) }));
  return {
    skipped: lines.flatMap(({ found }) => (found === null ? [] : [{ file: found[1] ?? '', because: found[2] ?? '' }])),
    rest: lines.flatMap(({ line, found }) => (found === null ? [line] : [])).join('\n'),
  };
}
