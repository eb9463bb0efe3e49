import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateAliasCommand, CreateKeyCommand, DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListPartsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { SimulatedAccount } from '../../../lib/simulated-aws';
import type { Accounts } from '../../../lib/simulated-aws/state/account-state';
import { requireAccount } from '../../../lib/simulated-aws/state/accounts';
import { openBodies } from '../../../lib/simulated-aws/store/bodies';
import { type BytesKeeper, decode, encode } from '../../../lib/simulated-aws/store/encode';
import { openJournal, readJournal } from '../../../lib/simulated-aws/store/journal';
import { accountId, Clock, clientConfig, failure, policyDocument, region, startAccount, trustPolicy } from '../account';

const other = '444455556666';
let folder: string;
let running: SimulatedAccount | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-'));
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
  rmSync(folder, { recursive: true });
});

const stateFolder = () => join(folder, 'state');

async function start(options: object = {}): Promise<SimulatedAccount> {
  await running?.stop();
  running = await startAccount(new Clock(), { stateFolder: stateFolder(), ...options });
  return running;
}

const inline: BytesKeeper = {
  keep: (bytes) => bytes.toString('base64'),
  find: (address) => Buffer.from(address, 'base64'),
};

/** Everything that the accounts hold, as text. */
function textOf({ accountIds, regions, find }: Accounts): string {
  const states = accountIds.flatMap((id) => regions.map((place) => find(id, place)));
  const held = states.map((state) => ({
    iam: maps(state?.iam ?? {}),
    kms: maps(state?.kms ?? {}),
    buckets: [...(state?.s3.buckets.values() ?? [])].map(({ earlierPolicies: _earlier, objects, ...bucket }) => ({
      ...bucket,
      versions: objects.versions,
    })),
  }));
  return JSON.stringify(encode(held, inline), inOrder, 1);
}

/** The order of an object's members says nothing. */
function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function maps(state: object): object {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value instanceof Map));
}

/** One of everything that an account can hold. */
async function fill(account: SimulatedAccount): Promise<{ readonly uploadId: string; readonly blob: Uint8Array }> {
  const config = clientConfig(account);
  const [s3, iam, kms, sts] = [
    new S3Client(config),
    new IAMClient(config),
    new KMSClient(config),
    new STSClient(config),
  ];
  const send = (command: unknown) => s3.send(command as never) as Promise<never>;
  const CreateBucketConfiguration = { LocationConstraint: region } as const;
  await send(new CreateBucketCommand({ Bucket: 'full', CreateBucketConfiguration, ObjectLockEnabledForBucket: true }));
  await send(new CreateBucketCommand({ Bucket: 'gone', CreateBucketConfiguration }));
  await send(new DeleteBucketCommand({ Bucket: 'gone' }));
  await send(new PutBucketVersioningCommand({ Bucket: 'full', VersioningConfiguration: { Status: 'Enabled' } }));
  await send(new PutBucketTaggingCommand({ Bucket: 'full', Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } }));
  const Rules = [
    { ID: 'a', Status: 'Enabled', Filter: {}, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
  ] as const;
  await send(
    new PutBucketLifecycleConfigurationCommand({ Bucket: 'full', LifecycleConfiguration: { Rules: [...Rules] } }),
  );
  const trust = trustPolicy(
    { AWS: accountId },
    { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
  );
  const role = await iam.send(new CreateRoleCommand({ RoleName: 'kept', AssumeRolePolicyDocument: trust }));
  const allow = policyDocument({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'kept', PolicyName: 'inline', PolicyDocument: allow }));
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'managed', PolicyDocument: allow }));
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'kept', PolicyArn: Policy?.Arn }));
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'kept' }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'kept', RoleName: 'kept' }));
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: role.Role?.Arn },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::full/*',
  };
  await send(new PutBucketPolicyCommand({ Bucket: 'full', Policy: policyDocument(statement) }));
  await sts.send(new AssumeRoleCommand({ RoleArn: role.Role?.Arn, RoleSessionName: 'session', Policy: allow }));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/kept', TargetKeyId: KeyMetadata?.KeyId }));
  const put = (Key: string, Body: string, more = {}) =>
    send(new PutObjectCommand({ Bucket: 'full', Key, Body, ...more }));
  await put('small', 'one', { Metadata: { $map: 'text' } });
  await put('small', 'two', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/kept' });
  await put('large', 'x'.repeat(100_000));
  await put('tagged', 'text');
  const TagSet = [{ Key: 'a', Value: 'b' }];
  await send(new PutObjectTaggingCommand({ Bucket: 'full', Key: 'tagged', Tagging: { TagSet } }));
  await send(new PutObjectLegalHoldCommand({ Bucket: 'full', Key: 'tagged', LegalHold: { Status: 'ON' } }));
  for (const key of ['d1', 'd2', 'd3']) await put(key, 'text');
  await send(new DeleteObjectCommand({ Bucket: 'full', Key: 'd1' }));
  const Objects = [{ Key: 'd2' }, { Key: 'd3' }];
  await send(new DeleteObjectsCommand({ Bucket: 'full', Delete: { Objects } }));
  const start = (Key: string) => s3.send(new CreateMultipartUploadCommand({ Bucket: 'full', Key }));
  const upload = (Key: string, UploadId = '', PartNumber = 1, Body = 'part') =>
    s3.send(new UploadPartCommand({ Bucket: 'full', Key, UploadId, PartNumber, Body }));
  const completed = await start('assembled');
  const { ETag } = await upload('assembled', completed.UploadId);
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  await send(
    new CompleteMultipartUploadCommand({
      Bucket: 'full',
      Key: 'assembled',
      UploadId: completed.UploadId,
      MultipartUpload,
    }),
  );
  const open = await start('unfinished');
  await upload('unfinished', open.UploadId, 7, 'y'.repeat(50_000));
  const { CiphertextBlob } = await kms.send(
    new EncryptCommand({ KeyId: 'alias/kept', Plaintext: Buffer.from('secret') }),
  );
  for (const client of [s3, iam, kms, sts]) client.destroy();
  return { uploadId: open.UploadId ?? '', blob: CiphertextBlob ?? new Uint8Array() };
}

describe('an account that is kept in a folder', () => {
  test('is the same after a restart, down to its sessions', async () => {
    const first = await start({ otherAccountIds: [other] });
    const { uploadId, blob } = await fill(first);
    const before = textOf(first.accounts);
    const session = [...first.state.iam.accessKeys].find(([, key]) => key.kind === 'role-session');
    const second = await start();
    expect(textOf(second.accounts)).toBe(before);
    expect(second.accounts.accountIds).toEqual([accountId, other]);
    for (const [id, key] of second.administrators) expect(first.administrators.get(id)).toMatchObject({ ...key });
    const config = clientConfig(second);
    const s3 = new S3Client(config);
    const { Parts } = await s3.send(new ListPartsCommand({ Bucket: 'full', Key: 'unfinished', UploadId: uploadId }));
    expect(Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([[7, 50_000]]);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'full', Key: 'large' }));
    expect(await Body?.transformToString()).toBe('x'.repeat(100_000));
    const { TagSet } = await s3.send(new GetObjectTaggingCommand({ Bucket: 'full', Key: 'tagged' }));
    expect(TagSet).toEqual([{ Key: 'a', Value: 'b' }]);
    const kms = new KMSClient(config);
    const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob: blob }));
    expect(Buffer.from(Plaintext ?? []).toString()).toBe('secret');
    const [accessKeyId = '', key] = session ?? [];
    const credentials = {
      accessKeyId,
      secretAccessKey: key?.secretAccessKey ?? '',
      ...(key as { sessionToken: string }),
    };
    const sts = new STSClient({ ...config, credentials });
    expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toContain('assumed-role/kept/session');
    for (const client of [s3, kms, sts]) client.destroy();
  });

  test('is restored to the last whole change, wherever its journal was cut short', async () => {
    const first = await start();
    const s3 = new S3Client(clientConfig(first));
    await s3.send(
      new CreateBucketCommand({ Bucket: 'cut', CreateBucketConfiguration: { LocationConstraint: region } }),
    );
    for (const Body of ['1', '2', '3']) await s3.send(new PutObjectCommand({ Bucket: 'cut', Key: 'key', Body }));
    s3.destroy();
    await first.stop();
    const [journal = ''] = readdirSync(stateFolder()).filter((name) => name.startsWith('journal-'));
    const bytes = readFileSync(join(stateFolder(), journal));
    const ends = [...bytes].flatMap((byte, index) => (byte === 10 ? [index + 1] : []));
    expect(ends).toHaveLength(5);
    const bodyAt = async (cut: number) => {
      const copy = join(folder, `cut-${cut}`);
      cpSync(stateFolder(), copy, { recursive: true });
      truncateSync(join(copy, journal), cut);
      const account = await startAccount(new Clock(), { stateFolder: copy });
      const [version] = account.state.s3.buckets.get('cut')?.objects.versions.get('key') ?? [];
      await account.stop();
      return version?.kind === 'object' ? version.body.toString() : undefined;
    };
    const [, bucketEnd = 0, oneEnd = 0, twoEnd = 0, threeEnd = 0] = ends;
    const cuts = [bucketEnd, oneEnd - 1, oneEnd, oneEnd + 1, twoEnd - 30, twoEnd, threeEnd - 2, threeEnd];
    const seen: unknown[] = [];
    for (const cut of cuts) seen.push(await bodyAt(cut));
    expect(seen).toEqual([undefined, undefined, '1', '1', '1', '2', '2', '3']);
  });

  test('drops bodies that nothing holds any more', async () => {
    const account = await start();
    const s3 = new S3Client(clientConfig(account));
    await s3.send(
      new CreateBucketCommand({ Bucket: 'bodies', CreateBucketConfiguration: { LocationConstraint: region } }),
    );
    await s3.send(new PutObjectCommand({ Bucket: 'bodies', Key: 'key', Body: 'x'.repeat(10_000) }));
    const files = () => readdirSync(join(stateFolder(), 'bodies')).length;
    expect(files()).toBe(1);
    await s3.send(new DeleteObjectCommand({ Bucket: 'bodies', Key: 'key' }));
    s3.destroy();
    await start();
    expect(files()).toBe(0);
  });

  test('answers an error while it cannot write, and keeps everything once it can', async () => {
    const account = await start();
    const s3 = new S3Client(clientConfig(account));
    await s3.send(
      new CreateBucketCommand({ Bucket: 'full-disk', CreateBucketConfiguration: { LocationConstraint: region } }),
    );
    rmSync(join(stateFolder(), 'bodies'), { recursive: true });
    const put = s3.send(new PutObjectCommand({ Bucket: 'full-disk', Key: 'key', Body: 'x'.repeat(10_000) }));
    expect(await failure(put)).toMatchObject({ status: 500, code: 'InternalError' });
    expect(account.requestLog.last?.stack).toContain('ENOENT');
    openBodies(join(stateFolder(), 'bodies'));
    await s3.send(new PutObjectCommand({ Bucket: 'full-disk', Key: 'other', Body: 'text' }));
    s3.destroy();
    const again = await start();
    expect([...(again.state.s3.buckets.get('full-disk')?.objects.versions.keys() ?? [])]).toEqual(['key', 'other']);
  });

  test('is refused when it belongs to another partition', async () => {
    await start();
    await expect(start({ partition: 'aws-cn' })).rejects.toMatchObject({ code: 'StateOfOtherPartition' });
  });
});

describe('a journal', () => {
  const path = () => join(folder, 'journal.jsonl');

  test('that is damaged before its end is refused, and not cut', () => {
    const journal = openJournal(path(), 0);
    for (const line of ['a', 'b', 'c']) journal.append(line);
    journal.close();
    const text = readFileSync(path(), 'utf8');
    writeFileSync(path(), text.replace('"b"', '"x"'));
    expect(() => readJournal(path())).toThrow(expect.objectContaining({ code: 'StateDamaged' }));
    writeFileSync(path(), text.replace('"c"', '"x"'));
    expect(readJournal(path()).lines).toEqual(['a', 'b']);
  });

  test('continues where its last whole line ends', () => {
    openJournal(path(), 0).append('a');
    const { goodBytes } = readJournal(path());
    appendFileSync(path(), 'half a li');
    openJournal(path(), goodBytes).append('b');
    expect(readJournal(path()).lines).toEqual(['a', 'b']);
  });
});

describe('the state as JSON', () => {
  test.each([
    { name: 'a date', value: new Date('2026-05-04T03:02:01.123Z') },
    { name: 'short bytes', value: Buffer.from([0, 255]) },
    { name: 'long bytes', value: Buffer.alloc(5000, 7) },
    { name: 'a map of maps', value: new Map<unknown, unknown>([[1, new Map([['a', new Set(['b'])]])]]) },
    { name: 'names that look like marks', value: { $date: 'x', $$map: [1], plain: { $kept: null } } },
    { name: 'lists, numbers and nothing', value: [1, 'a', true, null, [], {}] },
  ])('gives back $name', ({ value }) => {
    expect(decode(JSON.parse(JSON.stringify(encode(value, inline))), inline)).toEqual(value);
  });

  test('leaves out undefined values', () => {
    expect(encode({ a: undefined, b: 1 }, inline)).toEqual({ b: 1 });
  });

  test.each([[() => 1], [Number.NaN], [/x/], [undefined], [1n]])('refuses %s, which is not data', (value) => {
    expect(() => encode({ value: [value] }, inline)).toThrow('the state must hold data alone');
  });
});

test('bytes are kept once, and refused when their file holds others', () => {
  const bodies = openBodies(join(folder, 'bodies'));
  const address = bodies.keep(Buffer.from('text'));
  expect(bodies.keep(Buffer.from('text'))).toBe(address);
  expect(readdirSync(join(folder, 'bodies'))).toEqual([address]);
  expect(bodies.find(address).toString()).toBe('text');
  writeFileSync(join(folder, 'bodies', address), 'other');
  expect(() => bodies.find(address)).toThrow(expect.objectContaining({ code: 'StateDamaged' }));
});

test('an account that does not exist is not found', async () => {
  const { accounts } = await start();
  expect(() => requireAccount(accounts, other, region)).toThrow(`there is no account '${other}'`);
});
