import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { Adoption } from '../../lib/adoption/adoption';
import { NEEDS_ANSWER } from '../../lib/adoption/adoption';
import { connectAws } from '../../lib/aws/connect';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { loadEnvironments } from '../../lib/config/load';
import { type Estate, examine } from '../adoption/estate';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { administratorOf } from '../support/deploy-stack';
import { HALF_AN_HOUR_MS, inAccount, type Place, synthesizeInto, take, terraformIn } from './provider-run';

const ACCOUNT = '111122223333';
const Bucket = 'acme-backups-of-ten-years';
const RoleName = 'AutoRabitVault';
const OBJECTS = `arn:aws:s3:::${Bucket}/*`;
const MANY_AT_ONCE = 16;

/** How the objects of ten years are stored: so many of each, the oldest first. */
const STORED = [
  { prefix: 'plain/', count: 1500, bucketKey: undefined },
  { prefix: 'keyed/', count: 480, bucketKey: true },
  { prefix: 'keyed-singly/', count: 20, bucketKey: false },
] as const;
const KEYS = STORED.flatMap(({ prefix, count, bucketKey }) =>
  Array.from({ length: count }, (_, index) => ({ Key: `${prefix}${index}`, bucketKey })),
);

const document = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

/** The vendor's prerequisite as somebody pasted it. */
const PASTED = document(
  { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: 'arn:aws:s3:::*' },
  { Effect: 'Allow', Action: 's3:*', Resource: [`arn:aws:s3:::${Bucket}`, OBJECTS] },
  { Effect: 'Deny', NotAction: 's3:*', NotResource: [`arn:aws:s3:::${Bucket}`, OBJECTS] },
);

/** A statement of the bucket policy that somebody still needs. */
const PARTNER = {
  ...{ Sid: 'Partner', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:root' } },
  ...{ Action: 's3:GetObject', Resource: OBJECTS },
};

/** Builds what a customer has, and answers with the ARN of the key of the later objects. */
async function buildEstate({ s3, kms, iam }: Estate): Promise<string> {
  const LocationConstraint = 'us-east-2';
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      CreateBucketConfiguration: { LocationConstraint },
      ObjectOwnership: 'ObjectWriter',
    }),
  );
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'team', Value: 'crm' }] } }));
  const Rules = [
    {
      ID: 'glacier',
      Status: 'Enabled' as const,
      Filter: { Prefix: '' },
      Transitions: [{ Days: 90, StorageClass: 'GLACIER' as const }],
      NoncurrentVersionExpiration: { NoncurrentDays: 3650 },
    },
  ];
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: document(PARTNER) }));
  const trust = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document(trust) }));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'pasted', PolicyDocument: PASTED }));
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: RoleName }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: RoleName, RoleName }));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const SSEKMSKeyId = KeyMetadata?.Arn ?? '';
  await forEach(KEYS, ({ Key, bucketKey }) => {
    const keyed = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId, BucketKeyEnabled: bucketKey } as const;
    return s3.send(new PutObjectCommand({ Bucket, Key, Body: `backup ${Key}`, ...(bucketKey !== undefined && keyed) }));
  });
  return SSEKMSKeyId;
}

async function forEach<T, R>(items: readonly T[], use: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += MANY_AT_ONCE)
    results.push(...(await Promise.all(items.slice(at, at + MANY_AT_ONCE).map(use))));
  return results;
}

const FILE = {
  label: 'Acme',
  account: ACCOUNT,
  region: 'us-east-2',
  bucket: Bucket,
  encryption: { method: 'AES-256' },
  host: { kind: 'ec2' },
  roleName: RoleName,
  adopt: [
    ...['bucket', 'versioning', 'encryption', 'public-access-block', 'ownership', 'bucket-policy', 'lifecycle'],
    ...['role', 'instance-profile'],
  ],
};

function writeFile(place: Place, content: object): string {
  const folder = join(place.folder, 'environments');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'acme.yaml'), JSON.stringify(content));
  return folder;
}

/** The names under which something is in the way or nobody answers for it. */
function openIn({ items }: Adoption): readonly string[] {
  return items
    .filter(({ verdict, accepted }) => verdict === 'blocks' || (NEEDS_ANSWER.includes(verdict) && !accepted))
    .map(({ verdict, id }) => `${verdict} ${id}`);
}

/** Which objects the role can read, one of the beginning and one of the end of each kind. */
async function readAsRole({ account }: Place): Promise<readonly string[]> {
  const host = await account.startHost();
  host.attachInstanceProfile(RoleName);
  const saved = process.env;
  const none = '/nonexistent';
  process.env = {
    ...{ PATH: saved.PATH, AWS_CONFIG_FILE: none, AWS_SHARED_CREDENTIALS_FILE: none },
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: host.metadataEndpoint,
  };
  const aws = connectAws({ region: 'us-east-2', caCertificatesPem: account.caCertificatePem });
  try {
    const asked = STORED.flatMap(({ prefix, count }) => [`${prefix}0`, `${prefix}${count - 1}`]);
    const answers = await Promise.all(asked.map((Key) => aws.s3.getObject({ Bucket, Key })));
    return asked.map((key, index) => `${key}: ${answers[index]?.ok ? 'read' : answers[index]?.code}`);
  } finally {
    aws.close();
    process.env = saved;
  }
}

interface Seen {
  readonly keyArn: string;
  readonly first: Adoption;
  readonly second: Adoption;
  readonly steps: readonly string[];
  readonly changed: number;
  readonly asRole: readonly string[];
  readonly inlinePolicies: readonly string[];
}

async function adopt(place: Place, catalogue: Catalogue): Promise<Seen> {
  const estate: Estate = { ...administratorOf(place.account), account: place.account };
  const keyArn = await buildEstate(estate);
  const look = async (content: object, accepted: readonly string[] = []) => {
    const [environment] = loadEnvironments({ folder: writeFile(place, content) });
    const expires = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const entries = accepted.map((target) => ({ at: 'w', target, reason: 'agreed', owner: 'backup team', expires }));
    return await examine(estate, { catalogue, accepted: entries, ...(environment && { environment }) });
  };
  const first = await look(FILE);
  const kept = {
    ...FILE,
    encryption: { method: 'AES-256', former: [keyArn] },
    noncurrentVersionDays: 3650,
    tags: { team: 'crm' },
    bucketPolicy: { keep: [{ reason: 'reads backups', owner: 'backup team', statement: PARTNER }] },
  };
  const second = await look(kept, ['objects/*/without-bucket-key']);
  const terraform = await terraformIn(place, await synthesizeInto(place, join(place.folder, 'environments'), 'acme'));
  await terraform.init();
  const steps = await take([
    ['apply', terraform.apply],
    ['second plan', terraform.plan],
  ]);
  const bodies = await forEach(KEYS, async ({ Key }) => {
    const { Body } = await estate.s3.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body?.transformToString()) === `backup ${Key}`;
  });
  const inlinePolicies = [...(place.account.state.iam.roles.get(RoleName)?.inlinePolicies.keys() ?? [])];
  const changed = bodies.filter((isSame) => !isSame).length;
  return { keyArn, first, second, steps, changed, asRole: await readAsRole(place), inlinePolicies };
}

describeWithProvider('a ten-year-old bucket that is taken over', () => {
  let seen: Seen;

  beforeAll(async () => {
    const catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
    seen = await inAccount({ accountId: ACCOUNT, region: 'us-east-2' }, (place) => adopt(place, catalogue));
  }, HALF_AN_HOUR_MS);

  test('is refused first, and everything that would be lost is named', () => {
    const { first, keyArn } = seen;
    expect(first.verdict).toBe('fail');
    expect(openIn(first)).toEqual([
      'loses aws_s3_bucket.backup/tags',
      'loses aws_s3_bucket_lifecycle_configuration.backup/noncurrent-versions',
      `loses objects/${keyArn}/without-bucket-key`,
      `loses objects/${keyArn}`,
      expect.stringMatching(/^locks-out access\/.*\/lost\/s3:GetObject/),
    ]);
    const kept = Object.assign({}, ...first.items.map(({ keep }) => keep));
    expect(kept).toEqual({
      tags: { team: 'crm' },
      noncurrentVersionDays: 3650,
      'encryption.former': [keyArn],
      'bucketPolicy.keep': [{ reason: '', owner: '', statement: PARTNER }],
    });
    const ids = first.items.map(({ verdict, id }) => `${verdict} ${id}`);
    expect(ids).toContain('loosens aws_s3_bucket_lifecycle_configuration.backup/current-objects-moved-ended');
    expect(ids).toContain('tightens aws_s3_bucket_ownership_controls.backup/object-ownership');
  });

  test('tells what the role loses from the pasted policy', () => {
    const lost = seen.first.items.filter(({ id }) => id.startsWith('access/the role/lost/'));
    expect(lost.map(({ detail }) => detail).join('\n')).toMatch(/the role can no longer do .*s3:/);
    expect(seen.inlinePolicies).toEqual([]);
  });

  test('passes once everything is kept or accepted', () => {
    expect({ verdict: seen.second.verdict, open: openIn(seen.second) }).toEqual({ verdict: 'pass', open: [] });
  });

  test('is taken over with nothing left to do, and every object is what it was', () => {
    expect({ steps: seen.steps, changed: seen.changed }).toEqual({
      steps: ['apply: done', 'second plan: no-changes'],
      changed: 0,
    });
  });

  test('is read by the role as the report said', () => {
    expect(seen.asRole).toEqual([
      'plain/0: read',
      'plain/1499: read',
      'keyed/0: read',
      'keyed/479: read',
      'keyed-singly/0: AccessDenied',
      'keyed-singly/19: AccessDenied',
    ]);
    const verdicts = Object.fromEntries(
      seen.second.items.filter(({ id }) => id.startsWith('objects/')).map(({ id, verdict }) => [id, verdict]),
    );
    expect(verdicts).toEqual({
      'objects/AES256': 'same',
      [`objects/${seen.keyArn}`]: 'same',
      [`objects/${seen.keyArn}/without-bucket-key`]: 'loses',
    });
  });
});
