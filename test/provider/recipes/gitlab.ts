import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runShell } from '../../e2e/checkout';
import { ROOT } from '../../e2e/run-vault-env';
import { Artefacts, type Workplace } from './workplace';

interface Job {
  readonly extends?: string;
  readonly script: readonly string[];
  readonly before_script?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly id_tokens?: Readonly<Record<string, unknown>>;
  readonly parallel?: number;
  readonly needs?: readonly string[];
  readonly artifacts?: { readonly paths: readonly string[] };
}

export function createGitlab(workplace: Workplace) {
  const pipeline = parse(readFileSync(join(ROOT, 'docs/recipes/gitlab-ci.yml'), 'utf8'));
  const artefacts = new Artefacts();
  const jobOf = (name: string): Job => {
    const job: Job = pipeline[name];
    const base: Partial<Job> = job.extends === undefined ? {} : pipeline[job.extends];
    return { ...pipeline.default, ...base, ...job };
  };
  return {
    /** In how many parts the job runs. */
    partsOf: (name: string) => jobOf(name).parallel ?? 1,
    /** Runs one part of a job as the service does. */
    run: async (name: string, part = 1) => {
      const job = jobOf(name);
      const folder = workplace.clone(`${name}-${part}`);
      for (const need of job.needs ?? []) artefacts.take(new RegExp(`^${need}$`), folder);
      const env = { ...predefined(folder, { part, job }, workplace), ...pipeline.variables };
      const lines = [...(job.before_script ?? []), ...job.script];
      // Variables of a pipeline stand for each other.
      const variables = [...Object.entries({ ...pipeline.variables, ...job.variables })].map(
        ([key, value]) => `export ${key}="${value}"`,
      );
      const script = ['set -eo pipefail', ...variables, ...lines].join('\n');
      const ran = await runShell(script, { cwd: folder, env });
      artefacts.keep(name, job.artifacts?.paths ?? [], folder);
      return { ...ran, folder };
    },
  };
}

function predefined(
  folder: string,
  { part, job }: { readonly part: number; readonly job: Job },
  { nobody, identity }: Workplace,
): NodeJS.ProcessEnv {
  return {
    ...nobody,
    CI_PROJECT_DIR: folder,
    CI_BUILDS_DIR: join(folder, '..'),
    CI_COMMIT_BEFORE_SHA: '0'.repeat(40),
    CI_NODE_INDEX: String(part),
    CI_NODE_TOTAL: String(job.parallel ?? 1),
    CI_API_V4_URL: 'https://gitlab.example.com/api/v4',
    CI_PROJECT_ID: '7',
    CI_MERGE_REQUEST_IID: '12',
    VAULT_COMMENT_TOKEN: 'token',
    VAULT_PLAN_ROLE: identity.planRole,
    VAULT_APPLY_ROLE: identity.applyRole,
    ...(job.id_tokens && { AWS_TOKEN: readFileSync(identity.tokenFile, 'utf8') }),
  };
}
