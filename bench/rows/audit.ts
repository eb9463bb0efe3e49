import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFleet } from '../fleet';
import type { BenchRow } from '../row';
import { runCommand } from '../run-command';
import { CPU, compareCommands, compareFirstTimes, compareWork, type TurnsOptions, WALL } from '../take-turns';
import { ROOT, type Versions } from '../versions';

const ENVIRONMENTS = 200;
const TENFOLD = { atLeast: 10 };

/** Catalogue, proof and audit beside an earlier version: in process and warm, as a command, and of a folder. */
export async function auditRows(versions: Versions): Promise<readonly BenchRow[]> {
  const options = (title: string, rest?: Partial<TurnsOptions>) => ({ title, versions, rounds: 5, ...rest });
  return [
    await compareFirstTimes('catalogue', options('catalogue, first load', { goal: TENFOLD })),
    await compareFirstTimes('proof-first', options('proof, first of a process', { goal: TENFOLD })),
    await compareWork('proof', options('proof of one environment', { rounds: 9, goal: TENFOLD })),
    await compareWork('audit', options('audit of one environment', { rounds: 9, goal: TENFOLD })),
    await compareWork('audit-unseen', options('audit of one, of a shape never seen', { rounds: 9, goal: TENFOLD })),
    ...(await commandRows(options, versions)),
  ];
}

type Options = (title: string, rest?: Partial<TurnsOptions>) => TurnsOptions;

/** Each version audits the stacks that it synthesized itself. */
async function commandRows(options: Options, { ours, reference }: Versions): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-audit-'));
  try {
    writeFleet(join(folder, 'environments'), ENVIRONMENTS);
    for (const root of [ours, reference ?? []].flat()) await runCommand(synthCommand(root, folder));
    const one = (root: string) => auditCommand(root, join(outOf(root), 'stacks', 'fleet-0001', 'cdk.tf.json'), folder);
    const { row: alone } = await compareCommands(
      one,
      CPU,
      options('audit of one, a process of its own', { goal: TENFOLD }),
    );
    const many = (root: string) => auditCommand(root, outOf(root), folder);
    const title = `audit of ${ENVIRONMENTS}`;
    const goal = { atLeast: 15 };
    const { row: all, memory } = await compareCommands(many, WALL, options(title, { rounds: 3, goal }));
    return [alone, all, memory];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function outOf(root: string): string {
  return root === ROOT ? 'ours' : 'reference';
}

function synthCommand(root: string, folder: string) {
  const command = join(root, 'scripts', 'vault-env.cjs');
  return { args: [command, 'synth', '--environments', 'environments', '--out', outOf(root)], folder, exitCode: 0 };
}

function auditCommand(root: string, input: string, folder: string) {
  return { args: [join(root, 'scripts', 'vault-env.cjs'), 'audit', input, '--format', 'json'], folder, exitCode: 0 };
}
