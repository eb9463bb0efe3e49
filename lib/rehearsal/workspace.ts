import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../make-folder';

/** The temporary folder of one rehearsal. */
export interface Workspace {
  readonly folder: string;
  readonly folderOf: (environment: string) => EnvironmentFolder;
  /** Writes a file of all environments, and returns its path. */
  readonly write: (name: string, text: string) => string;
  readonly remove: () => void;
}

/**
 * The files that one environment's rehearsal keeps on disk: stacks, Terraform's state, `home` of the simulated host, the
 * account's certificate, what is emitted, and `empty`, which stands for the user's AWS configuration.
 */
export interface EnvironmentFolder {
  readonly folder: string;
  readonly path: (name: string) => string;
  readonly write: (name: string, text: string) => void;
}

export function createWorkspace(): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'vault-env-rehearsal-'));
  return {
    folder,
    write: (name, text) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    },
    folderOf: (environment) => createEnvironmentFolder(join(folder, environment)),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function createEnvironmentFolder(folder: string): EnvironmentFolder {
  const path = (name: string) => join(folder, name);
  const write = (name: string, text: string) => writeFileSync(path(name), text);
  makeFolder(path('home'));
  write('empty', '');
  return { folder, path, write };
}
