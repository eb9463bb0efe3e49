import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { painter } from '../lib/cli/colour';
import type { Examination } from '../lib/doctor/examination';
import { UsageError } from '../lib/errors';
import { awsSurroundings } from './aws-surroundings';
import { readConfig } from './read-config';
import { toolOf } from './tool';
import { type Context, ENVIRONMENTS, FORMAT_WITH_JUNIT, printJson, type Task, type Verb } from './verb';
import { examineThisWorkstation } from './workstation';

interface DoctorOptions {
  readonly config?: string | undefined;
  readonly region?: string | undefined;
  readonly workstation: boolean;
  readonly environments: string;
  readonly format: 'text' | 'json' | 'junit';
}

export const doctorVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('config', { type: 'string', describe: 'The backup-environment.json that this host is for' })
        .option('region', {
          type: 'string',
          requiresArg: true,
          describe: "Region whose endpoints are tried [default: the config's, else AWS_REGION]",
        })
        .option('workstation', {
          type: 'boolean',
          default: false,
          describe:
            'Examine this machine instead: Node, Terraform, the provider, states, and all that a first rehearsal needs',
        })
        .option('environments', ENVIRONMENTS)
        .option('format', FORMAT_WITH_JUNIT)
        .example('$0 doctor --workstation', 'examines what a first rehearsal needs, without asking AWS')
        .example('$0 doctor backup-environment.json', 'examines the host and the endpoints of the environment')
        .example('$0 doctor --region us-east-2 --format json', 'writes the findings for a pipeline'),
    (options) => choose(doctorTask(options)),
  );

function doctorTask(options: DoctorOptions): Task {
  return async (context) => {
    const { renderExamination } = require('../lib/doctor/text-report') as typeof import('../lib/doctor/text-report');
    const found = options.workstation
      ? await examineThisWorkstation(options.environments, context)
      : await examineHost(options, context);
    const examination = { ...found, tool: toolOf(context.root) };
    const { io } = context;
    if (options.format === 'json') printJson(io, examination);
    else if (options.format === 'junit') io.result(junitOf(examination));
    else io.result(renderExamination(examination, { columns: io.columns, paint: painter(io.useColour) }));
    return examination.verdict === 'pass' ? 0 : 1;
  };
}

/** A note is no failure. */
function junitOf({ findings }: Examination): string {
  const { renderJunit } = require('../lib/summary/junit') as typeof import('../lib/summary/junit');
  const cases = findings.map(({ title, result, found, fix, diagnoses = [] }) => ({
    name: title,
    outcome: result === 'fail' ? ('fail' as const) : ('pass' as const),
    detail: [...found, ...diagnoses.flatMap((one) => [one.cause, one.fix]), fix ?? ''].join('\n').trim(),
  }));
  return renderJunit('vault-env doctor', [{ name: 'doctor', cases }]);
}

async function examineHost(options: DoctorOptions, { env, folder, signal }: Context) {
  const { connectAws } = require('../lib/aws/connect') as typeof import('../lib/aws/connect');
  const { examine } = require('../lib/doctor/examine') as typeof import('../lib/doctor/examine');
  const config = options.config === undefined ? undefined : readConfig(options.config, folder);
  const region = options.region ?? config?.aws.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  if (region === undefined) throw noRegion();
  const surroundings = awsSurroundings(env, config);
  const aws = connectAws({ region, ...surroundings });
  try {
    const isInContainer = ['/.dockerenv', '/run/.containerenv'].some(existsSync);
    const nodeVersion = process.versions.node;
    const now = () => new Date();
    const host = { env, isInContainer, nodeVersion, ownAddresses: ownAddresses() };
    return await examine({ region, config, aws, ...surroundings, ...host, signal, now });
  } finally {
    aws.close();
  }
}

/** Those that others reach; one that is of a link alone has no use without the name of the link. */
function ownAddresses(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  return addresses.filter(({ internal, scopeid = 0 }) => !internal && scopeid === 0).map(({ address }) => address);
}

function noRegion(): UsageError {
  return new UsageError(
    'BadArguments',
    "'--region' must be given where neither a config nor AWS_REGION says it, got: nothing\n" +
      'Name the config of the environment, or a region, as in --region us-east-2; --workstation looks at what a rehearsal needs',
  );
}
