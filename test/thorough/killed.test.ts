import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketTaggingCommand,
  GetObjectCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { buildSync } from 'esbuild';
import { region } from '../simulated-aws/account';

const ROUNDS = 20;
const WRITERS = 4;
const Bucket = 'killed';
let folder: string;
let child: ChildProcess | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'killed-'));
  buildAccount();
});

afterAll(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** One file of it and its packages, because it is started again and again. */
function buildAccount(): void {
  const source = join(__dirname, '..', 'simulated-aws', 'store', 'kept-account.ts');
  const common = { bundle: true, platform: 'node', logLevel: 'warning' } as const;
  buildSync({ ...common, entryPoints: [source], outfile: join(folder, 'account.cjs') });
}

/** Starts the account on its folder in a process of its own. */
async function startChild(): Promise<S3Client> {
  child = spawn(process.execPath, [join(folder, 'account.cjs'), join(folder, 'state')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error('it has no output');
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`it ended with ${code}`))),
  ]);
  const { endpoint, administrator } = JSON.parse(String(line));
  const requestHandler = { httpAgent: new Agent({ keepAlive: true }) };
  return new S3Client({ endpoint, region, credentials: administrator, maxAttempts: 1, requestHandler });
}

async function killChild(): Promise<void> {
  const ended = child && once(child, 'exit');
  child?.kill('SIGKILL');
  await ended;
}

/** Values that a name may have: the last acknowledged one, or one on its way when the account was killed. */
class Expectations {
  private readonly byName = new Map<string, readonly (string | undefined)[]>();

  /** Changes a value; the change may be there from now on, and must be once it is acknowledged. */
  async change(name: string, value: string | undefined, write: () => Promise<unknown>): Promise<void> {
    this.byName.set(name, [...this.possible(name), value]);
    await write();
    this.byName.set(name, [value]);
  }

  possible(name: string): readonly (string | undefined)[] {
    return this.byName.get(name) ?? [undefined];
  }

  /** From now on there is no doubt. */
  settle(name: string, value: string | undefined): void {
    this.byName.set(name, [value]);
  }

  names(): readonly string[] {
    return [...this.byName.keys()];
  }
}

/** Bodies of very different sizes: short ones stand in the journal, long ones in files. */
function bodyOf(count: number): string {
  return `${count} `.repeat(count % 3 === 0 ? 20_000 : 20);
}

/** Writes in every way until the account is gone; each writer has names of its own. */
async function writeOn(s3: S3Client, expected: Expectations, writer: string): Promise<never> {
  for (let count = 1; ; count += 1) {
    const name = (kind: string) => `${writer}-${kind}-${count % 3}`;
    const body = bodyOf(count);
    const Key = name('put');
    await expected.change(Key, body, () => s3.send(new PutObjectCommand({ Bucket, Key, Body: body })));
    await expected.change(name('parts'), body, () => putInParts(s3, name('parts'), body));
    if (count % 4 === 0) await expected.change(Key, undefined, () => s3.send(new DeleteObjectCommand({ Bucket, Key })));
    if (count % 5 === 0) await deleteBoth(s3, expected, [name('put'), name('parts')]);
    if (writer === 'w0') await expected.change('tags of the bucket', String(count), () => tagBucket(s3, String(count)));
  }
}

async function putInParts(s3: S3Client, Key: string, Body: string): Promise<void> {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body }));
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
}

/** One request that deletes two objects: what it did must be seen for both, or for none. */
async function deleteBoth(s3: S3Client, expected: Expectations, keys: readonly string[]): Promise<void> {
  const [first = '', second = ''] = keys;
  const Objects = keys.map((Key) => ({ Key }));
  await expected.change(first, undefined, () =>
    expected.change(second, undefined, () => s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))),
  );
}

async function tagBucket(s3: S3Client, Value: string): Promise<void> {
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'count', Value }] } }));
}

async function read(s3: S3Client, name: string): Promise<string | undefined> {
  if (name === 'tags of the bucket') {
    const { TagSet } = await s3.send(new GetBucketTaggingCommand({ Bucket })).catch(missing);
    return TagSet?.[0]?.Value;
  }
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: name })).catch(missing);
  return Body?.transformToString();
}

function missing(error: Error): { readonly Body?: undefined; readonly TagSet?: undefined } {
  if (error.name === 'NoSuchKey' || error.name === 'NoSuchTagSet') return {};
  throw error;
}

test(`an account that is killed ${ROUNDS} times while it writes has all that it acknowledged, and nothing by half`, async () => {
  const expected = new Expectations();
  let s3 = await startChild();
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
  for (let round = 0; round < ROUNDS; round += 1) {
    const writers = Array.from({ length: WRITERS }, (_, index) =>
      writeOn(s3, expected, `w${index}`).catch(() => undefined),
    );
    await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 400));
    await killChild();
    await Promise.all(writers);
    s3.destroy();
    s3 = await startChild();
    for (const name of expected.names()) {
      const found = await read(s3, name);
      expect({ name, isPossible: expected.possible(name).includes(found) }).toEqual({ name, isPossible: true });
      expected.settle(name, found);
    }
  }
  expect(expected.names().length).toBeGreaterThan(WRITERS);
  s3.destroy();
}, 240_000);
