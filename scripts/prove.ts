import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Proof } from '../lib/audit/permission-proof/proof';
import { painter } from '../lib/cli/colour';
import type { JunitCase } from '../lib/summary/junit';
import { type ChosenEnvironment, eachEnvironment } from './each-environment';
import { type ForOne, MANY_FORMAT, MANY_OPTIONS, type ManyChoice, SEVERAL_ENVIRONMENTS } from './many';
import { ROLE_POLICY, readRolePolicies } from './role-policies';
import type { StackFolders } from './synthesize-several';
import { type EnvironmentChoice, requireEnvironment } from './synthesized-text';
import { toolOf } from './tool';
import { ENVIRONMENTS, printJson, printText, type Task, type Verb } from './verb';

interface ProveOptions extends EnvironmentChoice {
  readonly rolePolicy?: readonly string[] | undefined;
  /** The stacks of several, where these were synthesized already. */
  readonly stacks?: StackFolders | undefined;
  readonly format: 'text' | 'json';
}

interface ProveManyOptions extends ManyChoice {
  readonly rolePolicy?: readonly string[] | undefined;
  readonly names: readonly string[];
  readonly environments: string;
}

export const proveVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('environment', SEVERAL_ENVIRONMENTS)
        .option('environments', ENVIRONMENTS)
        .option('role-policy', ROLE_POLICY)
        .options(MANY_OPTIONS)
        .option('format', MANY_FORMAT)
        .example('$0 prove aws-kms', 'asks about every action that AWS knows whether the role may do it')
        .example('$0 prove aes-256 --format json', 'writes the proof for a pipeline')
        .example(
          '$0 prove vendor --role-policy vendor/host/s3-policy.json --role-policy vendor/host/kms-policy.json',
          'proves both sides for a role of another account',
        )
        .example('$0 prove environments --format junit', 'proves all of a folder, whatever is wrong with one'),
    (options) => choose(proveAll({ ...options, names: options.environment })),
  );

function proveAll(options: ProveManyOptions): Task {
  const { rolePolicy } = options;
  return async (context) => {
    const temporary = mkdtempSync(join(tmpdir(), 'vault-env-prove-'));
    let stacks: StackFolders | undefined;
    const prepare = async (chosen: readonly ChosenEnvironment[]) => {
      stacks = await several().synthesizeSeveral(chosen, () => mkdtempSync(join(temporary, 'stacks-')), context);
    };
    const taskFor = (choice: EnvironmentChoice, format: 'text' | 'json') =>
      proveTask({ ...choice, format, rolePolicy, stacks });
    try {
      const forOne = [rolePolicyForOne(rolePolicy)];
      return await eachEnvironment('prove', options, context, taskFor, { casesOf: casesOfProof, prepare, forOne });
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  };
}

/** The policies of one role say nothing about the next. */
const rolePolicyForOne = (given: unknown): ForOne => ({
  option: '--role-policy',
  given,
  fix: 'Prove each by itself, with the policies of its role: vault-env prove <environment> --role-policy <file>',
});

function casesOfProof(document: unknown): readonly JunitCase[] {
  return (document as Proof).items.map(({ title, result, evidence }) => ({
    name: title,
    outcome: result === 'unknown' ? 'error' : result,
    detail: evidence.problem,
  }));
}

function proveTask(options: ProveOptions): Task {
  return async (context) => {
    const { stacks, environment } = options;
    if (stacks === undefined) requireEnvironment(options, context);
    const rolePolicies = readRolePolicies(options.rolePolicy, context);
    const { loadEnvironmentPolicies } = require('./environment-policies') as typeof import('./environment-policies');
    const { loadCatalogue } = require('../lib/catalogue') as typeof import('../lib/catalogue');
    const { provePermissions } =
      require('../lib/audit/permission-proof/prove') as typeof import('../lib/audit/permission-proof/prove');
    const { renderProofText } =
      require('../lib/audit/permission-proof/text-report') as typeof import('../lib/audit/permission-proof/text-report');
    const [policies, catalogue] = await Promise.all([
      loadEnvironmentPolicies(options, context, rolePolicies, stacks && several().stackTextIn(stacks, environment)),
      loadCatalogue(),
    ]);
    const proof = { ...provePermissions({ policies, catalogue }), tool: toolOf(context.root) };
    if (options.format === 'json') printJson(context.io, proof);
    else printText(context, renderProofText(proof, { paint: painter(context.io.useColour) }));
    return proof.verdict === 'pass' ? 0 : 1;
  };
}

/** Loaded when it is needed: the help of every verb must come quickly. */
function several() {
  return require('./synthesize-several') as typeof import('./synthesize-several');
}
