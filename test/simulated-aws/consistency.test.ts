import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, DescribeKeyCommand, KMSClient, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { SimulatedAccount } from '../../lib/simulated-aws';
import { SettlingMap } from '../../lib/simulated-aws/state/maps/settling-map';
import { accountId, Clock, clientConfig, failure, policyDocument, region, startAccount, trustPolicy } from './account';

describe('a map that settles', () => {
  let now = 0;
  const propagation = { delayMs: 10, now: () => new Date(now) };

  beforeEach(() => {
    now = 0;
    propagation.delayMs = 10;
  });

  test('reads back each change at once, and brings it into force after the delay, one after the other', () => {
    const map = new SettlingMap<string, number>(propagation);
    const seen: unknown[] = [];
    const changes: Readonly<Record<number, () => void>> = {
      0: () => map.set('a', 1),
      5: () => map.set('a', 2),
      8: () => map.delete('a'),
    };
    for (now = 0; now < 20; now += 1) {
      changes[now]?.();
      if ([0, 5, 9, 10, 14, 15, 17, 18].includes(now))
        seen.push([now, map.get('a'), map.inForce('a'), map.valuesInForce()]);
    }
    expect(seen).toEqual([
      [0, 1, undefined, []],
      [5, 2, undefined, []],
      [9, undefined, undefined, []],
      [10, undefined, 1, [1]],
      [14, undefined, 1, [1]],
      [15, undefined, 2, [2]],
      [17, undefined, 2, [2]],
      [18, undefined, undefined, []],
    ]);
  });

  test('puts every change in force at once when there is no delay', () => {
    propagation.delayMs = 0;
    const map = new SettlingMap<string, number>(propagation).set('a', 1);
    expect([map.inForce('a'), map.valuesInForce()]).toEqual([1, [1]]);
    map.delete('a');
    expect([map.inForce('a'), map.valuesInForce()]).toEqual([undefined, []]);
  });
});

describe('an account whose changes take ten seconds', () => {
  const clock = new Clock();
  const settle = () => clock.advance(10_000);
  let account: SimulatedAccount;
  let config: ReturnType<typeof clientConfig>;
  let iam: IAMClient;
  let s3: S3Client;

  beforeAll(async () => {
    account = await startAccount(clock, { propagationDelayMs: 10_000 });
    config = clientConfig(account);
    iam = new IAMClient(config);
    s3 = new S3Client(config);
  });

  // The clients keep the machine's time, and S3 is content with a quarter of an hour.
  afterEach(() => clock.reset());

  afterAll(async () => {
    s3.destroy();
    iam.destroy();
    await account.stop();
  });

  const newBucket = (Bucket: string) =>
    s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));

  const newRole = (RoleName: string) =>
    iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trustPolicy({ AWS: accountId }) }));

  const assume = (name: string) =>
    new STSClient(config).send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${accountId}:role/${name}`, RoleSessionName: 'session' }),
    );

  async function clientOf(name: string): Promise<S3Client> {
    const { Credentials } = await assume(name);
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    return new S3Client({ ...config, credentials });
  }

  const isAllowed = (client: S3Client, Bucket: string) =>
    client.send(new ListObjectsV2Command({ Bucket })).then(
      () => true,
      ({ name }) => (name === 'AccessDenied' ? false : name),
    );

  test('lets no one assume a new role before then', async () => {
    await newRole('new-role');
    expect(await failure(assume('new-role'))).toMatchObject({ code: 'AccessDenied' });
    settle();
    expect((await assume('new-role')).AssumedRoleUser?.Arn).toContain('new-role');
  });

  test('refuses a policy that names a new role before then, as AWS does', async () => {
    await newRole('pinned-role');
    await newBucket('pinning-bucket');
    const Statement = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:role/pinned-role` } };
    const Policy = policyDocument({ ...Statement, Action: 's3:ListBucket', Resource: 'arn:aws:s3:::pinning-bucket' });
    const put = () => s3.send(new PutBucketPolicyCommand({ Bucket: 'pinning-bucket', Policy }));
    expect(await failure(put())).toMatchObject({ code: 'MalformedPolicy' });
    settle();
    await put();
  });

  test('delays identity policies, inline and attached, and new versions of them', async () => {
    await newBucket('identity-bucket');
    await newRole('identity-role');
    settle();
    const role = await clientOf('identity-role');
    const allow = policyDocument({ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' });
    const deny = policyDocument({ Effect: 'Deny', Action: 's3:ListBucket', Resource: '*' });
    const seen: unknown[] = [];
    const before = async (change: () => Promise<unknown>) => {
      await change();
      seen.push(await isAllowed(role, 'identity-bucket'));
      settle();
      seen.push(await isAllowed(role, 'identity-bucket'));
    };
    const RoleName = 'identity-role';
    const PolicyName = 'example';
    const PolicyArn = `arn:aws:iam::${accountId}:policy/${PolicyName}`;
    await before(() => iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: allow })));
    await before(() => iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
    await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: allow }));
    await before(() => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })));
    const version = { PolicyArn, PolicyDocument: deny, SetAsDefault: true };
    await before(() => iam.send(new CreatePolicyVersionCommand(version)));
    expect(seen).toEqual([false, true, true, false, false, true, true, false]);
    role.destroy();
  });

  test('shows a bucket policy at once, and applies it later', async () => {
    const Bucket = 'policy-bucket';
    await newBucket(Bucket);
    await newRole('policy-role');
    settle();
    const role = await clientOf('policy-role');
    const Principal = { AWS: `arn:aws:iam::${accountId}:role/policy-role` };
    const Resource = `arn:aws:s3:::${Bucket}`;
    const Policy = policyDocument({ Effect: 'Allow', Principal, Action: 's3:ListBucket', Resource });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
    const seen = [await isAllowed(role, Bucket)];
    settle();
    seen.push(await isAllowed(role, Bucket));
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    seen.push(await isAllowed(role, Bucket));
    settle();
    seen.push(await isAllowed(role, Bucket));
    expect(seen).toEqual([false, true, true, false]);
    role.destroy();
  });

  test('applies the policy of a new key at once, and a change to it later', async () => {
    const kms = new KMSClient(config);
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.KeyId;
    const describe = () => kms.send(new DescribeKeyCommand({ KeyId }));
    await describe();
    const Principal = { AWS: `arn:aws:iam::${accountId}:root` };
    const statement = { Effect: 'Allow', Principal, Action: 'kms:PutKeyPolicy', Resource: '*' };
    await kms.send(new PutKeyPolicyCommand({ KeyId, Policy: policyDocument(statement) }));
    await describe();
    settle();
    expect(await failure(describe())).toMatchObject({ code: 'AccessDeniedException' });
    kms.destroy();
  });
});
