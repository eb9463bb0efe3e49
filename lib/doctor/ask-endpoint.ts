import { lookup } from 'node:dns/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { type DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { Agents } from '../aws/agents';

/** A certificate of the chain that was shown. */
export interface ShownCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly validTo: string;
}

/** The result of asking an endpoint for nothing in particular, without credentials. */
export interface EndpointAnswer {
  /** Addresses that the name stands for here; empty when it could not be resolved. */
  readonly addresses: readonly string[];
  /** The reason why no answer came; missing when one came. */
  readonly failure?: { readonly code: string; readonly message: string };
  readonly status?: number;
  readonly requestId?: string;
  /** Whether it is a page for a person. */
  readonly isPage?: true;
  /** Whether the answer came over TLS: a proxy that refuses answers before. */
  readonly isEndpoint: boolean;
  readonly tlsVersion?: string;
  readonly chain: readonly ShownCertificate[];
  /** How much this host's clock was ahead of the other side's when the answer came, in milliseconds. */
  readonly skewMs?: number;
  readonly server?: string;
}

const TIMEOUT_MS = 5_000;
/** Without TLS only this status tells a proxy's answer from the endpoint's. */
const PROXY_REFUSES = 407;
/** Longer chains exist only in a circle. */
const LONGEST_CHAIN = 8;

/** Asks an endpoint the way that the SDK's requests go, proxy and authorities included. */
export async function askEndpoint(url: URL, agents: Agents, now: () => Date): Promise<EndpointAnswer> {
  const addresses = await lookup(url.hostname, { all: true }).then(
    (found) => found.map(({ address }) => address),
    () => [],
  );
  const answer = await head(url, { ...agents, now, rejectUnauthorized: true });
  if (!('failure' in answer)) return { addresses, ...answer };
  // A chain that is not trusted is looked at without trusting it; nothing but this request is sent.
  const shown = await head(url, { ...agents, now, rejectUnauthorized: false });
  return { addresses, ...answer, chain: shown.chain };
}

type Head = Omit<EndpointAnswer, 'addresses'>;

interface Asking extends Agents {
  readonly now: () => Date;
  readonly rejectUnauthorized: boolean;
}

function head(url: URL, { httpAgent, httpsAgent, now, rejectUnauthorized }: Asking): Promise<Head> {
  return new Promise((resolve) => {
    const isPlain = url.protocol === 'http:';
    const agent = isPlain ? httpAgent : httpsAgent;
    const options = { method: 'HEAD', agent, rejectUnauthorized, timeout: TIMEOUT_MS };
    const request = (isPlain ? http : https).request(url, options, (response) => {
      response.resume();
      resolve({ ...headOf(response, now()), ...(isPlain && { isEndpoint: response.statusCode !== PROXY_REFUSES }) });
    });
    const giveUp = setTimeout(() => request.destroy(timedOut()), TIMEOUT_MS);
    request.on('close', () => clearTimeout(giveUp));
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ failure: { code: error.code ?? error.name, message: error.message }, isEndpoint: false, chain: [] }),
    );
    request.end();
  });
}

function timedOut(): Error {
  return Object.assign(new Error(`no answer within ${TIMEOUT_MS / 1000} s`), { code: 'ETIMEDOUT' });
}

function headOf(response: IncomingMessage, now: Date): Head {
  const { statusCode, headers, socket } = response;
  const requestId = headers['x-amz-request-id'] ?? headers['x-amzn-requestid'];
  const skewMs = now.getTime() - Date.parse(headers.date ?? '');
  const isTls = socket instanceof TLSSocket;
  const tlsVersion = isTls ? socket.getProtocol() : null;
  return {
    isEndpoint: isTls,
    chain: isTls ? chainOf(socket.getPeerCertificate(true)) : [],
    ...(statusCode !== undefined && { status: statusCode }),
    ...(typeof requestId === 'string' && { requestId }),
    ...(/\bhtml\b/i.test(headers['content-type'] ?? '') && { isPage: true as const }),
    ...(tlsVersion !== null && { tlsVersion }),
    ...(!Number.isNaN(skewMs) && { skewMs }),
    ...(typeof headers.server === 'string' && { server: headers.server }),
  };
}

function chainOf(leaf: DetailedPeerCertificate): readonly ShownCertificate[] {
  const chain: ShownCertificate[] = [];
  for (let one = leaf; one?.subject !== undefined && chain.length < LONGEST_CHAIN; one = one.issuerCertificate) {
    chain.push({ subject: nameOf(one.subject), issuer: nameOf(one.issuer), validTo: one.valid_to });
    if (one.issuerCertificate === one || one.issuerCertificate?.fingerprint256 === one.fingerprint256) break;
  }
  return chain;
}

function nameOf(name: { readonly CN?: string | string[]; readonly O?: string | string[] } | undefined): string {
  return [name?.CN ?? name?.O ?? 'unnamed'].flat().join(', ');
}
