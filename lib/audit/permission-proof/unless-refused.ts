import { ToolkitError } from '../../errors';

/** `undefined` where the evaluator refuses to answer. */
export function unlessRefused<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof ToolkitError) return undefined;
    throw error;
  }
}
