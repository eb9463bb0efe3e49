import { askLocal } from '../../aws/credentials/ask-local';
import { askMetadata, type MetadataAnswer } from '../../aws/credentials/ask-metadata';
import { metadataEndpoint } from '../../aws/credentials/metadata-endpoint';
import { metadataTrouble } from '../../aws/credentials/metadata-troubles';
import type { Finding } from '../examination';
import { sentence } from '../examine-metadata';
import type { ServiceToExamine } from '../hosts/host-examination';

/** Questions to AWS's helper, which serves the credentials in place of the instance metadata service. */
export interface LocalServiceFacts {
  readonly endpoint: string;
  readonly answer: MetadataAnswer;
  /** Other addresses of this host at which it answers, too. @default none */
  readonly elsewhere?: readonly string[];
}

const ABOUT = { id: 'instance-metadata', title: 'The credential helper serves the role on this host alone' };
const LOOPBACK = /^(127(\.\d+){3}|localhost|\[::1\])$/;
const NAME_IT = 'Set AWS_EC2_METADATA_SERVICE_ENDPOINT to the address of the helper (http://127.0.0.1:9911)';
const START_IT = 'Start the unit of the helper, and look at its output (journalctl -u vault-roles-anywhere)';

const LOOPBACK_ONLY =
  'Let it listen on 127.0.0.1 alone, as aws_signing_helper serve does, and take away what forwards its port (a proxy, a container, a rule of the firewall)';

/** Asks the helper at the endpoint that the environment names, and at the other addresses of this host. */
export async function examineHelperService({ env, ownAddresses = [] }: ServiceToExamine): Promise<Finding> {
  const endpoint = await metadataEndpoint(env);
  const answer = await askMetadata(endpoint);
  return examineLocalService({ endpoint, answer, elsewhere: await askElsewhere(endpoint, ownAddresses) });
}

/**
 * The addresses at which something takes the requests of the endpoint's clients.
 *
 * @param addresses - those of this host that others reach
 */
export async function askElsewhere(endpoint: string, addresses: readonly string[]): Promise<readonly string[]> {
  if (!URL.canParse(endpoint)) return [];
  const { protocol, port } = new URL(endpoint);
  const urls = addresses.map((one) => new URL(`${protocol}//${one.includes(':') ? `[${one}]` : one}:${port || '80'}`));
  const answers = await Promise.all(urls.map((url) => askLocal(new URL('/latest/api/token', url), { method: 'PUT' })));
  return urls.flatMap(({ host }, index) => ('status' in (answers[index] ?? {}) ? [host] : []));
}

/** Whether the helper's `serve` answers, and to this host alone. */
export function examineLocalService({ endpoint, answer, elsewhere = [] }: LocalServiceFacts): Finding {
  const { tokenStatus, plainStatus, roleName } = answer;
  const fail = (found: string, fix: string): Finding => ({ ...ABOUT, result: 'fail', found: [found], fix: `${fix}.` });
  if (!URL.canParse(endpoint) || !LOOPBACK.test(new URL(endpoint).hostname))
    return fail(`It is looked for at ${endpoint}, off this host.`, NAME_IT);
  if (tokenStatus === undefined && plainStatus === undefined) return fail(`${endpoint} does not answer.`, START_IT);
  if (tokenStatus !== 200) return fail(`${endpoint} gives no token (HTTP ${tokenStatus ?? plainStatus}).`, NAME_IT);
  if (elsewhere.length > 0)
    return fail(`It answers at ${elsewhere.join(', ')}, too: others than this host can take the role.`, LOOPBACK_ONLY);
  const trouble = metadataTrouble(answer);
  if (trouble !== undefined) return fail(sentence(trouble.found), trouble.fix);
  if (roleName === undefined) return fail(`${endpoint} serves no role.`, START_IT);
  return { ...ABOUT, result: 'pass', found: [`${endpoint} serves the role ${roleName}.`] };
}

/** A host whose helper is run as a process has no such service, and whatever answers on its network is none of its own. */
export const NO_METADATA_SERVICE: Finding = {
  id: ABOUT.id,
  title: 'The instance metadata service is not asked',
  result: 'note',
  found: ['This host is on premises, and runs the credential helper as a process.'],
};
