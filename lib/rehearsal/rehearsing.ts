import type { DescribedBucket } from '../adoption/described';
import type { AccountPlace } from '../config/account-base';
import type { Environment } from '../config/environment';
import type { ProcessEnvironment } from '../process-environment';
import type { TerraformBinary } from '../terraform';
import type { OnStep, StepRunner } from './step';
import type { EnvironmentFolder } from './workspace';

/** The environments to rehearse, and how. Paths are absolute. */
export interface RehearsalOptions {
  /** Folder of the package. */
  readonly root: string;
  readonly environmentsFolder: string;
  /** Environments to rehearse; all when empty. */
  readonly names: readonly string[];
  /** Takes one of each encryption method and kind of host alone, when no name is given. @default false */
  readonly takesOneOfEach?: boolean;
  /** The bucket that is there before the stack is deployed over it. */
  readonly described?: DescribedBucket;
  /** The account and region whose base is rehearsed in place of environments. */
  readonly accountBase?: AccountPlace;
  readonly env: ProcessEnvironment;
  /** Whether to leave the folder with stacks, state and emitted files. */
  readonly keep: boolean;
  readonly signal: AbortSignal;
  readonly onStep: OnStep;
  /** A folder of stacks that were synthesized already, for example `cdktf.out`; left out, they are synthesized. */
  readonly stacksFolder?: string;
}

/** A stack on its way through the steps. */
export interface RehearsingStack extends RehearsalOptions {
  /** The environment, or the account base. */
  readonly environment: Pick<Environment, 'name' | 'account' | 'region'>;
  readonly terraform: TerraformBinary;
  readonly files: EnvironmentFolder;
  readonly runner: StepRunner;
}

/** One environment on its way through the steps. */
export interface Rehearsing extends RehearsingStack {
  readonly environment: Environment;
}
