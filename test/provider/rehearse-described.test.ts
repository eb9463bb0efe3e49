import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { runVaultEnv } from '../e2e/run-vault-env';
import { HALF_AN_HOUR_MS } from './provider-run';

const BUCKET = 'acme-backups-of-ten-years';
const KEY = 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const STATEMENT = {
  ...{ Sid: 'Partner', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:root' } },
  ...{ Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/*` },
};

const FILE = {
  label: 'Acme',
  account: '111122223333',
  region: 'us-east-2',
  bucket: BUCKET,
  encryption: { method: 'AES-256', former: [KEY] },
  host: { kind: 'ec2' },
  noncurrentVersionDays: 3650,
  tags: { team: 'crm' },
  bucketPolicy: { keep: [{ reason: 'reads backups', owner: 'backup team', statement: STATEMENT }] },
  otherBucket: 'another-bucket',
  adopt: ['bucket', 'versioning', 'encryption', 'public-access-block', 'ownership', 'bucket-policy', 'lifecycle'],
};

/** As adopt --format json writes it. */
const REPORT = {
  version: 1,
  environment: 'acme',
  ...{ account: FILE.account, region: FILE.region, bucket: BUCKET, verdict: 'fail', operator: 'arn' },
  ...{ exists: [], imports: [], makes: [], items: [], doubts: [], answeredBy: [], notAssessed: [], warnings: [] },
  described: {
    policy: JSON.stringify({ Version: '2012-10-17', Statement: [STATEMENT] }),
    versioning: 'Enabled',
    objectOwnership: 'ObjectWriter',
    tags: { team: 'crm' },
    lifecycleRules: [
      {
        ...{ id: 'cold', status: 'Enabled', filter: [{}] },
        noncurrent_version_expiration: [{ noncurrent_days: 3650 }],
        transition: [{ days: 90, storage_class: 'GLACIER' }],
      },
    ],
    objects: Array.from({ length: 20 }, (_, index) => ({
      key: `org/${index}`,
      ...(index % 4 === 0
        ? { method: 'aws:kms', keyArn: KEY, bucketKey: true }
        : { method: 'AES256', bucketKey: false }),
    })),
  },
};

describeWithProvider('a bucket that adopt described', () => {
  test(
    'is built first in a rehearsal, taken over, verified, and keeps every object',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'described-'));
      try {
        writeFileSync(join(folder, 'acme.yaml'), JSON.stringify(FILE));
        writeFileSync(join(folder, 'adopt.json'), JSON.stringify(REPORT));
        const flags = ['--environments', folder, '--described', join(folder, 'adopt.json'), '--format', 'json'];
        const { stdout, stderr } = await runVaultEnv(['rehearse', 'acme', ...flags]);
        const [{ steps, assumed }] = JSON.parse(stdout || '{"environments":[{}]}').environments;
        expect({
          stderr,
          steps: steps.map(({ id, result }: { id: string; result: string }) => `${id}: ${result}`),
        }).toEqual({
          stderr: expect.anything(),
          steps: [
            ...['synthesize', 'start-account', 'init', 'apply', 'second-plan', 'emit'],
            ...['compare-objects', 'host', 'verify', 'compare'],
          ].map((id) => `${id}: pass`),
        });
        expect(assumed).toContain('the bucket was built as it was described, with 20 objects whose bytes are made up');
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    HALF_AN_HOUR_MS,
  );
});
