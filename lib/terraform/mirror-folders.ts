import { join } from 'node:path';
import type { ProcessEnvironment } from '../process-environment';
import { namesIn } from './provider-mirror';

/** The system's folders for software that does not come with it. */
export const optionalSoftwareFolders: readonly string[] = ['/opt', '/usr/local'];

const MAX_DEPTH = 2;
const MAX_FOLDERS = 2_000;
const TIME_LIMIT_MS = 2_000;

/**
 * Folders that Terraform and OpenTofu themselves look into for providers, and the user's plugin cache.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
export function impliedMirrorFolders(env: ProcessEnvironment, workingFolder: string): readonly string[] {
  const home = env.HOME || env.USERPROFILE;
  return [
    ...(env.TF_PLUGIN_CACHE_DIR ? [env.TF_PLUGIN_CACHE_DIR] : []),
    join(workingFolder, 'terraform.d', 'plugins'),
    ...(home ? homeFolders(home, env) : []),
    ...dataFolders(env).flatMap(pluginFolders),
    ...(env.APPDATA ? applicationDataFolders(env.APPDATA) : []),
  ];
}

/** The given folders and what is in them, down to two levels, within a bounded number and time. */
export async function* foldersBelow(roots: readonly string[]): AsyncGenerator<string> {
  const deadline = performance.now() + TIME_LIMIT_MS;
  let level = roots;
  let count = 0;
  for (let depth = 0; depth <= MAX_DEPTH; depth += 1) {
    const next: string[] = [];
    for (const folder of level) {
      count += 1;
      if (count > MAX_FOLDERS || performance.now() > deadline) {
        return;
      }
      yield folder;
      next.push(...(depth < MAX_DEPTH ? await subfolders(folder) : []));
    }
    level = next;
  }
}

async function subfolders(folder: string): Promise<readonly string[]> {
  return (await namesIn(folder)).map((name) => join(folder, name));
}

function homeFolders(home: string, env: ProcessEnvironment): readonly string[] {
  return [
    join(home, '.terraform.d', 'plugins'),
    ...pluginFolders(env.XDG_DATA_HOME || join(home, '.local', 'share')),
    join(home, 'Library', 'Application Support', 'io.terraform', 'plugins'),
  ];
}

function dataFolders(env: ProcessEnvironment): readonly string[] {
  return (env.XDG_DATA_DIRS || '/usr/local/share:/usr/share').split(':').filter((folder) => folder !== '');
}

function pluginFolders(dataFolder: string): readonly string[] {
  return [join(dataFolder, 'terraform', 'plugins'), join(dataFolder, 'opentofu', 'plugins')];
}

function applicationDataFolders(folder: string): readonly string[] {
  return [join(folder, 'terraform.d', 'plugins'), join(folder, 'HashiCorp', 'Terraform', 'plugins')];
}
