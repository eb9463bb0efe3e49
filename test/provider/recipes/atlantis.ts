import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runShell } from '../../e2e/checkout';
import { ROOT } from '../../e2e/run-vault-env';
import type { Workplace } from './workplace';

interface Command {
  readonly run: string;
}

interface Project {
  readonly name: string;
  readonly dir: string;
  readonly autoplan: { readonly when_modified: readonly string[] };
}

export function createAtlantis({ clone, identity, nobody }: Workplace) {
  const { repos, workflows } = parse(readFileSync(join(ROOT, 'docs/recipes/atlantis-repos.yaml'), 'utf8'));
  const [repo] = repos;
  const folder = clone('atlantis');
  // The server has a role of its own.
  const server = {
    ...nobody,
    AWS_ROLE_ARN: identity.applyRole,
    AWS_WEB_IDENTITY_TOKEN_FILE: identity.tokenFile,
    EVIDENCE_BUCKET: 'acme-evidence',
  };
  const runAll = async (commands: readonly Command[], cwd: string, env: NodeJS.ProcessEnv) => {
    let ended = { exitCode: 0, stdout: '', stderr: '' };
    for (const { run } of commands) {
      if (ended.exitCode === 0) ended = await runShell(run, { cwd, env });
    }
    return ended;
  };
  return {
    folder,
    /** Runs the hooks, and tells the projects that they wrote. */
    prepare: async (): Promise<readonly Project[]> => {
      await runAll(repo.pre_workflow_hooks, folder, server);
      return parse(readFileSync(join(folder, 'atlantis.yaml'), 'utf8')).projects;
    },
    /** Runs the steps of `atlantis plan` or `atlantis apply` for a project. */
    run: (stage: 'plan' | 'apply', { name, dir }: Project) => {
      const place = join(folder, dir);
      const env = { ...server, PROJECT_NAME: name, DIR: place, PLANFILE: join(place, `${name}-default.tfplan`) };
      return runAll(workflows[repo.workflow][stage].steps, place, env);
    },
  };
}
