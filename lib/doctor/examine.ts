import { createAgents } from '../aws/agents';
import type { Aws } from '../aws/connect';
import { askMetadata } from '../aws/credentials/ask-metadata';
import { metadataEndpoint } from '../aws/credentials/metadata-endpoint';
import type { CredentialFacts } from '../aws/credentials/resolve-credentials';
import { resolveEndpoints } from '../aws/endpoints';
import { readSharedProfile } from '../aws/shared-profile';
import type { BackupEnvironment } from '../backup-environment/schema';
import { ToolkitError } from '../errors';
import type { ProcessEnvironment } from '../process-environment';
import { environmentFacts } from '../verify/diagnosis/diagnose';
import { EXAMINATION_VERSION, type Examination, type Finding } from './examination';
import { examineClock } from './examine-clock';
import { examineCredentials, examineIdentity, UNKNOWN } from './examine-credentials';
import { askAll, examineEndpoint } from './examine-endpoints';
import { examineMetadata } from './examine-metadata';
import { examineNode } from './examine-node';
import { examineOnPremises } from './examine-on-premises';
import { examineProxy } from './examine-proxy';
import { examineRegion } from './examine-region';
import { examineRoleChain } from './examine-role-chain';
import { examineKeys, examineSource } from './examine-sources';
import { askElsewhere, examineLocalService, NO_METADATA_SERVICE } from './helper/examine-local-service';

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
//   3. With a config, what the host was set up with: examine-region, examine-sources, and by the kind of host
//      examine-on-premises (helper/*, certificate/*) or examine-role-chain.
//   4. Each comes to a finding: pass, note or fail, with what to do; text-report prints them.

/**
 * Looks at what lies between this host and AWS: credentials, metadata service, clock, proxy, DNS, TLS. It changes nothing.
 *
 * @throws {ToolkitError} `BadProxy`, `BadEndpoint`
 */
export async function examine(options: ExamineOptions): Promise<Examination> {
  const { region, config, env, now } = options;
  const startedAt = now();
  const facts = config && environmentFacts(config);
  const endpoints = await resolveEndpoints(options, config?.form.bucketName);
  const agents = createAgents(options);
  const [asked, metadata, credentials, host] = await Promise.all([
    askAll(endpoints, agents, now),
    examineMetadataOf(options),
    findCredentials(options.aws, options.signal),
    config === undefined ? undefined : examineHost(config, options),
  ]).finally(() => {
    agents.httpAgent.destroy();
    agents.httpsAgent.destroy();
  });
  const caller = credentials instanceof ToolkitError ? undefined : await askForCaller(options);
  const urls = endpoints.map(({ url }) => url);
  const findings: readonly Finding[] = [
    examineNode(options.nodeVersion),
    ...(host?.settings ?? []),
    examineCredentials(credentials, { host: (facts ?? UNKNOWN).host, kind: config?.host.kind, now: now() }),
    ...(config === undefined || credentials instanceof ToolkitError ? [] : [examineSource(credentials, config)]),
    ...(host?.keys ?? []),
    ...(caller === undefined ? [] : [examineIdentity(caller, facts)]),
    metadata,
    examineClock(asked),
    examineProxy(urls, env),
    ...asked.map((one) => examineEndpoint(one, env, facts ?? { ...UNKNOWN, region })),
    ...(host?.way ?? []),
  ];
  return {
    version: EXAMINATION_VERSION,
    verdict: findings.some(({ result }) => result === 'fail') ? 'fail' : 'pass',
    startedAt: startedAt.toISOString(),
    ...(asked.some(({ answer }) => /simulated/i.test(answer.server ?? '')) && { simulated: true }),
    findings,
  };
}

interface HostFindings {
  /** What it was set up with, as far as this process sees it. */
  readonly settings: readonly Finding[];
  readonly keys: readonly Finding[];
  /** The way to what gives it its credentials. @default none */
  readonly way?: readonly Finding[];
}

async function examineHost(config: BackupEnvironment, options: ExamineOptions): Promise<HostFindings> {
  const { env, caCertificatesPem, serveUnit, now } = options;
  const profile = await readSharedProfile();
  const { host } = config;
  const region = examineRegion(config, env, profile);
  const keys = [examineKeys(env, profile)];
  if (host.kind === 'existing-role') return { settings: [region, examineRoleChain(config, profile)], keys };
  if (host.kind !== 'on-premises') return { settings: [region], keys };
  const { settings, way } = await examineOnPremises({ config, host, profile, env, caCertificatesPem, serveUnit, now });
  return { settings: [region, ...settings], keys, way };
}

/** What answers in its place depends on how the host gets its credentials; where nobody says, it is taken for an EC2 instance. */
async function examineMetadataOf({ config, env, isInContainer, ownAddresses = [] }: ExamineOptions): Promise<Finding> {
  const host = config?.host;
  if (host?.kind === 'on-premises' && host.helper === 'process') return NO_METADATA_SERVICE;
  const endpoint = await metadataEndpoint(env);
  const answer = await askMetadata(endpoint);
  if (host?.kind !== 'on-premises') return examineMetadata({ endpoint, answer, isInContainer });
  return examineLocalService({ endpoint, answer, elsewhere: await askElsewhere(endpoint, ownAddresses) });
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
