import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFleet } from '../fleet';
import type { BenchRow, Goal } from '../row';
import { CPU, compareCommands } from '../take-turns';
import type { Versions } from '../versions';

interface Fleet {
  readonly environments: number;
  readonly rounds: number;
  readonly goal?: Goal;
  readonly memoryGoal?: Goal;
}

const FLEETS: readonly Fleet[] = [
  { environments: 1, rounds: 5 },
  { environments: 200, rounds: 3 },
  { environments: 1000, rounds: 3, goal: { atLeast: 5 }, memoryGoal: { atLeast: 327 / 250 } },
];

/** `synth` of fleets of several sizes beside an earlier version, and the memory it takes. */
export async function synthesisRows(versions: Versions): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const fleet of FLEETS) rows.push(...(await rowsOf(fleet, versions)));
  return rows;
}

async function rowsOf({ environments, ...fleet }: Fleet, versions: Versions): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-synthesis-'));
  try {
    writeFleet(join(folder, 'environments'), environments);
    const command = (root: string) => ({
      args: [join(root, 'scripts', 'vault-env.cjs'), 'synth', '--environments', 'environments', '--out', 'out'],
      folder,
      exitCode: 0,
    });
    const title = `synth of ${environments.toLocaleString('en')}`;
    const { row, memory } = await compareCommands(command, CPU, { title, versions, ...fleet });
    return [row, memory];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
