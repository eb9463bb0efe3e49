import type { Proof } from '../lib/audit/permission-proof/proof';
import { painter } from '../lib/cli/colour';
import type { JunitCase } from '../lib/summary/junit';
import { eachEnvironment } from './each-environment';
import { MANY_FORMAT, MANY_OPTIONS, type ManyChoice, SEVERAL_ENVIRONMENTS } from './many';
import { ROLE_POLICY, readRolePolicies } from './role-policies';
import { type EnvironmentChoice, requireEnvironment } from './synthesized-text';
import { toolOf } from './tool';
import { ENVIRONMENTS, printJson, printText, type Task, type Verb } from './verb';

interface ProveOptions extends EnvironmentChoice {
  readonly rolePolicy?: readonly string[] | undefined;
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
  const taskFor = (choice: EnvironmentChoice, format: 'text' | 'json') => proveTask({ ...choice, format, rolePolicy });
  return (context) => eachEnvironment('prove', options, context, taskFor, casesOfProof);
}

function casesOfProof(document: unknown): readonly JunitCase[] {
  return (document as Proof).items.map(({ title, result, evidence }) => ({
    name: title,
    outcome: result === 'unknown' ? 'error' : result,
    detail: evidence.problem,
  }));
}

function proveTask(options: ProveOptions): Task {
  return async (context) => {
    requireEnvironment(options, context);
    const rolePolicies = readRolePolicies(options.rolePolicy, context);
    const { loadEnvironmentPolicies } = require('./environment-policies') as typeof import('./environment-policies');
    const { loadCatalogue } = require('../lib/catalogue') as typeof import('../lib/catalogue');
    const { provePermissions } =
      require('../lib/audit/permission-proof/prove') as typeof import('../lib/audit/permission-proof/prove');
    const { renderProofText } =
      require('../lib/audit/permission-proof/text-report') as typeof import('../lib/audit/permission-proof/text-report');
    const [policies, catalogue] = await Promise.all([
      loadEnvironmentPolicies(options, context, rolePolicies),
      loadCatalogue(),
    ]);
    const proof = { ...provePermissions({ policies, catalogue }), tool: toolOf(context.root) };
    if (options.format === 'json') printJson(context.io, proof);
    else printText(context, renderProofText(proof, { paint: painter(context.io.useColour) }));
    return proof.verdict === 'pass' ? 0 : 1;
  };
}
