import { join } from 'node:path';
import { App } from 'cdktf';
import { loadEnvironments } from '../lib/config/load';
import { ToolkitError } from '../lib/errors';
import { BackupEnvironmentStack } from './backup-environment-stack';
import { useQuickTokens } from './quick-tokens';
import { refuseLoss } from './refuse-loss';

/** One stack per environment. `VAULT_ENV_ONLY` (names, comma-separated) and `VAULT_ENV_ENVIRONMENTS_DIR` choose which. */
function synthesize(): void {
  const folder = process.env.VAULT_ENV_ENVIRONMENTS_DIR ?? join(__dirname, '..', 'environments');
  const names = (process.env.VAULT_ENV_ONLY ?? '').split(',').filter((name) => name !== '');
  const environments = loadEnvironments({ folder, names });
  useQuickTokens();
  const app = new App();
  refuseLoss(
    app.outdir,
    environments.map(({ name }) => name),
  );
  for (const environment of environments) {
    const stack = new BackupEnvironmentStack(app, environment);
    stack.prepareStack();
    stack.synthesizer.synthesize(app);
    // No stack refers to another, so none is kept: memory stays that of one.
    app.node.tryRemoveChild(stack.node.id);
  }
  // Writes the manifest.
  app.synth();
}

try {
  synthesize();
} catch (error) {
  if (!(error instanceof ToolkitError)) throw error;
  process.stderr.write(`${error.code}\n${error.message}\n`);
  process.exitCode = 2;
}
