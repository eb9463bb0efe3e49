import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CopyObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type * as simulatedAws from '../../../lib/simulated-aws';
import { accountId, region } from '../account';

// xxHash is compiled when it is first needed, so that what needs it starts in new modules, without it.

const folder = mkdtempSync(join(tmpdir(), 'xxhash-'));
afterAll(() => rmSync(folder, { recursive: true }));

let account: simulatedAws.SimulatedAccount;
let s3: S3Client;

afterEach(() => stop());

async function start(): Promise<void> {
  const { importBucket, startSimulatedAccount } = jest.requireActual<typeof simulatedAws>('../../../lib/simulated-aws');
  account = await startSimulatedAccount({ accountId, region, stateFolder: folder });
  if (account.state.s3.buckets.size === 0) importBucket(account.state, 'acme');
  s3 = new S3Client({
    endpoint: account.plainEndpoint,
    region,
    credentials: account.administrator,
    forcePathStyle: true,
    // The SDK would add a checksum of its own.
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
}

async function stop(): Promise<void> {
  s3.destroy();
  await account.stop();
}

const at = { Bucket: 'acme', Key: 'k' };

test('a running account checks a checksum of xxHash and gives it back', async () => {
  jest.resetModules();
  await start();
  await s3.send(new PutObjectCommand({ ...at, Body: 'hello', ChecksumXXHASH3: 'lVXoVVxi3P0=' }));
  const head = await s3.send(new HeadObjectCommand({ ...at, ChecksumMode: 'ENABLED' }));
  expect(head).toMatchObject({ ChecksumXXHASH3: 'lVXoVVxi3P0=', ChecksumType: 'FULL_OBJECT' });
  const wrong = s3.send(new PutObjectCommand({ ...at, Body: 'hallo', ChecksumXXHASH3: 'lVXoVVxi3P0=' }));
  await expect(wrong).rejects.toMatchObject({ name: 'BadDigest' });
});

test('an account that was kept copies an object with such a checksum', async () => {
  await start();
  await s3.send(new PutObjectCommand({ ...at, Body: 'hello', ChecksumXXHASH64: 'JseCfYifbaM=' }));
  await stop();
  jest.resetModules();
  await start();
  const { CopyObjectResult } = await s3.send(new CopyObjectCommand({ ...at, Key: 'copy', CopySource: 'acme/k' }));
  expect(CopyObjectResult).toMatchObject({ ChecksumXXHASH64: 'JseCfYifbaM=' });
});
