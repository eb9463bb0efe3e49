import { join } from 'node:path';
import { App } from 'cdktf';
import { loadEnvironments, type OnSkipped } from '../lib/config/load';
import { skippedLine } from '../lib/config/skipped-files';
import { ToolkitError } from '../lib/errors';
import { BackupEnvironmentStack } from './backup-environment-stack';
import { useQuickTokens } from './quick-tokens';
import { refuseLoss } from './refuse-loss';
import { synthesizeByShape } from './synthesize-by-shape';

/** One stack per environment. `VAULT_ENV_ONLY` (names, comma-separated) and `VAULT_ENV_ENVIRONMENTS_DIR` choose which. */
function synthesize(): void {
  const folder = process.env.VAULT_ENV_ENVIRONMENTS_DIR ?? join(__dirname, '..', 'environments');
  const names = (process.env.VAULT_ENV_ONLY ?? '').split(',').filter((name) => name !== '');
  const environments = loadEnvironments({ folder, names, now: new Date() }, noteSkipped);
  useQuickTokens();
  const app = new App();
  refuseLoss(
    app.outdir,
    environments.map(({ name }) => name),
  );
  synthesizeByShape(app, environments, (scope, environment) => new BackupEnvironmentStack(scope, environment));
  // Writes the manifest.
  app.synth();
}

/** A broken file of another environment keeps nobody from working on this one. */
const noteSkipped: OnSkipped = (file, issues) => void process.stderr.write(skippedLine(file, issues));

try {
  synthesize();
} catch (error) {
  if (!(error instanceof ToolkitError)) throw error;
  process.stderr.write(`${error.code}\n${error.message}\n`);
  process.exitCode = 2;
}
