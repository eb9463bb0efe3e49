import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findTerraform } from '../../lib/terraform';
import { removeFolders, temporaryFolder, writeProgram } from './fake-terraform';

afterAll(removeFolders);

/** A folder with programs that answer `version` with these texts. */
function programs(versions: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, version] of Object.entries(versions)) {
    writeProgram(join(folder, name), `[ "$1" = version ] && echo "${version}"`);
  }
  return folder;
}

const terraform = 'Terraform v1.11.4';
const tofu = 'OpenTofu v1.10.2';

test.each([
  ['terraform before tofu', { terraform, tofu }, {}, { name: 'terraform', product: 'Terraform', version: '1.11.4' }],
  ['tofu alone', { tofu }, {}, { name: 'tofu', product: 'OpenTofu', version: '1.10.2' }],
  [
    'the binary that TERRAFORM_BINARY_NAME names',
    { terraform, tofu },
    { TERRAFORM_BINARY_NAME: 'tofu' },
    { name: 'tofu', product: 'OpenTofu', version: '1.10.2' },
  ],
  [
    'the oldest Terraform',
    { terraform: 'Terraform v1.7.0' },
    {},
    { name: 'terraform', product: 'Terraform', version: '1.7.0' },
  ],
  ['the oldest OpenTofu', { tofu: 'OpenTofu v1.10.0' }, {}, { name: 'tofu', product: 'OpenTofu', version: '1.10.0' }],
  [
    'a later major',
    { terraform: 'Terraform v2.0.1' },
    {},
    { name: 'terraform', product: 'Terraform', version: '2.0.1' },
  ],
  [
    'a pre-release',
    { terraform: 'Terraform v1.15.0-beta1' },
    {},
    { name: 'terraform', product: 'Terraform', version: '1.15.0' },
  ],
])('finds %s', async (_what, versions, env, { name, ...expected }) => {
  const folder = programs(versions);
  const found = await findTerraform({ PATH: `/nowhere:${folder}`, ...env });
  expect(found).toEqual({ path: join(folder, name), ...expected });
});

test('takes a path from TERRAFORM_BINARY_NAME, without PATH', async () => {
  const path = join(programs({ mine: terraform }), 'mine');
  expect((await findTerraform({ TERRAFORM_BINARY_NAME: path })).path).toBe(path);
});

test.each([
  [
    'nothing on PATH',
    {},
    {},
    'TerraformNotFound',
    "'terraform' or 'tofu' must be a program on PATH, got: none. Install",
  ],
  [
    'a name that is not there',
    { terraform },
    { TERRAFORM_BINARY_NAME: 'terraform-1.9' },
    'TerraformNotFound',
    'Correct TERRAFORM_BINARY_NAME',
  ],
  ['Terraform 1.6', { terraform: 'Terraform v1.6.6' }, {}, 'TerraformTooOld', 'Terraform 1.7 or newer, got: 1.6.6'],
  ['OpenTofu 1.9', { tofu: 'OpenTofu v1.9.4' }, {}, 'TerraformTooOld', 'OpenTofu 1.10 or newer, got: 1.9.4'],
  ['another program', { terraform: 'hello' }, {}, 'TerraformNotUsable', 'got: "hello"'],
])('refuses %s', async (_what, versions, env, code, message) => {
  const found = findTerraform({ PATH: programs(versions), ...env });
  await expect(found).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
});

test('passes over a folder and a file that cannot be executed', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'terraform'));
  writeFileSync(join(folder, 'tofu'), '');
  await expect(findTerraform({ PATH: folder })).rejects.toMatchObject({ code: 'TerraformNotFound' });
});

describe('a program that does not answer', () => {
  const hanging = () => {
    const folder = temporaryFolder();
    writeProgram(join(folder, 'terraform'), 'exec sleep 600');
    return folder;
  };

  test('is refused, and ended', async () => {
    const folder = hanging();
    await expect(findTerraform({ PATH: `${folder}:/bin:/usr/bin` }, { limitMs: 100 })).rejects.toMatchObject({
      code: 'TerraformNotUsable',
      message: `'${join(folder, 'terraform')}' must answer 'version' as Terraform or OpenTofu does, got: no answer within 0.1 seconds. Name another program with TERRAFORM_BINARY_NAME.`,
    });
  });

  test('keeps nobody from stopping', async () => {
    const stop = new AbortController();
    const found = findTerraform({ PATH: `${hanging()}:/bin:/usr/bin` }, { signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(found).rejects.toThrow('stopped');
  });
});
