import { ToolkitError } from '../errors';
import { parseJsonDocument } from './json-document';
import { OUTPUT_NAME } from './read-outputs';
import type { StackOutput } from './schema';
import { isVersion1, upgradeVersion1 } from './version-1/upgrade';

/** A value of the stack that only Terraform knows after apply. */
const REFERENCE = /\$\{/;

/**
 * Makes sure that the outputs come from this very stack, so that its hash says something about them: what the stack
 * writes in full must be what was put out.
 *
 * @throws {ToolkitError} `BrokenJson`, `OutputsOfAnotherSynthesis` with the first difference
 */
export function requireSameSynthesis(output: StackOutput, stackText: string, stackFile: string): void {
  const stack = parseJsonDocument(stackText, stackFile) as { output?: Record<string, { value?: unknown }> };
  const synthesized = stack.output?.[OUTPUT_NAME]?.value;
  const path = firstDifference(isVersion1(synthesized) ? upgradeVersion1(synthesized) : synthesized, output);
  if (path === undefined) return;
  throw new ToolkitError(
    'OutputsOfAnotherSynthesis',
    `the outputs must come from '${stackFile}', got: another value at '${[OUTPUT_NAME, ...path].join('.')}'\n` +
      'Apply this stack first, or synthesize again what was applied',
  );
}

/** Where two values differ; undefined when they do not, references aside. */
function firstDifference(synthesized: unknown, applied: unknown): readonly string[] | undefined {
  if (typeof synthesized === 'string' && REFERENCE.test(synthesized)) return undefined;
  if (!isContainer(synthesized) || !isContainer(applied)) return synthesized === applied ? undefined : [];
  const keys = [...new Set([...Object.keys(synthesized), ...Object.keys(applied)])];
  for (const key of keys) {
    const difference = firstDifference(synthesized[key], applied[key]);
    if (difference !== undefined) return [key, ...difference];
  }
  return undefined;
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
