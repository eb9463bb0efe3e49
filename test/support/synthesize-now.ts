import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import type { AccountBase } from '../../lib/config/account-base';
import type { Environment } from '../../lib/config/environment';
import { AccountBaseStack } from '../../stacks/account-base-stack';
import { BackupEnvironmentStack } from '../../stacks/backup-environment-stack';
import { SynthesizedStack } from './synthesized-stack';

/** Synthesizes one environment in a temporary folder. */
export function synthesizeNow(environment: Environment): SynthesizedStack {
  return synthesizeIn((app) => new BackupEnvironmentStack(app, environment), environment.name);
}

export function synthesizeAccountBase(base: AccountBase): SynthesizedStack {
  return synthesizeIn((app) => new AccountBaseStack(app, base), base.name);
}

function synthesizeIn(create: (app: App) => unknown, name: string): SynthesizedStack {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    const app = new App({ outdir });
    create(app);
    app.synth();
    const read = (file: string) => readFileSync(join(outdir, 'stacks', name, file), 'utf8');
    return new SynthesizedStack(read('cdk.tf.json'), read('versions.tf'));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
