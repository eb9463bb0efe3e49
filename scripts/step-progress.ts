import type { Io } from '../lib/cli/io';
import { createProgress } from '../lib/cli/progress';
import type { OnStep, StepEvent } from '../lib/rehearsal/step';

/**
 * Progress of steps: a terminal follows what each says of itself; a log gets a line when a step begins and when it ends,
 * with its seconds and what is still waited for.
 */
export function createStepProgress(io: Io): { readonly onStep: OnStep; readonly end: () => void } {
  const { show, end } = createProgress(io);
  const underWay = new Map<string, string>();
  return {
    onStep: (event) => {
      const { environment = '', title, ended } = event;
      if (ended === undefined) underWay.set(environment, title);
      else underWay.delete(environment);
      if (io.isTerminal || event.detail === undefined) show(describeStep(event, [...underWay]));
    },
    end,
  };
}

/** One line about a step. */
function describeStep(
  { environment, title, detail, ended }: StepEvent,
  underWay: readonly (readonly [string, string])[],
): string {
  const step = [environment, title, detail].filter(Boolean).join(': ');
  if (ended === undefined) return step;
  const others = underWay.filter(([name]) => name !== '').map(([name, waiting]) => `${name} (${waiting})`);
  const rest = others.length === 0 ? '' : `; waiting for ${others.join(', ')}`;
  return `${step}: ${ended.result}, ${(ended.durationMs / 1000).toFixed(1)} s${rest}`;
}
