import { createAgents } from '../aws/agents';
import type { Aws } from '../aws/connect';
import { askMetadata } from '../aws/credentials/ask-metadata';
import { metadataEndpoint } from '../aws/credentials/metadata-endpoint';
import type { CredentialFacts } from '../aws/credentials/resolve-credentials';
import { resolveEndpoints } from '../aws/endpoints';
import { proxySettings } from '../aws/proxy-settings';
import { readSharedProfile } from '../aws/shared-profile';
import type { BackupEnvironment } from '../backup-environment/schema';
import { ToolkitError } from '../errors';
import type { ProcessEnvironment } from '../process-environment';
import { environmentFacts } from '../verify/diagnosis/diagnose';
import { filesOfCommand, USUAL_FILES, wordsOf } from './certificate/certificate-files';
import { examineCertificate } from './certificate/examine-certificate';
import { EXAMINATION_VERSION, type Examination, type Finding } from './examination';
import { examineClock } from './examine-clock';
import { examineCredentialProcess } from './examine-credential-process';
import { examineCredentials, examineIdentity, UNKNOWN } from './examine-credentials';
import { askAll, examineEndpoint, proxyFor } from './examine-endpoints';
import { examineLocalService, NO_METADATA_SERVICE } from './examine-local-service';
import { examineMetadata } from './examine-metadata';
import { examineNode } from './examine-node';
import { examineRegion } from './examine-region';

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
  /** Stops the examination, which then throws the reason. */
  readonly signal?: AbortSignal;
  readonly now: () => Date;
}

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
  const [asked, metadata, credentials] = await Promise.all([
    askAll(endpoints, agents, now),
    examineMetadataOf(options),
    findCredentials(options.aws, options.signal),
  ]).finally(() => {
    agents.httpAgent.destroy();
    agents.httpsAgent.destroy();
  });
  const caller = credentials instanceof ToolkitError ? undefined : await askForCaller(options);
  const findings: readonly Finding[] = [
    examineNode(options.nodeVersion),
    ...(config === undefined ? [] : await examineSettings(config, options)),
    examineCredentials(credentials, (facts ?? UNKNOWN).host),
    ...(caller === undefined ? [] : [examineIdentity(caller, facts)]),
    metadata,
    examineClock(asked),
    examineProxy(
      endpoints.map(({ url }) => url),
      env,
    ),
    ...asked.map((one) => examineEndpoint(one, env, facts ?? { ...UNKNOWN, region })),
  ];
  return {
    version: EXAMINATION_VERSION,
    verdict: findings.some(({ result }) => result === 'fail') ? 'fail' : 'pass',
    startedAt: startedAt.toISOString(),
    ...(asked.some(({ answer }) => /simulated/i.test(answer.server ?? '')) && { simulated: true }),
    findings,
  };
}

/** The host's settings, as far as this process sees them. */
async function examineSettings(config: BackupEnvironment, { env, now }: ExamineOptions): Promise<readonly Finding[]> {
  const profile = await readSharedProfile();
  const region = examineRegion(config, env, profile);
  const { host } = config;
  if (host.kind !== 'on-premises') return [region];
  const { credentialProcess = '' } = profile;
  const isProcess = host.helper === 'process';
  const files = isProcess ? filesOfCommand(wordsOf(credentialProcess)) : USUAL_FILES;
  return [
    region,
    ...(isProcess ? [examineCredentialProcess(host, config, profile)] : []),
    examineCertificate({ files, host, now: now() }),
  ];
}

/** Its stand-in depends on how the host gets its credentials; where nobody says, the host counts as an EC2 instance. */
async function examineMetadataOf({ config, env, isInContainer }: ExamineOptions): Promise<Finding> {
  const host = config?.host;
  if (host?.kind === 'on-premises' && host.helper === 'process') return NO_METADATA_SERVICE;
  const endpoint = await metadataEndpoint(env);
  const answer = await askMetadata(endpoint);
  return host?.kind === 'on-premises'
    ? examineLocalService({ endpoint, answer })
    : examineMetadata({ endpoint, answer, isInContainer });
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

/** The requests that go through a proxy; whether the proxy lets an endpoint through is that endpoint's finding. */
function examineProxy(urls: readonly URL[], env: ProcessEnvironment): Finding {
  const about = { id: 'proxy', title: 'Requests to AWS take the way that the environment names' };
  const proxyOf = proxySettings(env);
  const routes = urls.map((url) => ({ host: url.host, proxy: proxyFor(proxyOf, url)?.host }));
  const proxies = [...new Set(routes.flatMap(({ proxy }) => proxy ?? []))];
  if (proxies.length === 0) return { ...about, result: 'pass', found: ['No proxy is in the way.'] };
  const direct = routes.filter(({ proxy }) => proxy === undefined).map(({ host }) => host);
  return {
    ...about,
    result: 'note',
    found: [
      `Requests go through ${proxies.join(', ')}${direct.length === 0 ? '' : `, but directly to ${direct.join(', ')}`}.`,
      'The instance metadata service is asked directly. Vault has proxy settings of its own, for S3 and KMS.',
    ],
  };
}
