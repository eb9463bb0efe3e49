import { join } from 'node:path';
import type { BenchRow } from '../row';
import { CPU, compareCommands } from '../take-turns';
import type { Versions } from '../versions';

const STARTS = [
  { args: ['--help'], exitCode: 0, goal: { atLeast: 2 } },
  { args: ['--version'], exitCode: 0, goal: { atLeast: 2 } },
  { args: ['sinth'], exitCode: 2, goal: { atLeast: 2 } },
  { args: ['synth', 'nosuch'], exitCode: 2, goal: { atLeast: 4 } },
  { args: ['prove', 'nosuch'], exitCode: 2, goal: { atLeast: 4 } },
  { args: ['simulate', 'nosuch'], exitCode: 2, goal: { atLeast: 4 } },
];

/** The start of the command beside an earlier version, where it has nothing to do. */
export async function startRows(versions: Versions): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { args, exitCode, goal } of STARTS) {
    const command = (root: string) => ({
      args: [join(root, 'scripts', 'vault-env.cjs'), ...args],
      folder: root,
      exitCode,
    });
    const title = `vault-env ${args.join(' ')}`;
    rows.push((await compareCommands(command, CPU, { title, versions, rounds: 5, goal })).row);
  }
  return rows;
}
