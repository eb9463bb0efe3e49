import { join } from 'node:path';
import type { BenchRow } from '../row';
import { CPU, compareCommands } from '../take-turns';
import type { Versions } from '../versions';

/** `npm test` of each version, with Terraform and all else that it starts. */
export async function testRows(versions: Versions): Promise<readonly BenchRow[]> {
  const command = (root: string) => ({
    args: [join(root, 'node_modules', '.bin', 'jest'), '--selectProjects', 'e2e', 'unit'],
    folder: root,
    exitCode: 0,
  });
  return [(await compareCommands(command, CPU, { title: 'npm test', versions, rounds: 1, goal: { atLeast: 3 } })).row];
}
