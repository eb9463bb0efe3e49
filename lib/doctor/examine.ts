import { createAgents } from '../aws/agents';
import type { Aws } from '../aws/connect';
import type { CredentialFacts } from '../aws/credentials/resolve-credentials';
import { resolveEndpoints } from '../aws/endpoints';
import { readSharedProfile } from '../aws/shared-profile';
import { isSimulatedServer } from '../aws/simulated-server';
import type { BackupEnvironment } from '../backup-environment/schema';
import { ToolkitError } from '../errors';
import type { ProcessEnvironment } from '../process-environment';
import { environmentFacts } from '../verify/diagnosis/diagnose';
import { EXAMINATION_VERSION, type Examination, type Finding } from './examination';
import { examineClock } from './examine-clock';
import { examineCredentials, examineIdentity, UNKNOWN } from './examine-credentials';
import { askAll, examineEndpoint } from './examine-endpoints';
import { examineInstanceMetadata } from './examine-metadata';
import { examineNode } from './examine-node';
import { examineProxy } from './examine-proxy';
import { examineRegion } from './examine-region';
import { examineKeys, examineSource } from './examine-sources';
import { examinationOf } from './hosts';
import type { HostFindings } from './hosts/host-examination';

export interface ExamineOptions {
  readonly region: string;
  /** The environment that this host is for, when it is known. */
  readonly config?: BackupEnvironment | undefined;
  readonly aws: Pick<Aws, 'resolveCredentials'> & { readonly sts: Pick<Aws['sts'], 'getCallerIdentity'> };
  readonly env: ProcessEnvironment;
  readonly caCertificatesPem?: string | undefined;
  readonly isInContainer: boolean;
  /** As in `20.19.0`. */
  readonly nodeVersion: string;
  /** Addresses of this host that others reach. @default none */
  readonly ownAddresses?: readonly string[];
  /** File of the unit that runs the `serve` of AWS's helper. @default - where `emit` says */
  readonly serveUnit?: string;
  /** Stops the examination, which then throws the reason. */
  readonly signal?: AbortSignal;
  readonly now: () => Date;
}

// The way of an examination:
//   1. aws/endpoints says where the SDK would go; examine-endpoints asks there, and examine-clock compares the dates.
//   2. aws/credentials finds credentials as the SDK does, and STS says whose they are.
//   3. With a config, what the host was set up with: examine-region, examine-sources, and what hosts/* has for its kind.
//   4. Each comes to a finding: pass, note or fail, with what to do; text-report prints them.

/**
 * Looks at what lies between this host and AWS: credentials, metadata service, clock, proxy, DNS, TLS. It changes nothing.
 *
 * @throws {ToolkitError} `BadProxy`, `BadEndpoint`
 */
export async function examine(options: ExamineOptions): Promise<Examination> {
  const startedAt = options.now();
  const answers = await askAround(options);
  const findings = findingsOf(answers, options);
  return {
    version: EXAMINATION_VERSION,
    verdict: findings.some(({ result }) => result === 'fail') ? 'fail' : 'pass',
    startedAt: startedAt.toISOString(),
    ...(answers.asked.some(({ answer }) => isSimulatedServer(answer.server ?? '')) && { simulated: true }),
    findings,
  };
}

type Answers = Awaited<ReturnType<typeof askAround>>;

async function askAround(options: ExamineOptions) {
  const { config, now } = options;
  const endpoints = await resolveEndpoints(options, config?.form.bucketName);
  const agents = createAgents(options);
  const [asked, service, credentials, host] = await Promise.all([
    askAll(endpoints, agents, now),
    examineService(options),
    findCredentials(options.aws, options.signal),
    config === undefined ? undefined : examineHost(config, options),
  ]).finally(() => {
    agents.httpAgent.destroy();
    agents.httpsAgent.destroy();
  });
  const caller = credentials instanceof ToolkitError ? undefined : await askForCaller(options);
  return { urls: endpoints.map(({ url }) => url), asked, service, credentials, host, caller };
}

/** In the order of the report. */
function findingsOf(
  { urls, asked, service, credentials, host, caller }: Answers,
  { region, config, env, nodeVersion, now }: ExamineOptions,
): readonly Finding[] {
  const facts = config && environmentFacts(config);
  return [
    examineNode(nodeVersion),
    ...(host?.settings ?? []),
    examineCredentials(credentials, { host: (facts ?? UNKNOWN).host, kind: config?.host.kind, now: now() }),
    ...(config === undefined || credentials instanceof ToolkitError ? [] : [examineSource(credentials, config)]),
    ...(host?.keys ?? []),
    ...(caller === undefined ? [] : [examineIdentity(caller, facts)]),
    service,
    examineClock(asked),
    examineProxy(urls, env),
    ...asked.map((one) => examineEndpoint(one, env, facts ?? { ...UNKNOWN, region })),
    ...(host?.way ?? []),
  ];
}

async function examineHost(
  config: BackupEnvironment,
  options: ExamineOptions,
): Promise<HostFindings & { readonly keys: readonly Finding[] }> {
  const { env, caCertificatesPem, serveUnit, now } = options;
  const { host } = config;
  const profile = await readSharedProfile();
  const region = examineRegion(config, env, profile);
  const keys = [examineKeys(env, profile)];
  const toExamine = { config, host, profile, env, caCertificatesPem, serveUnit, now };
  const { settings, way = [] } = await examinationOf(host.kind).examine(toExamine);
  return { settings: [region, ...settings], keys, way };
}

/** A host that nobody describes is taken for an EC2 instance. */
function examineService({ config, ...service }: ExamineOptions): Promise<Finding> {
  if (config === undefined) return examineInstanceMetadata(service);
  return examinationOf(config.host.kind).examineService(service, config.host);
}

async function askForCaller({ aws, signal }: ExamineOptions) {
  const answer = await aws.sts.getCallerIdentity({}, signal);
  signal?.throwIfAborted();
  return answer;
}

async function findCredentials(
  { resolveCredentials }: Pick<Aws, 'resolveCredentials'>,
  signal: AbortSignal | undefined,
): Promise<CredentialFacts | ToolkitError> {
  try {
    return await resolveCredentials(signal);
  } catch (error) {
    if (error instanceof ToolkitError) return error;
    throw error;
  }
}
