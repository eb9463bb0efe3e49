import type { Environment } from '../config/environment';
import { ToolkitError } from '../errors';
import type { SimulatedAccount } from '../simulated-aws';
import { findTerraform } from '../terraform';
import { deploy } from './deploy';
import { environmentWithProvider } from './environment-with-provider';
import type { RehearsalOptions, Rehearsing } from './rehearsing';
import { stackToDeploy } from './stack-to-deploy';
import { StepRunner } from './step';
import type { Workspace } from './workspace';

/** The environments to deploy, and the tools for it. */
export interface DeploymentOptions extends Omit<RehearsalOptions, 'names' | 'keep'> {
  readonly environments: readonly Environment[];
  readonly workspace: Workspace;
}

/**
 * Deploys environments to accounts that are running, as a rehearsal does, and leaves them there.
 *
 * @throws {ToolkitError} `DeploymentFailed`, `TerraformNotFound`, `ProviderNotFound`, `TerraformInterrupted`
 */
export async function deployEnvironments(account: SimulatedAccount, options: DeploymentOptions): Promise<void> {
  const { environments, workspace, ...common } = options;
  const terraform = await findTerraform(options.env, options);
  const env = await environmentWithProvider(terraform, workspace, options);
  // The first failure is thrown once no other deployment is under way.
  const outcomes = await Promise.allSettled(
    environments.map((environment) => {
      const files = workspace.folderOf(environment.name);
      const names = [environment.name];
      return deployOne(account, { ...common, env, environment, terraform, files, names, keep: false });
    }),
  );
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function deployOne(account: SimulatedAccount, options: Omit<Rehearsing, 'runner'>): Promise<void> {
  const runner = new StepRunner(options.environment.name, options.onStep, () => performance.now());
  const rehearsing = { ...options, runner };
  options.files.write('ca.pem', account.caCertificatePem);
  const stackFolder = await runner.run('synthesize', () => stackToDeploy(rehearsing));
  const config = stackFolder === undefined ? undefined : await deploy(account, stackFolder, rehearsing);
  if (config !== undefined) return;
  const { title, detail } = runner.steps.at(-1) ?? { title: 'nothing', detail: 'nothing was done' };
  throw new ToolkitError('DeploymentFailed', `'${options.environment.name}' must deploy, got: ${title}: ${detail}`);
}
