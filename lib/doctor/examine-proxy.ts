import { proxySettings } from '../aws/proxy-settings';
import type { ProcessEnvironment } from '../process-environment';
import type { Finding } from './examination';
import { proxyFor } from './examine-endpoints';

/** The requests that go through a proxy; whether the proxy lets an endpoint through is that endpoint's finding. */
export function examineProxy(urls: readonly URL[], env: ProcessEnvironment): Finding {
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
