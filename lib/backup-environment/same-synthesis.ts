import { ToolkitError } from '../errors';
import { parseJsonDocument } from './json-document';
import { OUTPUT_NAME } from './read-outputs';
import type { StackOutput } from './schema';
import { isVersion1, upgradeVersion1 } from './version-1/upgrade';

/** A value of the stack that only Terraform knows after apply. */
const REFERENCE = /\$\{[^}]*\}/;

/** The first place at which a config or an output says something else than the stack. */
export interface Difference {
  /** Keys and indexes from the top. */
  readonly path: readonly string[];
  readonly expected: unknown;
  readonly found: unknown;
}

/**
 * Makes sure that the outputs come from this very stack, so that its hash says something about them: what the stack
 * writes in full must be what was put out.
 *
 * @throws {ToolkitError} `BrokenJson`, `OutputsOfAnotherSynthesis` with the first difference
 */
export function requireSameSynthesis(output: StackOutput, stackText: string, stackFile: string): void {
  const difference = differenceFromStack(output, parseJsonDocument(stackText, stackFile));
  if (difference === undefined) return;
  const at = [OUTPUT_NAME, ...difference.path].join('.');
  throw new ToolkitError(
    'OutputsOfAnotherSynthesis',
    `the outputs must come from '${stackFile}', got: another value at '${at}'\n` +
      'Apply this stack first, or synthesize again what was applied',
  );
}

/**
 * Where the output differs from what the synthesized stack puts out; `undefined` where it does not. Of a value that
 * only Terraform knows, what stands around it is compared.
 */
export function differenceFromStack(output: object, stack: unknown): Difference | undefined {
  const outputs = isContainer(stack) && isContainer(stack.output) ? stack.output : {};
  const named = outputs[OUTPUT_NAME];
  const synthesized = isContainer(named) ? named.value : undefined;
  return firstDifference(upgraded(synthesized), upgraded(output));
}

function upgraded(document: unknown): unknown {
  return isVersion1(document) && isContainer(document.aws) ? upgradeVersion1(document) : document;
}

function firstDifference(expected: unknown, found: unknown): Difference | undefined {
  if (typeof expected === 'string' && REFERENCE.test(expected)) {
    return typeof found === 'string' && mayBecome(expected, found) ? undefined : { path: [], expected, found };
  }
  if (!isContainer(expected) || !isContainer(found)) {
    return expected === found ? undefined : { path: [], expected, found };
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const difference = firstDifference(expected[key], found[key]);
    if (difference !== undefined) return { ...difference, path: [key, ...difference.path] };
  }
  return undefined;
}

/** Whether a text with references can be this one when Terraform has put their values in. */
function mayBecome(text: string, value: string): boolean {
  const literals = text.split(REFERENCE).map((literal) => literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${literals.join('.+')}$`, 's').test(value);
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
