import { painter } from '../lib/cli/colour';
import { UsageError } from '../lib/errors';
import { ROLE_POLICY, readRolePolicies } from './role-policies';
import { type EnvironmentChoice, requireEnvironment } from './synthesized-text';
import { ENVIRONMENTS, FORMAT, printJson, printText, type Task, type Verb } from './verb';

interface ExplainOptions extends EnvironmentChoice {
  readonly action: string;
  readonly resource: string;
  readonly context: readonly string[];
  readonly rolePolicy?: readonly string[] | undefined;
  readonly format: 'text' | 'json';
}

export const explainVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('environment', { type: 'string', demandOption: true, describe: 'Name of the environment' })
        .option('action', {
          type: 'string',
          requiresArg: true,
          demandOption: true,
          describe: 'Action, as in s3:PutObject',
        })
        .option('resource', {
          type: 'string',
          requiresArg: true,
          demandOption: true,
          describe: 'ARN, or for short: bucket, bucket/<key>, key, role',
        })
        .option('context', {
          type: 'string',
          array: true,
          nargs: 1,
          default: [],
          describe: 'Condition key of the request, as in s3:TlsVersion=1.1; <key>= takes a default away',
        })
        .option('environments', ENVIRONMENTS)
        .option('role-policy', ROLE_POLICY)
        .option('format', FORMAT)
        .example('$0 explain aws-kms --action s3:PutObject --resource bucket/a.csv', 'is allowed')
        .example('$0 explain aws-kms --action kms:Decrypt --resource key --format json', 'is denied: not through S3')
        .example(
          '$0 explain vendor --action s3:GetObject --resource bucket/a.csv --role-policy vendor/host/s3-policy.json',
          'asks both sides about a role of another account',
        ),
    (options) => choose(explainTask(options)),
  );

function explainTask(options: ExplainOptions): Task {
  return async (context) => {
    const given = parseContext(options.context);
    requireEnvironment(options, context);
    const rolePolicies = readRolePolicies(options.rolePolicy, context);
    const { loadEnvironmentPolicies } = require('./environment-policies') as typeof import('./environment-policies');
    const { loadCatalogue } = require('../lib/catalogue') as typeof import('../lib/catalogue');
    const { explainAccess } =
      require('../lib/audit/explain/explain-access') as typeof import('../lib/audit/explain/explain-access');
    const { renderExplanationText } =
      require('../lib/audit/explain/explanation-text') as typeof import('../lib/audit/explain/explanation-text');
    const [policies, catalogue] = await Promise.all([
      loadEnvironmentPolicies(options, context, rolePolicies),
      loadCatalogue(),
    ]);
    const { action, resource } = options;
    const explanation = explainAccess({ policies, catalogue, action, resource, context: given });
    if (options.format === 'json') printJson(context.io, explanation);
    else printText(context, renderExplanationText(explanation, { paint: painter(context.io.useColour) }));
    return explanation.decision.result === 'allowed' ? 0 : 1;
  };
}

/** A key that is given more than once has several values; one without a value has none. */
function parseContext(given: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const context: Record<string, readonly string[]> = {};
  for (const entry of given) {
    const [, key, value] = /^([^:=\s]+:[^=]+)=(.*)$/s.exec(entry) ?? [];
    if (key === undefined || value === undefined) {
      throw new UsageError('BadArguments', `'--context' must be <key>=<value>, as in s3:TlsVersion=1.1, got: ${entry}`);
    }
    context[key] = value === '' ? [] : [...(context[key] ?? []), value];
  }
  return context;
}
