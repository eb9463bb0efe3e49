import type { EndpointAnswer } from '../../lib/doctor/ask-endpoint';
import { examineClock } from '../../lib/doctor/examine-clock';
import { type Asked, proxyFor } from '../../lib/doctor/examine-endpoints';

const asked = (service: 'S3' | 'STS', answer: Partial<EndpointAnswer>): Asked => ({
  endpoint: { service, url: new URL(`https://${service.toLowerCase()}.us-east-2.amazonaws.com`) },
  answer: { addresses: ['192.0.2.1'], isEndpoint: true, chain: [], ...answer },
});

test.each([
  { what: 'a proxy', first: { isEndpoint: false, skewMs: 400_000 } },
  { what: 'an endpoint that says no date', first: {} },
])('the clock is not compared with that of $what, but with the next that can tell', ({ first }) => {
  expect(examineClock([asked('S3', first), asked('STS', { skewMs: 1_000 })])).toMatchObject({
    result: 'pass',
    found: ['It is 1 s ahead of that of STS.'],
  });
});

test.each([
  {
    url: 'https://s3.us-east-2.amazonaws.com',
    target: { protocol: 'https:', host: 's3.us-east-2.amazonaws.com', port: 443 },
  },
  {
    url: 'http://s3.us-east-2.amazonaws.com',
    target: { protocol: 'http:', host: 's3.us-east-2.amazonaws.com', port: 80 },
  },
  { url: 'https://127.0.0.1:9000', target: { protocol: 'https:', host: '127.0.0.1', port: 9000 } },
  { url: 'http://[::1]:9000', target: { protocol: 'http:', host: '::1', port: 9000 } },
])('the proxy of $url is looked for by scheme, host and port', ({ url, target }) => {
  const proxy = new URL('http://proxy.acme.example:3128');
  const proxyOf = jest.fn(() => proxy);
  expect(proxyFor(proxyOf, new URL(url))).toBe(proxy);
  expect(proxyOf.mock.calls).toEqual([[target]]);
});
