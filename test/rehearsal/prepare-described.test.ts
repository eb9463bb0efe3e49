import type { DescribedBucket } from '../../lib/adoption/described';
import { changedObjects, prepareDescribed } from '../../lib/rehearsal/prepare-described';
import { type SimulatedAccount, startSimulatedAccount } from '../../lib/simulated-aws';
import { EXAMPLES, loadExample } from '../support/examples';

const ENVIRONMENT = loadExample(EXAMPLES, 'aes-256');
const BUCKET = ENVIRONMENT.bucket;
const KEY = 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const READER = 'arn:aws:iam::111122223333:role/reporting';
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: READER }, Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/*` },
  ],
});
const DESCRIBED: DescribedBucket = {
  policy: POLICY,
  versioning: 'Enabled',
  objectOwnership: 'ObjectWriter',
  tags: { team: 'crm' },
  lifecycleRules: [
    {
      id: 'cold',
      status: 'Enabled',
      filter: [{ prefix: 'old/' }],
      noncurrent_version_expiration: [{ noncurrent_days: 3650 }],
      transition: [{ days: 90, storage_class: 'GLACIER' }],
    },
  ],
  objects: [
    { key: 'plain', method: 'AES256', bucketKey: false },
    { key: 'keyed', method: 'aws:kms', keyArn: KEY, bucketKey: true },
    { key: 'theirs', method: 'SSE-C', bucketKey: false },
  ],
};

let account: SimulatedAccount;

beforeEach(async () => {
  account = await startSimulatedAccount({ accountId: '111122223333', region: 'us-east-2' });
});

afterEach(() => account.stop());

test('the bucket that was described is there, with its settings, its objects and their key', () => {
  const { state } = account;
  const { objects, assumed } = prepareDescribed(state, ENVIRONMENT, DESCRIBED);
  const bucket = state.s3.buckets.get(BUCKET);
  expect({
    policy: bucket?.policy?.text,
    versioning: bucket?.versioning,
    tags: [...(bucket?.tags ?? [])],
    keys: [...(bucket?.objects.versions.keys() ?? [])],
    kms: [...state.kms.keys.keys()].includes(KEY.slice(KEY.indexOf('/') + 1)),
    reader: state.iam.roles.has('reporting'),
  }).toEqual({
    policy: POLICY,
    versioning: 'Enabled',
    tags: [['team', 'crm']],
    keys: ['plain', 'keyed'],
    kms: true,
    reader: true,
  });
  const lifecycle = JSON.stringify(bucket?.documents.get('LifecycleConfiguration'));
  for (const part of ['cold', 'old/', '3650', 'GLACIER']) expect(lifecycle).toContain(part);
  expect(objects.map(({ key }) => key)).toEqual(['plain', 'keyed']);
  expect(assumed).toEqual([
    'the bucket was built as it was described, with 2 objects whose bytes are made up',
    'objects under keys of whoever wrote them (SSE-C) are left out',
  ]);
});

test.each([
  ['is gone', (versions: Map<string, unknown[]>) => versions.delete('plain')],
  [
    'is hidden by a delete marker',
    (versions: Map<string, unknown[]>) => versions.get('plain')?.unshift({ kind: 'delete-marker' }),
  ],
  [
    'has other bytes',
    (versions: Map<string, unknown[]>) => Object.assign(versions.get('plain')?.[0] ?? {}, { body: Buffer.from('x') }),
  ],
  [
    'is encrypted otherwise',
    (versions: Map<string, unknown[]>) =>
      Object.assign(versions.get('plain')?.[0] ?? {}, { encryption: { kind: 'aws:kms' } }),
  ],
  [
    'has another version on top',
    (versions: Map<string, unknown[]>) =>
      versions.get('plain')?.unshift({ ...(versions.get('plain')?.[0] as object), versionId: 'other' }),
  ],
])('an object that %s is named', (_, change) => {
  const { state } = account;
  const { objects } = prepareDescribed(state, ENVIRONMENT, DESCRIBED);
  expect(changedObjects(state, BUCKET, objects)).toEqual([]);
  change(state.s3.buckets.get(BUCKET)?.objects.versions as unknown as Map<string, unknown[]>);
  expect(changedObjects(state, BUCKET, objects)).toEqual(['plain']);
});
