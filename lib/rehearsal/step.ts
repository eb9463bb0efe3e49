import { ToolkitError } from '../errors';
import { type RehearsalStep, STEPS, type StepId } from './rehearsal';

/** Codes of errors that say nothing about the stack: the rehearsal could not run at all. */
const COULD_NOT_RUN: ReadonlySet<string> = new Set([
  'ProviderNotFound',
  'StackNotFound',
  'SynthesisFailed',
  'TerraformInitFailed',
  'TerraformInterrupted',
  'VerificationCouldNotRun',
]);

/** Tells how far the rehearsal of an environment is. */
export type OnStep = (event: StepEvent) => void;

export interface StepEvent {
  /** Absent for what is done once for all of them. */
  readonly environment?: string;
  readonly title: string;
  /** News of the step while it runs. */
  readonly detail?: string;
  /** Present when it is over. */
  readonly ended?: Pick<RehearsalStep, 'result' | 'durationMs'>;
}

/** The outcome of a step. It passed, unless it says otherwise. */
export interface StepOutcome<T> {
  readonly value: T;
  readonly result?: RehearsalStep['result'];
  readonly detail?: string;
}

/** Runs the steps of one environment in order, and keeps what became of each. */
export class StepRunner {
  readonly steps: RehearsalStep[] = [];
  private current: StepEvent | undefined;

  constructor(
    private readonly environment: string,
    private readonly onStep: OnStep,
    private readonly clock: () => number,
  ) {}

  /** News of the step under way. */
  note(detail: string): void {
    if (this.current !== undefined && detail.trim() !== '') this.onStep({ ...this.current, detail: detail.trim() });
  }

  /**
   * Runs one step.
   *
   * @returns the step's value, or undefined when it failed with an error that is an answer
   * @throws {ToolkitError} when the rehearsal cannot run at all; a bug
   */
  async run<T>(id: StepId, work: () => Promise<StepOutcome<T>>, title: string = STEPS[id]): Promise<T | undefined> {
    this.current = { environment: this.environment, title };
    this.onStep(this.current);
    const startedAt = this.clock();
    const outcome = await settle(work);
    const ended = { result: outcome.result ?? 'pass', durationMs: Math.round(this.clock() - startedAt) };
    this.steps.push({ id, title, ...ended, ...(outcome.detail !== undefined && { detail: outcome.detail }) });
    this.onStep({ environment: this.environment, title, ended });
    return outcome.value;
  }
}

async function settle<T>(work: () => Promise<StepOutcome<T>>): Promise<StepOutcome<T | undefined>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ToolkitError) || COULD_NOT_RUN.has(error.code)) throw error;
    return { value: undefined, result: 'fail', detail: error.message };
  }
}
