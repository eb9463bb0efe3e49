import type { Tool } from '../tool';
import type { Verification } from '../verify/result/verification';

/** Version of the result document; a reader refuses any other. */
export const REHEARSAL_VERSION = 1;

/** The way from the environment file to the verification, in order. */
export const STEPS = {
  synthesize: 'Synthesize the stack',
  'start-account': 'Start the simulated AWS account',
  init: 'terraform init',
  apply: 'terraform apply',
  'second-plan': 'A second plan is empty',
  emit: 'Emit the backup environment config',
  host: 'Give the simulated host its role',
  verify: 'Verify with the credentials of the role',
  compare: 'Compare the configuration as operator',
  'compare-objects': 'Compare every object with what was there before',
  'deliver-logs': 'Let in the access logs of the buckets that are named, and no others',
} as const;

export type StepId = keyof typeof STEPS;
export type Verdict = 'pass' | 'fail' | 'inconclusive';

/** The outcome of one step. */
export interface RehearsalStep {
  readonly id: StepId;
  readonly title: string;
  readonly result: Verdict;
  /** The outcome in words; always there when it did not pass. */
  readonly detail?: string;
  readonly durationMs: number;
}

/** The outcome for one environment. */
export interface EnvironmentRehearsal {
  readonly name: string;
  readonly verdict: Verdict;
  readonly steps: readonly RehearsalStep[];
  /** Things that the simulated account was given because the environment expects them, and that could not be assessed. */
  readonly assumed: readonly string[];
  /** The verification; missing when a step before it failed. */
  readonly verification?: Verification;
  /** How the deployed configuration compares with the stack; missing when a step before it failed. */
  readonly comparison?: Verification;
  /** The settings sheet, as text. */
  readonly settingsSheet?: string;
  /** Where the files of the run are, when they were kept. */
  readonly folder?: string;
}

/** An environment that was not rehearsed, because another of its encryption method and kind of host was. */
export interface LeftOut {
  readonly name: string;
  readonly like: string;
}

/** The result of a rehearsal: always about a simulated account. */
export interface Rehearsal {
  readonly version: typeof REHEARSAL_VERSION;
  readonly verdict: Verdict;
  /** The version that judged; missing where a library was asked. */
  readonly tool?: Tool;
  readonly simulated: true;
  readonly environments: readonly EnvironmentRehearsal[];
  /** Absent when none was. */
  readonly leftOut?: readonly LeftOut[];
}
