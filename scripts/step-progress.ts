import type { Io } from '../lib/cli/io';
import { createProgress } from '../lib/cli/progress';
import type { OnStep, StepEvent } from '../lib/rehearsal/step';

/** Progress of steps: a terminal follows what each says of itself; a log gets a line for each step. */
export function createStepProgress(io: Io): { readonly onStep: OnStep; readonly end: () => void } {
  const { show, end } = createProgress(io);
  return {
    onStep: (event) => {
      if (io.isTerminal || event.detail === undefined) show(describeStep(event));
    },
    end,
  };
}

/** A line about a step that is under way. */
function describeStep({ environment, title, detail }: StepEvent): string {
  return [environment, title, detail].filter(Boolean).join(': ');
}
