import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { locateProvider } from '../../lib/terraform';
import { bareEnvironment, fakeTerraform, removeFolders, temporaryFolder } from './fake-terraform';

afterAll(removeFolders);

const located = (init: string, env: object, options: { readonly cacheFolder?: string } = {}) =>
  locateProvider({
    binary: fakeTerraform({ init }),
    env: { ...bareEnvironment(), ...env },
    folder: join(temporaryFolder(), 'provider'),
    ...options,
  });

test('makes the folder that keeps providers, and names it to later runs', async () => {
  const cache = join(temporaryFolder(), 'deep/cache');
  expect(await located('true', { TF_PLUGIN_CACHE_DIR: cache })).toEqual({
    source: { kind: 'terraform' },
    env: { TF_PLUGIN_CACHE_DIR: cache, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: 'true' },
  });
  expect(existsSync(cache)).toBe(true);
});

// Node's own way to make a folder and those above it never ends there.
const below = existsSync('/proc') ? '/proc/1/nowhere' : join(__filename, 'nowhere');
test.each([
  { named: 'TF_PLUGIN_CACHE_DIR', env: { TF_PLUGIN_CACHE_DIR: join(below, 'cache') }, options: {} },
  { named: 'nobody', env: {}, options: { cacheFolder: join(below, 'cache') } },
])('looks for no provider where the cache that $named names cannot be made', async ({ env, options }) => {
  await expect(located('exit 98', env, options)).rejects.toMatchObject({
    code: 'CannotWrite',
    message: expect.stringMatching(
      /^'.*cache' must be a folder that can be made for the providers, got: .+\nName another one with TF_PLUGIN_CACHE_DIR$/,
    ),
  });
});
