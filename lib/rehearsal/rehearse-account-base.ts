import { type AccountBase, type AccountPlace, accountBaseOf } from '../config/account-base';
import { loadEnvironments } from '../config/load';
import { ToolkitError } from '../errors';
import { importBucket, mayDeliverLogs, type SimulatedAccount, startSimulatedAccount } from '../simulated-aws';
import { findTerraform } from '../terraform';
import { applyStack } from './deploy';
import { environmentWithProvider } from './environment-with-provider';
import { type EnvironmentRehearsal, REHEARSAL_VERSION, type Rehearsal } from './rehearsal';
import { worstOf } from './rehearse-environment';
import type { RehearsalOptions, RehearsingStack } from './rehearsing';
import { stackToDeploy } from './stack-to-deploy';
import { type StepOutcome, StepRunner } from './step';
import { createWorkspace } from './workspace';

interface BaseOptions extends RehearsalOptions {
  readonly accountBase: AccountPlace;
}

/**
 * Deploys the base of an account and region to a simulated AWS account, and asks whether logs arrive.
 *
 * @throws {ConfigError} `BadEnvironment`
 * @throws {ToolkitError} `BadAccountBase`, `TerraformNotFound`, `ProviderNotFound`, `TerraformInterrupted`
 */
export async function rehearseAccountBase(options: BaseOptions): Promise<Rehearsal> {
  const base = accountBaseOf(options.accountBase, loadEnvironments({ folder: options.environmentsFolder }));
  const terraform = await findTerraform(options.env, options);
  const workspace = createWorkspace();
  try {
    const env = await environmentWithProvider(terraform, workspace, options);
    const runner = new StepRunner(base.name, options.onStep, () => performance.now());
    const files = workspace.folderOf(base.name);
    const result = await rehearseBase({ ...options, env, terraform, files, runner, environment: base });
    return { version: REHEARSAL_VERSION, verdict: result.verdict, simulated: true, environments: [result] };
  } finally {
    if (!options.keep) workspace.remove();
  }
}

type RehearsingBase = RehearsingStack & { readonly environment: AccountBase };

async function rehearseBase(rehearsing: RehearsingBase): Promise<EnvironmentRehearsal> {
  const { runner, environment: base, keep, files } = rehearsing;
  const stackFolder = await runner.run('synthesize', () => stackToDeploy(rehearsing));
  if (stackFolder !== undefined) await rehearseIn(stackFolder, rehearsing);
  return {
    name: base.name,
    verdict: worstOf(runner.steps.map(({ result }) => result)),
    steps: runner.steps,
    assumed: ['the simulated account writes no logs; it says whether its policies would let them in'],
    ...(keep && { folder: files.folder }),
  };
}

async function rehearseIn(stackFolder: string, rehearsing: RehearsingBase): Promise<void> {
  const { runner, environment: base, files } = rehearsing;
  const { account: accountId, region, partition } = base;
  let account: SimulatedAccount | undefined;
  try {
    account = await runner.run('start-account', async () => {
      const value = await startSimulatedAccount({ accountId, region, partition });
      return { value, detail: `account ${accountId} in ${region} at ${value.endpoint}` };
    });
    if (account === undefined) return;
    const { state, caCertificatePem } = account;
    files.write('ca.pem', caCertificatePem);
    for (const source of base.sources) importBucket(state, source);
    if (await applyStack(account, stackFolder, rehearsing))
      await runner.run('deliver-logs', async () => deliverLogs(state, base));
  } finally {
    await account?.stop();
  }
}

/** @throws {ToolkitError} `LogsNotDelivered` */
function deliverLogs(state: SimulatedAccount['state'], { bucket: target, sources }: AccountBase): StepOutcome<true> {
  const lost = sources.filter((source) => !mayDeliverLogs(state, { source, target }));
  const stranger = mayDeliverLogs(state, { source: 'a-bucket-that-nobody-named', target });
  if (lost.length > 0 || stranger)
    throw new ToolkitError(
      'LogsNotDelivered',
      `'${target}' must take the logs of the buckets that are named and of no other, got: ` +
        (stranger ? 'those of any bucket' : `none of ${lost.join(', ')}`),
    );
  return { value: true, detail: `of ${sources.join(', ')}` };
}
