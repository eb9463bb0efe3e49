import { join } from 'node:path';
import { ToolkitError, UsageError } from '../lib/errors';
import { isFolder } from './each-environment';
import { type InputText, readInputFile, sumOf } from './input-file';
import type { Context } from './verb';

export interface BaselineChoice {
  /** A report, or a folder in which the report of each is called by its name. */
  readonly baseline?: string | undefined;
  /** SHA-256 that the baseline must have. */
  readonly baselineSha256?: string | undefined;
}

/**
 * The report that was approved of a stack; undefined where none is named.
 *
 * @throws {ToolkitError} `InputNotFound`; `InputTooLarge`; `BaselineChanged`
 */
export function readApproved(
  name: string,
  { baseline, baselineSha256 }: BaselineChoice,
  context: Context,
): InputText | undefined {
  const approved =
    baseline === undefined ? undefined : readInputFile(baselineOf(name, baseline, context), 'baseline', context);
  if (baselineSha256 !== undefined) requireSameSum(approved, baselineSha256);
  return approved;
}

function baselineOf(name: string, baseline: string, context: Context): string {
  return isFolder(baseline, context) ? join(baseline, `${name}.json`) : baseline;
}

/** @throws {ToolkitError} `BaselineChanged` */
function requireSameSum(approved: InputText | undefined, expected: string): void {
  if (!/^[0-9a-f]{64}$/i.test(expected))
    throw new UsageError('BadArguments', `'--baseline-sha256' must be 64 hexadecimal digits, got: ${expected}`);
  const sum = approved === undefined ? 'no baseline' : sumOf(approved.text);
  if (sum === expected.toLowerCase()) return;
  throw new ToolkitError(
    'BaselineChanged',
    `'${approved?.file ?? '--baseline'}' must have the SHA-256 ${expected}, got: ${sum}\n` +
      'Name the report that was approved, byte for byte',
  );
}

export function toReport({ text, file }: InputText) {
  const { readBaseline } =
    require('../lib/audit/baseline/read-baseline') as typeof import('../lib/audit/baseline/read-baseline');
  return readBaseline(text, file);
}

/**
 * One report says nothing about the next environment.
 *
 * @throws {UsageError} `BadArguments`
 */
export function requireFolderOfBaselines(baseline: string | undefined, count: number, context: Context): void {
  if (baseline === undefined || count < 2 || isFolder(baseline, context)) return;
  throw new UsageError(
    'BadArguments',
    `'--baseline' must be a folder with a <name>.json of each for ${count} of them, got: ${baseline}\n` +
      'Write them with vault-env audit cdktf.out --format json --out <folder>, and name that folder',
  );
}
