import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runShell } from '../../e2e/checkout';
import { ROOT } from '../../e2e/run-vault-env';
import { Artefacts, type Workplace } from './workplace';

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly steps: readonly Step[];
  readonly env?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
}

/** Actions that set up what is here already, or hand something to GitHub. */
const ELSEWHERE = [
  'actions/setup-node',
  'hashicorp/setup-terraform',
  'actions/cache',
  'github/codeql-action/upload-sarif',
];

/** The values of the expressions; one that is not here is a mistake. */
function valuesOf(folder: string, environment: string, { identity }: Workplace): Readonly<Record<string, string>> {
  return {
    'github.workspace': folder,
    'github.token': 'token',
    'github.event.pull_request.number': '12',
    'github.event.pull_request.base.sha || github.event.before': '0'.repeat(40),
    'matrix.environment': environment,
    'env.AWS_REGION': 'us-east-2',
    'vars.VAULT_PLAN_ROLE': identity.planRole,
    'vars.VAULT_APPLY_ROLE': identity.applyRole,
    "hashFiles('environments/.terraform.lock.hcl')": 'lock',
  };
}

export function createGithub(workplace: Workplace) {
  const workflow = parse(readFileSync(join(ROOT, 'docs/recipes/github-actions.yml'), 'utf8'));
  const artefacts = new Artefacts();
  return {
    artefacts,
    /** Runs a job as the service does, and tells what its last failure said and what it put out. */
    run: async (name: string, environment = '') => {
      const job: Job = workflow.jobs[name];
      const folder = workplace.clone([name, environment].join('-'));
      const values = valuesOf(folder, environment, workplace);
      const files = { GITHUB_OUTPUT: join(folder, '.output'), GITHUB_STEP_SUMMARY: join(folder, '.summary') };
      const declared = filled({ ...workflow.env, ...job.env }, values);
      const started = { ...workplace.nobody, ...files, GITHUB_REPOSITORY: 'acme/vault', ...declared };
      const ran = await runSteps(job, { folder, values, artefacts, workplace, env: started });
      return { ...ran, folder };
    },
  };
}

interface Running {
  readonly folder: string;
  readonly values: Readonly<Record<string, string>>;
  readonly artefacts: Artefacts;
  readonly workplace: Workplace;
  readonly env: NodeJS.ProcessEnv;
}

async function runSteps(job: Job, running: Running) {
  let failure = '';
  let env = running.env;
  for (const step of job.steps) {
    if (failure !== '' && !step.if?.includes('!cancelled()')) continue;
    if (step.run === undefined) {
      env = { ...env, ...useAction(step, job, running) };
      continue;
    }
    if (step.run.includes('${{')) throw new Error(`a script must take its values from variables, got: ${step.run}`);
    const variables = { ...env, ...filled(step.env ?? {}, running.values) };
    const { exitCode, stdout, stderr } = await runShell(`set -e\n${step.run}`, { cwd: running.folder, env: variables });
    if (exitCode !== 0) failure += [step.run, stdout, stderr].join('\n');
  }
  return { failure };
}

/** Does what the action does, and tells the variables that it sets. */
function useAction({ uses = '', with: given = {} }: Step, { permissions }: Job, running: Running): NodeJS.ProcessEnv {
  const { artefacts, folder, values, workplace } = running;
  const [action = ''] = uses.split('@');
  const { name = '', path = '', pattern = '', ...more } = filled(given, values);
  switch (action) {
    case 'actions/checkout':
      return {};
    case 'actions/upload-artifact':
      artefacts.keep(name, path.trim().split('\n'), folder);
      return {};
    case 'actions/download-artifact':
      artefacts.take(new RegExp(`^${(name || pattern).replace('*', '.*')}$`), folder);
      return {};
    case 'aws-actions/configure-aws-credentials':
      if (permissions?.['id-token'] !== 'write') throw new Error('a job without id-token: write gets no token');
      return { AWS_ROLE_ARN: more['role-to-assume'], AWS_WEB_IDENTITY_TOKEN_FILE: workplace.identity.tokenFile };
    default:
      if (!ELSEWHERE.includes(action)) throw new Error(`an action that nobody plays here: ${uses}`);
      return {};
  }
}

function filled(texts: Readonly<Record<string, unknown>>, values: Readonly<Record<string, string>>) {
  const fill = (text: string) =>
    text.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
      const value = values[expression];
      if (value === undefined) throw new Error(`an expression without a value here: ${expression}`);
      return value;
    });
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, fill(String(text))]));
}
