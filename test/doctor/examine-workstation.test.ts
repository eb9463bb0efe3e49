import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../../lib/config/environment';
import type { FindingResult } from '../../lib/doctor/examination';
import { examineWorkstation, type WorkstationOptions } from '../../lib/doctor/examine-workstation';
import { examinationSchema } from '../../lib/doctor/schema';
import { ToolkitError } from '../../lib/errors';
import { startForwardProxy } from '../support/forward-proxy';
import { EXAMPLES, loadExample } from '../support/synthesize';

let folder: string;
let kept: Environment;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'workstation-'));
  for (const [name, says] of [
    ['terraform', 'Terraform v1.11.4'],
    ['old', 'Terraform v1.5.7'],
  ] as const)
    writeFileSync(join(folder, name), `#!/bin/sh\necho ${says}\n`, { mode: 0o755 });
  kept = { ...loadExample(EXAMPLES, 'aes-256'), state: { s3: { bucket: 'acme-states' } } } as Environment;
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The findings of a machine that has everything but a mirror, but for what is changed; its registry is out of reach. */
async function examined(change: Partial<WorkstationOptions> = {}) {
  const proxy = await startForwardProxy({ toPort: 1, refusesWith: 403 });
  const { env, ...others } = change;
  const examination = await examineWorkstation({
    env: { PATH: folder, HOME: folder, HTTPS_PROXY: proxy.url, ...env },
    folder,
    nodeVersion: '22.1.0',
    temporaryFolder: folder,
    loadEnvironments: () => [kept],
    now: () => new Date(),
    ...others,
  });
  await proxy.stop();
  const { findings } = examinationSchema.parse(JSON.parse(JSON.stringify(examination)));
  return Object.fromEntries(findings.map((finding) => [finding.id, finding]));
}

interface Row {
  readonly machine: string;
  readonly change: Partial<WorkstationOptions>;
  readonly id: string;
  readonly result: FindingResult;
  readonly says: string;
}

const fails = (code: string) => () => {
  throw new ToolkitError(code, `${code} happened\nDo something`);
};

test.each<Row>([
  { machine: 'with Node 22', change: {}, id: 'node', result: 'pass', says: 'Node 22.1.0' },
  { machine: 'with Node 20.19', change: { nodeVersion: '20.19.0' }, id: 'node', result: 'note', says: 'January 2027' },
  {
    machine: 'with Node 20.18',
    change: { nodeVersion: '20.18.3' },
    id: 'node',
    result: 'fail',
    says: 'Install Node 22',
  },
  { machine: 'with Terraform 1.11', change: {}, id: 'terraform', result: 'pass', says: 'Terraform 1.11.4 at' },
  {
    machine: 'with Terraform 1.5',
    change: { env: { TERRAFORM_BINARY_NAME: 'old' } },
    id: 'terraform',
    result: 'fail',
    says: 'TerraformTooOld',
  },
  {
    machine: 'without Terraform',
    change: { env: { PATH: '/nonexistent' } },
    id: 'terraform',
    result: 'fail',
    says: 'TerraformNotFound',
  },
  {
    machine: 'whose proxy does not pass the registry',
    change: { env: { VAULT_ENV_PROVIDER_MIRROR: '/nonexistent' } },
    id: 'provider',
    result: 'fail',
    says: 'A proxy answered HTTP 403 in the place of registry.terraform.io.',
  },
  { machine: 'with its loopback address', change: {}, id: 'loopback', result: 'pass', says: 'A free port' },
  {
    machine: 'without the folder for temporary files',
    change: { temporaryFolder: '/nonexistent' },
    id: 'space',
    result: 'fail',
    says: '/nonexistent must be a folder for temporary files that can be written to, got: no such file or folder Set TMPDIR',
  },
  { machine: 'whose states are kept elsewhere', change: {}, id: 'state', result: 'pass', says: 'alone: none' },
  {
    machine: 'that keeps a state itself',
    change: { loadEnvironments: () => [loadExample(EXAMPLES, 'aes-256')] },
    id: 'state',
    result: 'note',
    says: "alone: aes-256. Before a real deployment, set 'state'",
  },
  {
    machine: 'without an environment file',
    change: { loadEnvironments: fails('NoEnvironmentsFolder') },
    id: 'state',
    result: 'note',
    says: 'NoEnvironmentsFolder happened Do something',
  },
  {
    machine: 'with a file that cannot be read',
    change: { loadEnvironments: fails('BadEnvironment') },
    id: 'state',
    result: 'fail',
    says: 'BadEnvironment happened',
  },
])('a machine $machine: $id is $result', async ({ change, id, result, says }) => {
  const finding = (await examined(change))[id];
  expect(finding?.result).toEqual(result);
  expect([...(finding?.found ?? []), finding?.fix].join(' ')).toContain(says);
});

test('a machine with a mirror of the provider needs no registry', async () => {
  const versions = join(folder, 'mirror', 'registry.terraform.io', 'hashicorp', 'aws');
  for (const platform of ['linux_amd64', 'linux_arm64', 'darwin_arm64']) {
    const unpacked = join(versions, '5.100.0', platform);
    mkdirSync(unpacked, { recursive: true });
    writeFileSync(join(unpacked, 'terraform-provider-aws_v5.100.0_x5'), '');
  }
  const { provider } = await examined({ env: { VAULT_ENV_PROVIDER_MIRROR: join(folder, 'mirror') } });
  expect(provider).toMatchObject({ result: 'pass', found: [`It is in the mirror ${join(folder, 'mirror')}.`] });
});

test('the space left for a rehearsal is told in megabytes', async () => {
  const { space } = await examined();
  expect(space?.found).toEqual([expect.stringMatching(/ has \d+ MB left\.$/)]);
});
