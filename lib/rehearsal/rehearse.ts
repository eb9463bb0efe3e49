import type { Environment } from '../config/environment';
import { loadEnvironments } from '../config/load';
import { findTerraform } from '../terraform';
import { environmentWithProvider } from './environment-with-provider';
import { oneOfEach } from './one-of-each';
import { type EnvironmentRehearsal, REHEARSAL_VERSION, type Rehearsal } from './rehearsal';
import { rehearseAccountBase } from './rehearse-account-base';
import { rehearseEnvironment, worstOf } from './rehearse-environment';
import type { RehearsalOptions } from './rehearsing';
import { createWorkspace } from './workspace';

/** Most of a deployment is waiting for the provider, which polls S3 for a minute; each holds one of its processes. */
const CONCURRENT = 4;

/**
 * Deploys each environment to a simulated AWS account of its own, emits its config and verifies it; or deploys the base of
 * an account and region.
 *
 * @throws {ConfigError} `BadEnvironment`
 * @throws {ToolkitError} `UnknownEnvironment`, `BadAccountBase`, `TerraformNotFound`, `ProviderNotFound`, `TerraformInterrupted`
 */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const { environmentsFolder: folder, names, takesOneOfEach = false, accountBase } = options;
  if (accountBase !== undefined) return rehearseAccountBase({ ...options, accountBase });
  const loaded = loadEnvironments({ folder, names });
  const isSample = takesOneOfEach && names.length === 0;
  const { chosen: environments, leftOut } = isSample ? oneOfEach(loaded) : { chosen: loaded, leftOut: [] };
  const terraform = await findTerraform(options.env, options);
  const workspace = createWorkspace();
  try {
    const env = await environmentWithProvider(terraform, workspace, options);
    const results = await inTurns(environments, (environment) =>
      rehearseEnvironment({ ...options, env, environment, terraform, files: workspace.folderOf(environment.name) }),
    );
    const verdict = worstOf(results.map((result) => result.verdict));
    const rehearsal = { version: REHEARSAL_VERSION, verdict, simulated: true, environments: results } as const;
    return leftOut.length === 0 ? rehearsal : { ...rehearsal, leftOut };
  } finally {
    if (!options.keep) workspace.remove();
  }
}

/** The first failure is thrown once no other rehearsal is under way, so that nothing outlives the call. */
async function inTurns(
  environments: readonly Environment[],
  work: (environment: Environment) => Promise<EnvironmentRehearsal>,
): Promise<readonly EnvironmentRehearsal[]> {
  const results = new Map<string, EnvironmentRehearsal>();
  const queue = [...environments];
  const takeTurns = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) results.set(next.name, await work(next));
  };
  const outcomes = await Promise.allSettled(Array.from({ length: CONCURRENT }, takeTurns));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return environments.flatMap(({ name }) => results.get(name) ?? []);
}
