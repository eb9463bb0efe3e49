import { type ProxyTarget, proxySettings } from '../../lib/aws/proxy-settings';

const S3: ProxyTarget = { protocol: 'https:', host: 'acme.s3.us-east-2.amazonaws.com', port: 443 };
const PROXY = 'http://proxy.example:3128';

describe('the proxy for a request', () => {
  test.each<{ name: string; env: Record<string, string>; target?: Partial<ProxyTarget>; proxy: string | undefined }>([
    { name: 'none is named', env: {}, proxy: undefined },
    { name: 'HTTPS_PROXY is for HTTPS', env: { HTTPS_PROXY: PROXY }, proxy: 'http://proxy.example:3128/' },
    {
      name: 'HTTPS_PROXY is not for HTTP',
      env: { HTTPS_PROXY: PROXY },
      target: { protocol: 'http:' },
      proxy: undefined,
    },
    {
      name: 'HTTP_PROXY is for HTTP',
      env: { HTTP_PROXY: PROXY },
      target: { protocol: 'http:' },
      proxy: 'http://proxy.example:3128/',
    },
    {
      name: 'lower case wins',
      env: { HTTPS_PROXY: 'http://other:1', https_proxy: PROXY },
      proxy: 'http://proxy.example:3128/',
    },
    { name: 'an empty variable counts as none', env: { HTTPS_PROXY: '' }, proxy: undefined },
    {
      name: 'a host and a port will do',
      env: { HTTPS_PROXY: 'proxy.example:3128' },
      proxy: 'http://proxy.example:3128/',
    },
    { name: 'NO_PROXY names the host', env: { HTTPS_PROXY: PROXY, NO_PROXY: S3.host }, proxy: undefined },
    {
      name: 'NO_PROXY names its parent domain',
      env: { HTTPS_PROXY: PROXY, NO_PROXY: 'x, amazonaws.com' },
      proxy: undefined,
    },
    { name: 'NO_PROXY begins with a dot', env: { HTTPS_PROXY: PROXY, no_proxy: '.amazonaws.com' }, proxy: undefined },
    { name: 'NO_PROXY begins with a star', env: { HTTPS_PROXY: PROXY, NO_PROXY: '*.amazonaws.com' }, proxy: undefined },
    { name: 'NO_PROXY is for everything', env: { HTTPS_PROXY: PROXY, NO_PROXY: '*' }, proxy: undefined },
    { name: 'NO_PROXY names its port', env: { HTTPS_PROXY: PROXY, NO_PROXY: 'amazonaws.com:443' }, proxy: undefined },
    {
      name: 'NO_PROXY names another port',
      env: { HTTPS_PROXY: PROXY, NO_PROXY: 'amazonaws.com:8443' },
      proxy: 'http://proxy.example:3128/',
    },
    {
      name: 'NO_PROXY names the end of a word',
      env: { HTTPS_PROXY: PROXY, NO_PROXY: 'naws.com' },
      proxy: 'http://proxy.example:3128/',
    },
    {
      name: 'NO_PROXY names an IPv6 address',
      env: { HTTPS_PROXY: PROXY, NO_PROXY: '[::1]:443' },
      target: { host: '::1' },
      proxy: undefined,
    },
  ])('$name', ({ env, target, proxy }) => {
    expect(proxySettings(env)({ ...S3, ...target })?.href).toBe(proxy);
  });

  test.each(['socks5://proxy:1080', 'http://'])('cannot be %s', (value) => {
    expect(() => proxySettings({ HTTPS_PROXY: value })).toThrow(
      expect.objectContaining({ code: 'BadProxy', message: expect.stringContaining(`got: ${value}`) }),
    );
  });

  test.each([
    ['ftp://vault:secret@proxy', 'ftp://…@proxy'],
    ['http://vault:se/cret@proxy:3128', 'http://…@proxy:3128'],
    ['vault:se#cret@proxy:3128', '…@proxy:3128'],
    ['http://vault:1/cret@proxy:3128', 'http://…@proxy:3128'],
    ['http://vault:1?cret@proxy:3128', 'http://…@proxy:3128'],
    ['http://vault:100%@proxy:3128', 'http://…@proxy:3128'],
  ])('is not repeated with its password when it is wrong: %s', (value, got) => {
    expect(() => proxySettings({ HTTPS_PROXY: value })).toThrow(
      expect.objectContaining({
        code: 'BadProxy',
        message: `'HTTPS_PROXY' must be the URL of an HTTP proxy, as in http://proxy.example:3128, user and password percent-encoded (%40 for @, %2F for /), got: ${got}`,
      }),
    );
  });

  test('keeps a password that is percent-encoded', () => {
    const { password } = proxySettings({ HTTPS_PROXY: 'http://vault:p%40s%2Fs@proxy:3128' })(S3) ?? {};
    expect(password).toBe('p%40s%2Fs');
  });
});
