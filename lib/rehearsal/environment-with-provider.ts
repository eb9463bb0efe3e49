import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ProcessEnvironment } from '../process-environment';
import { locateProvider, type TerraformBinary } from '../terraform';
import type { RehearsalOptions } from './rehearsing';
import type { Workspace } from './workspace';

type SearchOptions = Pick<RehearsalOptions, 'env' | 'signal' | 'onStep'>;

/**
 * The environment in which Terraform finds the AWS provider: it is looked for once, and not before every deployment.
 *
 * @throws {ToolkitError} `ProviderNotFound`, `TerraformInterrupted`
 */
export async function environmentWithProvider(
  binary: TerraformBinary,
  workspace: Workspace,
  { env, signal, onStep }: SearchOptions,
): Promise<ProcessEnvironment> {
  const title = 'Find the AWS provider';
  onStep({ title });
  const provider = await locateProvider({
    binary,
    env,
    signal,
    folder: join(workspace.folder, 'provider'),
    cacheFolder: join(env.XDG_CACHE_HOME ?? join(env.HOME ?? homedir(), '.cache'), 'vault-env', 'terraform-providers'),
    onOutput: (detail) => onStep({ title, detail }),
  });
  return { ...env, ...provider.env };
}
