import { ToolkitError } from '../errors';
import type { ProcessEnvironment } from '../process-environment';

/** Finds the proxy for requests to a host; `undefined` where it is reached directly. */
export type ProxyOf = (target: ProxyTarget) => URL | undefined;

export interface ProxyTarget {
  readonly protocol: 'http:' | 'https:';
  /** Name or address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/**
 * The proxies that the environment variables name: `HTTPS_PROXY` and `HTTP_PROXY`, but for the hosts of `NO_PROXY`. The
 * names may be in lower case, which then win.
 *
 * @throws {ToolkitError} `BadProxy`
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html
 */
export function proxySettings(env: ProcessEnvironment): ProxyOf {
  const proxies = { 'http:': readProxy('HTTP_PROXY', env), 'https:': readProxy('HTTPS_PROXY', env) };
  const isDirect = directHosts(readVariable('NO_PROXY', env) ?? '');
  return (target) => (isDirect(target) ? undefined : proxies[target.protocol]);
}

function readVariable(name: string, env: ProcessEnvironment): string | undefined {
  return [env[name.toLowerCase()], env[name]].find((value) => value !== undefined && value.trim() !== '')?.trim();
}

function readProxy(name: string, env: ProcessEnvironment): URL | undefined {
  const value = readVariable(name, env);
  if (value === undefined) return undefined;
  const text = value.includes('://') ? value : `http://${value}`;
  if (/^https?:/i.test(text) && URL.canParse(text) && isEncoded(new URL(text))) return new URL(text);
  throw new ToolkitError(
    'BadProxy',
    `'${name}' must be the URL of an HTTP proxy, as in http://proxy.example:3128, user and password percent-encoded (%40 for @, %2F for /), got: ${withoutPassword(value)}`,
  );
}

/** A password with a slash ends the host before it, so that a part of it would be taken for the host. */
function isEncoded({ username, password, pathname, search, hash }: URL): boolean {
  try {
    decodeURIComponent(`${username}:${password}`);
    return !`${pathname}${search}${hash}`.includes('@');
  } catch {
    return false;
  }
}

function withoutPassword(value: string): string {
  return value.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, '$1…@');
}

/** A name stands for itself and for what is below it; `*` for everything. A port limits an entry to it. */
function directHosts(list: string): (target: ProxyTarget) => boolean {
  const entries = list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '');
  if (entries.includes('*')) return () => true;
  const rules = entries.map((entry) => {
    const [, name = '', port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(entry) ?? [];
    return { name: name.replace(/^\*?\./, ''), port: port === undefined ? undefined : Number(port) };
  });
  return ({ host, port }) =>
    rules.some((rule) => {
      const isNamed = host.toLowerCase() === rule.name || host.toLowerCase().endsWith(`.${rule.name}`);
      return isNamed && (rule.port === undefined || rule.port === port);
    });
}
