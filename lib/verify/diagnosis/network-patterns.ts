import { NO_REQUEST_ID } from '../../aws/answer';
import { type HostWords, tellFrom } from '../../aws/credentials/no-credentials';
import type { Evidence, Pattern } from '../result/diagnosis';
import { oneOf } from './fits';
import { serviceOf } from './service-of-call';

/** Error codes of OpenSSL for chains that end in an authority that this host does not trust. */
const UNTRUSTED = oneOf(
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
);
const TIMEOUT = oneOf('TimeoutError', 'ETIMEDOUT', 'ERR_SOCKET_CONNECTION_TIMEOUT');
/** The words of the agent for a proxy whose answer to CONNECT cannot be read. */
const NO_TUNNEL = /^Proxy connection ended|from proxy CONNECT response/;
/** The words of OpenSSL where the first bytes that come are those of another protocol. */
const NOT_TLS = /SSL routines:\S*:(wrong version number|packet length too long|http request)/;
const BROKEN = oneOf(
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_SSL_UNEXPECTED_EOF_WHILE_READING',
);

const endpointOf = (evidence: Evidence, region: string) => {
  const service = serviceOf(evidence);
  return service === 'IAM' ? 'the endpoint of IAM' : `the endpoint of ${service} in ${region}`;
};
/** The name that was looked up, where it is none of AWS's. */
function foreignName({ message }: Evidence): string | undefined {
  const name = /getaddrinfo \w+ (\S+)/.exec(message)?.[1];
  return name === undefined || /\.(amazonaws\.com(\.cn)?|api\.aws)$/.test(name) ? undefined : name;
}

const whyNone = (reason: string, host: HostWords) => tellFrom({ reason, env: {} }, host);

/** Whoever asks for IAM Roles Anywhere asks for no other. */
const all = (evidence: Evidence) =>
  serviceOf(evidence) === 'IAM Roles Anywhere'
    ? 'the endpoint of IAM Roles Anywhere in the region'
    : 'the endpoints of S3, KMS and STS in the region';

/** Failures between this host and AWS. No request id comes back. */
export const NETWORK_PATTERNS: readonly Pattern[] = [
  {
    id: 'proxy-credentials',
    fits: ({ status, requestId }) => requestId === undefined && status === 407,
    cause: () => 'The proxy asks for credentials (HTTP 407): no request reached AWS.',
    fix: () =>
      'Put user and password into HTTPS_PROXY, as in http://user:password@proxy.example:3128 (Basic; NTLM and Kerberos are not spoken), or let the proxy pass this host without. Vault has proxy settings of its own.',
  },
  {
    id: 'proxy-refuses',
    fits: ({ status, requestId, code, message }) =>
      code === 'PROXY_REFUSED' || (requestId === undefined && (status === 403 || NO_TUNNEL.test(message))),
    cause: (evidence, { region }) => {
      const status = evidence.status === undefined ? '' : ` (HTTP ${evidence.status})`;
      return `A proxy answered in the place of AWS${status}: no request id came back. It does not let ${endpointOf(evidence, region)} through.`;
    },
    fix: (evidence) =>
      `Let the proxy of HTTPS_PROXY pass ${all(evidence)}, or name them in NO_PROXY where this host reaches them directly. Vault must reach them the same way.`,
  },
  {
    id: 'middlebox',
    fits: oneOf(NO_REQUEST_ID),
    cause: (evidence, { region }) =>
      `Something between this host and ${endpointOf(evidence, region)} answered in its place (HTTP ${evidence.status}): no request id came back. Sign-in pages of a network, firewalls, caches and servers that imitate S3 do so.`,
    fix: (evidence) =>
      `Sign this host in to its network, or let it pass ${all(evidence)} unopened; look at AWS_ENDPOINT_URL and its like, and at endpoint_url in ~/.aws/config.`,
  },
  {
    id: 'name-not-found',
    fits: oneOf('ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL'),
    cause: (evidence, { region }) => {
      const name = foreignName(evidence);
      return name === undefined
        ? `The name of ${endpointOf(evidence, region)} could not be resolved.`
        : `The name ${name} could not be resolved, which is not one of AWS: that of a proxy, or of an endpoint of your own.`;
    },
    fix: (evidence) =>
      foreignName(evidence) === undefined
        ? 'Look at the DNS of this host; with VPC endpoints, private DNS must be on. vault-env doctor tries each endpoint.'
        : 'Correct HTTPS_PROXY, AWS_ENDPOINT_URL and its like, and endpoint_url in ~/.aws/config, or the DNS of this host.',
  },
  {
    id: 'not-listening',
    fits: oneOf('ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'),
    cause: (evidence, { region }) =>
      `Nothing takes connections to ${endpointOf(evidence, region)}, or to the proxy before it.`,
    fix: (evidence) =>
      `Open port 443 to ${all(evidence)}, or correct HTTPS_PROXY and NO_PROXY. vault-env doctor tries each endpoint.`,
  },
  {
    id: 'not-tls',
    fits: ({ message }) => NOT_TLS.test(message),
    cause: (evidence, { region }) =>
      `What answers for ${endpointOf(evidence, region)} speaks no TLS: a proxy that HTTPS_PROXY names with https:// and that takes http:// alone, or a port of plain HTTP.`,
    fix: () =>
      'Write HTTPS_PROXY with http://, which is about the way to the proxy: requests to AWS stay under TLS. Otherwise correct AWS_ENDPOINT_URL and its like, and endpoint_url in ~/.aws/config.',
  },
  {
    id: 'certificate-untrusted',
    fits: UNTRUSTED,
    cause: () =>
      'The certificate chain ends in an authority that this host does not trust: most often a proxy that opens TLS.',
    fix: () =>
      "Name the authority's certificate with NODE_EXTRA_CA_CERTS or AWS_CA_BUNDLE here and put it into Vault's Java trust store, or let the proxy pass the traffic unopened.",
  },
  {
    id: 'certificate-wrong',
    fits: oneOf('CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_TLS_CERT_ALTNAME_INVALID'),
    cause: ({ message }) => `The certificate that was shown is not good for the endpoint: ${message}`,
    fix: () =>
      'Look at the clock of this host first, then at what stands between it and AWS. vault-env doctor shows the chain.',
  },
  {
    id: 'no-answer',
    fits: TIMEOUT,
    cause: (evidence, { region }) =>
      `No answer came from ${endpointOf(evidence, region)}: a firewall, a security group, or a route without a VPC endpoint swallows the packets.`,
    fix: (evidence) => `Open port 443 to ${all(evidence)}. vault-env doctor tries each endpoint.`,
  },
  {
    id: 'connection-broken',
    fits: BROKEN,
    cause: (evidence, { region }) => `The connection to ${endpointOf(evidence, region)} was cut while it was in use.`,
    fix: () => 'A proxy or firewall that inspects traffic does this to uploads; run it again, then look there.',
  },
  {
    id: 'no-credentials',
    fits: oneOf('CredentialsProviderError'),
    cause: ({ message }, { host }) =>
      `This host gives no credentials any more: ${whyNone(message, host)?.found ?? message}.`,
    fix: ({ message }, { host }) => {
      const why = whyNone(message, host);
      return `${why === undefined ? host.giveAgain : `${why.fix}.`} vault-env doctor looks at the host.`;
    },
  },
  {
    id: 'stopped',
    fits: oneOf('AbortError'),
    cause: () => 'The run was stopped before the answer came.',
    fix: () => 'Run it again and let it finish.',
  },
];
