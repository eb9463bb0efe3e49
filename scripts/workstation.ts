import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import type { Examination } from '../lib/doctor/examination';
import { awsSurroundings } from './aws-surroundings';
import type { Context } from './verb';

/** The tools that this machine has for a rehearsal. */
export async function examineThisWorkstation(
  environments: string,
  { env, folder, signal }: Context,
): Promise<Examination> {
  const { loadEnvironments } = require('../lib/config/load') as typeof import('../lib/config/load');
  const { examineWorkstation } =
    require('../lib/doctor/examine-workstation') as typeof import('../lib/doctor/examine-workstation');
  const examination = await examineWorkstation({
    ...awsSurroundings(env),
    env,
    folder,
    nodeVersion: process.versions.node,
    temporaryFolder: tmpdir(),
    loadEnvironments: () => loadEnvironments({ folder: resolve(folder, environments), names: [] }),
    now: () => new Date(),
  });
  signal.throwIfAborted();
  return examination;
}
