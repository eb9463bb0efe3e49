import { painter } from '../lib/cli/colour';
import { type EnvironmentChoice, requireEnvironment } from './synthesized-text';
import { toolOf } from './tool';
import { ENVIRONMENTS, FORMAT, printJson, type Task, type Verb } from './verb';

interface ProveOptions extends EnvironmentChoice {
  readonly format: 'text' | 'json';
}

export const proveVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('environment', { type: 'string', demandOption: true, describe: 'Name of the environment' })
        .option('environments', ENVIRONMENTS)
        .option('format', FORMAT)
        .example('$0 prove aws-kms', 'asks about every action that AWS knows whether the role may do it')
        .example('$0 prove aes-256 --format json', 'writes the proof for a pipeline'),
    (options) => choose(proveTask(options)),
  );

function proveTask(options: ProveOptions): Task {
  return async (context) => {
    requireEnvironment(options, context);
    const { loadEnvironmentPolicies } = require('./environment-policies') as typeof import('./environment-policies');
    const { loadCatalogue } = require('../lib/catalogue') as typeof import('../lib/catalogue');
    const { provePermissions } =
      require('../lib/audit/permission-proof/prove') as typeof import('../lib/audit/permission-proof/prove');
    const { renderProofText } =
      require('../lib/audit/permission-proof/text-report') as typeof import('../lib/audit/permission-proof/text-report');
    const [policies, catalogue] = await Promise.all([loadEnvironmentPolicies(options, context), loadCatalogue()]);
    const proof = { ...provePermissions({ policies, catalogue }), tool: toolOf(context.root) };
    if (options.format === 'json') printJson(context.io, proof);
    else context.io.result(renderProofText(proof, { paint: painter(context.io.useColour) }));
    return proof.verdict === 'pass' ? 0 : 1;
  };
}
