import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWaivers } from '../../lib/audit/waivers/parse-waivers';
import { packages } from '../../package-lock.json';

const ROOT = join(__dirname, '../..');

/** `name@version` of everything that is installed with the package, bundled or not. */
function installed(): ReadonlySet<string> {
  const entries = Object.entries<{ version?: string; dev?: boolean }>(packages).filter(([, { dev }]) => !dev);
  return new Set(entries.map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`));
}

test('SECURITY.md accepts only what is installed, each with a reason, an owner and an end', () => {
  const text = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');
  const [, block = ''] = /^```yaml\n(.*?)^```$/ms.exec(text) ?? [];
  const { waivers } = parseWaivers(block, 'SECURITY.md');
  expect(waivers.length).toBeGreaterThan(0);
  const found = installed();
  for (const { resource, reason, owner, expires } of waivers) {
    expect({ resource, isInstalled: found.has(resource), reason, owner, expires }).toEqual({
      resource,
      isInstalled: true,
      reason: expect.any(String),
      owner: expect.any(String),
      expires: expect.any(String),
    });
  }
});
