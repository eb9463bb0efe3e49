import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { REFERENCE_COMMIT, REFERENCE_FOLDER, ROOT } from './versions';

/** Peers of the benchmark that the project does not depend on: two packages, and an earlier version of itself. */
function installPeers(): void {
  run('npm', ['ci', '--prefix', 'bench/peers/iam-simulate']);
  run('npm', ['ci', '--ignore-scripts', '--prefix', 'bench/peers/s3rver']);
  if (!existsSync(REFERENCE_FOLDER)) run('git', ['clone', '--quiet', '--no-checkout', ROOT, REFERENCE_FOLDER]);
  run('git', ['-C', REFERENCE_FOLDER, 'checkout', '--quiet', '--detach', REFERENCE_COMMIT]);
  run('npm', ['ci', '--prefix', REFERENCE_FOLDER]);
}

function run(program: string, args: readonly string[]): void {
  const { status } = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: exit code ${status}`);
}

installPeers();
