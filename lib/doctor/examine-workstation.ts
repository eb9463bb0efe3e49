import { access, constants, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createAgents } from '../aws/agents';
import type { Environment } from '../config/environment';
import { stateOf } from '../config/state';
import { ToolkitError } from '../errors';
import type { ProcessEnvironment } from '../process-environment';
import { systemReason } from '../system-reason';
import { findProviderAtHand, findTerraform, type TerraformBinary } from '../terraform';
import { askEndpoint, type EndpointAnswer } from './ask-endpoint';
import { EXAMINATION_VERSION, type Examination, type Finding } from './examination';
import { examineNode } from './examine-node';

export interface WorkstationOptions {
  readonly env: ProcessEnvironment;
  /** Where the person stands. */
  readonly folder: string;
  /** As in `20.19.0`. */
  readonly nodeVersion: string;
  /** Where a rehearsal keeps what it makes. */
  readonly temporaryFolder: string;
  readonly caCertificatesPem?: string | undefined;
  /** Reads the environment files, for where their states are. */
  readonly loadEnvironments: () => readonly Environment[];
  readonly now: () => Date;
}

/** Looks at what this machine has for a first rehearsal, and for a deployment after it. It changes nothing. */
export async function examineWorkstation(options: WorkstationOptions): Promise<Examination> {
  const startedAt = options.now();
  const terraform = await findTerraform(options.env).catch(asKnown);
  const findings = [
    examineNode(options.nodeVersion),
    examineTerraform(terraform),
    ...(terraform instanceof ToolkitError ? [] : [await examineProvider(terraform, options)]),
    await examineLoopback(),
    await examineSpace(options.temporaryFolder),
    examineStates(options.loadEnvironments),
  ];
  const verdict = findings.some(({ result }) => result === 'fail') ? 'fail' : 'pass';
  return { version: EXAMINATION_VERSION, verdict, startedAt: startedAt.toISOString(), findings };
}

function asKnown(error: unknown): ToolkitError {
  if (error instanceof ToolkitError) return error;
  throw error;
}

function failed(about: Pick<Finding, 'id' | 'title'>, { code, message }: ToolkitError): Finding {
  const [found = '', ...fix] = message.split('\n');
  return {
    ...about,
    result: 'fail',
    found: [`${code}: ${found}`],
    ...(fix.length > 0 && { fix: fix.join(' ').trim() }),
  };
}

function examineTerraform(terraform: TerraformBinary | ToolkitError): Finding {
  const about = { id: 'terraform', title: 'Terraform or OpenTofu is there, and new enough' };
  if (terraform instanceof ToolkitError) return failed(about, terraform);
  return { ...about, result: 'pass', found: [`${terraform.product} ${terraform.version} at ${terraform.path}.`] };
}

async function examineProvider({ product }: TerraformBinary, options: WorkstationOptions): Promise<Finding> {
  const about = { id: 'provider', title: 'The AWS provider can be had' };
  const { folder, registry } = await findProviderAtHand(options.env, product, options.folder);
  if (folder !== undefined) return { ...about, result: 'pass', found: [`It is in the mirror ${folder}.`] };
  const agents = createAgents(options);
  const answer = await askEndpoint(new URL(`https://${registry}/.well-known/terraform.json`), agents, options.now);
  agents.httpsAgent.destroy();
  const found = ['No folder of this machine holds it.', describeRegistry(registry, answer)];
  if (answer.isEndpoint && answer.status === 200) return { ...about, result: 'pass', found };
  const fix = `Give this machine a way to ${registry} (HTTPS_PROXY), or copy a mirror here: terraform providers mirror writes one, and VAULT_ENV_PROVIDER_MIRROR names it.`;
  return { ...about, result: 'fail', found, fix };
}

function describeRegistry(registry: string, { failure, status, isEndpoint }: EndpointAnswer): string {
  if (failure !== undefined) return `${registry} does not answer: ${failure.code}: ${failure.message}.`;
  if (!isEndpoint) return `A proxy answered HTTP ${status} in the place of ${registry}.`;
  return `${registry} answers HTTP ${status}: a first run loads some hundred megabytes from there.`;
}

/** A rehearsal's simulated account listens there. */
async function examineLoopback(): Promise<Finding> {
  const about = { id: 'loopback', title: 'A server can listen on 127.0.0.1' };
  const failure = await new Promise<Error | undefined>((resolve) => {
    const server = createServer();
    server.on('error', resolve);
    server.listen(0, '127.0.0.1', () => server.close(() => resolve(undefined)));
  });
  if (failure === undefined) return { ...about, result: 'pass', found: ['A free port was found.'] };
  return {
    ...about,
    result: 'fail',
    found: [failure.message],
    fix: 'Allow this user to listen on the loopback address.',
  };
}

const BYTES_PER_MB = 1_000_000;
/** The provider unpacked, and its cache. */
const ENOUGH_MB = 1_500;

async function examineSpace(folder: string): Promise<Finding> {
  const about = { id: 'space', title: 'There is room for a rehearsal' };
  const refusal = await access(folder, constants.W_OK | constants.X_OK).catch(systemReason);
  if (refusal !== undefined)
    return {
      ...about,
      result: 'fail',
      found: [`${folder} must be a folder for temporary files that can be written to, got: ${refusal}`],
      fix: 'Set TMPDIR (on Windows, TEMP) to another one.',
    };
  const { bavail, bsize } = await statfs(folder);
  const freeMb = Math.floor((bavail * bsize) / BYTES_PER_MB);
  const found = [`${folder} has ${freeMb} MB left.`];
  if (freeMb >= ENOUGH_MB) return { ...about, result: 'pass', found };
  return {
    ...about,
    result: 'note',
    found,
    fix: `Make room, or set TMPDIR to a folder with ${ENOUGH_MB} MB: the AWS provider is large.`,
  };
}

/** Where Terraform keeps what it knows of each environment. */
function examineStates(load: WorkstationOptions['loadEnvironments']): Finding {
  const about = { id: 'state', title: 'The states of the environments are where others find them' };
  let environments: readonly Environment[];
  try {
    environments = load();
  } catch (error) {
    const known = asKnown(error);
    const isEmpty = known.code === 'NoEnvironmentsFolder' || known.code === 'NoEnvironments';
    return { ...failed(about, known), ...(isEmpty && { result: 'note' }) };
  }
  const local = environments.filter((one) => stateOf(one).kind === 'local').map(({ name }) => name);
  const found = [`${environments.length} environments; kept on this machine alone: ${local.join(', ') || 'none'}.`];
  if (local.length === 0) return { ...about, result: 'pass', found };
  const fix =
    "Before a real deployment, set 'state' in their files, so that a lost disk does not lose it; a rehearsal needs none.";
  return { ...about, result: 'note', found, fix };
}
