import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchRow, Goal } from '../row';
import { CPU, compareCommands } from '../take-turns';
import type { Versions } from '../versions';

interface Fleet {
  readonly environments: number;
  readonly rounds: number;
  readonly goal?: Goal;
}

const FLEETS: readonly Fleet[] = [
  { environments: 1, rounds: 5 },
  { environments: 200, rounds: 3 },
  { environments: 1000, rounds: 3, goal: { atLeast: 5 } },
];
const REGIONS = ['us-east-2', 'eu-west-1', 'us-west-2'];

/** `synth` of fleets of several sizes beside an earlier version, and the memory it takes. */
export async function synthesisRows(versions: Versions): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const fleet of FLEETS) rows.push(...(await rowsOf(fleet, versions)));
  return rows;
}

async function rowsOf({ environments, rounds, goal }: Fleet, versions: Versions): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-synthesis-'));
  try {
    writeFleet(join(folder, 'environments'), environments);
    const command = (root: string) => ({
      args: [join(root, 'scripts', 'vault-env.cjs'), 'synth', '--environments', 'environments', '--out', 'out'],
      folder,
      exitCode: 0,
    });
    const title = `synth of ${environments.toLocaleString('en')}`;
    const { row, peakMib } = await compareCommands(command, CPU, { title, versions, rounds, ...(goal && { goal }) });
    return [row, { title: `${title}, largest process`, value: peakMib, unit: 'MiB', ratios: [] }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeFleet(folder: string, environments: number): void {
  mkdirSync(folder);
  for (let index = 0; index < environments; index++) {
    const number = String(index).padStart(4, '0');
    const text = [
      `label: Fleet ${number}`,
      `account: "1111222200${String(index % 40).padStart(2, '0')}"`,
      `region: ${REGIONS[index % REGIONS.length]}`,
      `bucket: fleet-vault-${number}`,
      'encryption:',
      `  method: ${index % 2 === 0 ? 'AES-256' : 'AWS-KMS'}`,
      'host:',
      '  kind: ec2',
    ];
    writeFileSync(join(folder, `fleet-${number}.yaml`), `${text.join('\n')}\n`);
  }
}
