import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXAMPLES, loadExample, synthesizeStack } from '../../test/support/synthesize';
import type { BenchRow } from '../row';
import { CPU, compareCommands, compareFirstTimes, compareWork, type TurnsOptions, WALL } from '../take-turns';
import type { Versions } from '../versions';

const ENVIRONMENTS = 200;
const TENFOLD = { atLeast: 10 };

/** Catalogue, proof and audit beside an earlier version: in process and warm, as a command, and of a folder. */
export async function auditRows(versions: Versions): Promise<readonly BenchRow[]> {
  const options = (title: string, rest?: Partial<TurnsOptions>) => ({ title, versions, rounds: 5, ...rest });
  return [
    await compareFirstTimes('catalogue', options('catalogue, first load', { goal: TENFOLD })),
    await compareWork('proof', options('proof of one environment', { rounds: 9, goal: TENFOLD })),
    await compareWork('audit', options('audit of one environment', { rounds: 9, goal: TENFOLD })),
    ...(await commandRows(options)),
  ];
}

type Options = (title: string, rest?: Partial<TurnsOptions>) => TurnsOptions;

async function commandRows(options: Options): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-audit-'));
  try {
    writeStacks(folder);
    const one = auditCommand(join(folder, 'cdktf.out', 'stacks', 'fleet-0', 'cdk.tf.json'), folder);
    const { row: alone } = await compareCommands(one, CPU, options('audit of one, a process of its own'));
    const many = auditCommand('cdktf.out', folder);
    const title = `audit of ${ENVIRONMENTS}`;
    const goal = { atLeast: 15 };
    const { row: all, peakMib } = await compareCommands(many, WALL, options(title, { rounds: 3, goal }));
    return [alone, all, { title: `${title}, largest process`, value: peakMib, unit: 'MiB', ratios: [] }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function auditCommand(input: string, folder: string) {
  return (root: string) => ({
    args: [join(root, 'scripts', 'vault-env.cjs'), 'audit', input, '--format', 'json'],
    folder,
    exitCode: 0,
  });
}

function writeStacks(folder: string): void {
  const { text } = synthesizeStack(loadExample(EXAMPLES, 'aws-kms'));
  for (let index = 0; index < ENVIRONMENTS; index++) {
    const stack = join(folder, 'cdktf.out', 'stacks', `fleet-${index}`);
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(stack, 'cdk.tf.json'), text.replaceAll('vault-backup-aws-kms', `vault-backup-fleet-${index}`));
  }
}
