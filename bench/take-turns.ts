import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type BenchRow, type Goal, median } from './row';
import { type Command, type CommandCost, runCommand } from './run-command';
import { REFERENCE_COMMIT, type Versions } from './versions';

export interface TurnsOptions {
  readonly title: string;
  readonly versions: Versions;
  readonly rounds: number;
  readonly goal?: Goal;
}

/** Both versions do the work of `timed/<work>.ts`, warm; they take turns, so that a busy machine hits both alike. */
export async function compareWork(work: string, options: TurnsOptions): Promise<BenchRow> {
  const workers = await Promise.all(rootsOf(options).map((root) => startWorker(work, root)));
  try {
    return rowOf(options, 'ms CPU', await inTurns(workers, options.rounds, costOfOneGo));
  } finally {
    for (const worker of workers) worker.disconnect();
  }
}

/** The same for work that is only slow once: each go in a process of its own, whose start does not count. */
export async function compareFirstTimes(work: string, options: TurnsOptions): Promise<BenchRow> {
  const costs = await inTurns(rootsOf(options), options.rounds, async (root) => {
    const worker = await startWorker(work, root);
    const cost = await costOfOneGo(worker);
    worker.disconnect();
    return cost;
  });
  return rowOf(options, 'ms CPU', costs);
}

/** Parts of a command's cost that are compared. */
export interface CostRead {
  readonly unit: string;
  readonly read: (cost: CommandCost) => number;
}

export const CPU: CostRead = { unit: 's CPU', read: ({ cpuSeconds }) => cpuSeconds };
export const WALL: CostRead = { unit: 's', read: ({ wallSeconds }) => wallSeconds };

/** Both versions run a command, in turns; the second row is the memory of its largest process. */
export async function compareCommands(
  command: (root: string) => Command,
  { unit, read }: CostRead,
  { memoryGoal, ...options }: TurnsOptions & { readonly memoryGoal?: Goal },
): Promise<{ readonly row: BenchRow; readonly memory: BenchRow }> {
  const costs = await inTurns(rootsOf(options), options.rounds, (root) => runCommand(command(root)));
  const rowOfCosts = (given: TurnsOptions, ofUnit: string, readOne: CostRead['read']) =>
    rowOf(
      given,
      ofUnit,
      costs.map((list) => list.map(readOne)),
    );
  const { goal: _, ...rest } = options;
  const memoryOptions = {
    ...rest,
    title: `${options.title}, largest process`,
    ...(memoryGoal && { goal: memoryGoal }),
  };
  return {
    row: rowOfCosts(options, unit, read),
    memory: rowOfCosts(memoryOptions, 'MiB', ({ peakMib }) => peakMib),
  };
}

function rootsOf({ versions: { ours, reference } }: TurnsOptions): readonly string[] {
  return reference === undefined ? [ours] : [ours, reference];
}

async function startWorker(work: string, root: string): Promise<ChildProcess> {
  const worker = fork(join(__dirname, 'timed', `${work}.ts`), [root], { execArgv: ['--import', 'tsx'] });
  await once(worker, 'message');
  return worker;
}

async function costOfOneGo(worker: ChildProcess): Promise<number> {
  worker.send('again');
  const [cost] = await once(worker, 'message');
  return cost as number;
}

async function inTurns<Contestant, Cost>(
  contestants: readonly Contestant[],
  rounds: number,
  measure: (contestant: Contestant) => Promise<Cost>,
): Promise<readonly Cost[][]> {
  const costs = contestants.map((): Cost[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, contestant] of contestants.entries()) costs[index]?.push(await measure(contestant));
  }
  return costs;
}

function rowOf({ title, goal }: TurnsOptions, unit: string, [ours = [], theirs = []]: readonly number[][]): BenchRow {
  const ratios = theirs.map((cost, round) => cost / (ours[round] ?? Number.NaN));
  const beside = ratios.length === 0 ? {} : { beside: REFERENCE_COMMIT };
  return { title, value: median(ours), unit, ratios, ...beside, ...(goal && { goal }) };
}
