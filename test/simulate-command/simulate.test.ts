import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import { join } from 'node:path';
import { type SimulateOptions, simulate } from '../../lib/simulate-command/simulate';

const ROOT = join(__dirname, '../..');
let folder: string;

const options: SimulateOptions = {
  names: ['aes-256'],
  environments: join(ROOT, 'environments'),
  deploy: true,
  account: [],
  region: [],
  port: 0,
  metadataPort: 0,
  hopLimit: 1,
  explain: false,
  latency: 0,
  propagationDelay: 0,
};

beforeEach(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'simulate-'));
  jest.spyOn(os, 'tmpdir').mockReturnValue(folder);
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const around = () => ({
  root: ROOT,
  folder,
  env: { ...process.env, TERRAFORM_BINARY_NAME: 'no-such-terraform' },
  signal: new AbortController().signal,
  note: () => undefined,
  onStep: () => undefined,
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('a simulation that cannot deploy leaves no port and no file', async () => {
  const port = await freePort();
  await expect(simulate({ ...options, port }, around())).rejects.toMatchObject({ code: 'TerraformNotFound' });
  expect(readdirSync(folder)).toEqual([]);
  const { stop } = await simulate({ ...options, port, deploy: false }, around());
  expect(readdirSync(folder)).toHaveLength(1);
  await stop();
  expect(readdirSync(folder)).toEqual([]);
});

test('a simulation says what it made up for its environments', async () => {
  const { summary, stop } = await simulate({ ...options, deploy: false, names: ['aes-256', 'aws-kms'] }, around());
  expect(summary.hosts.map(({ environment }) => environment)).toEqual(['aes-256', 'aws-kms']);
  expect(summary.accounts).toHaveLength(1);
  await stop();
});

test.each([
  { what: 'faults', code: 'FaultsNotFound' },
  { what: 'signingKeys', code: 'SigningKeysNotFound' },
])('a simulation with a missing file of $what leaves nothing behind', async ({ what, code }) => {
  await expect(simulate({ ...options, deploy: false, [what]: 'none' }, around())).rejects.toMatchObject({
    code,
    message: expect.stringContaining("'none'"),
  });
  expect(readdirSync(folder)).toEqual([]);
});
