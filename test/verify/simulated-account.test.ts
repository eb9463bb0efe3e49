import { randomUUID } from 'node:crypto';
import { connectAws } from '../../lib/aws/connect';
import type { PolicyDocument, PolicyStatement } from '../../lib/policy/document';
import type { PolicyTarget } from '../../lib/policy/target';
import { type SimulatedAccount, startSimulatedAccount } from '../../lib/simulated-aws';
import { importBucket } from '../../lib/simulated-aws/s3';
import { verify } from '../../lib/verify/verify';
import { type Defect, deployEnvironment } from './deployed-environment';

const ACCOUNT = '111122223333';
const REGION = 'us-east-2';
const OTHER_BUCKET = 'acme-payroll';

let account: SimulatedAccount;
const saved = { ...process.env };

beforeAll(async () => {
  account = await startSimulatedAccount({ accountId: ACCOUNT, region: REGION });
  importBucket(account.state, OTHER_BUCKET);
});

afterAll(async () => {
  process.env = saved;
  await account.stop();
});

let lastNumber = 0;

function newTarget(): PolicyTarget {
  const name = `acme-${++lastNumber}`;
  return { name, partition: 'aws', account: ACCOUNT, region: REGION, bucket: `${name}-backup`, rolePath: '/vault/' };
}

/** Verifies a new environment on a host that carries its instance profile and no key, and leaves all as it was. */
async function verifyDeployed(method: 'AES-256' | 'AWS-KMS', defect: Defect = (good) => good) {
  const config = await deployEnvironment(account, newTarget(), { method, defect });
  const host = await account.startHost();
  host.attachInstanceProfile(config.aws.instanceProfileArn);
  process.env = {
    PATH: saved.PATH,
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: host.metadataEndpoint,
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  };
  const before = stateOf(account);
  const aws = connectAws({ region: REGION, caCertificatesPem: account.caCertificatePem });
  try {
    const verification = await verify({
      config,
      aws,
      otherBucket: OTHER_BUCKET,
      now: () => new Date(),
      randomId: randomUUID,
      timeoutMs: 0,
    });
    expect(stateOf(account)).toEqual(before);
    return verification;
  } finally {
    aws.close();
  }
}

type Statements = (statements: readonly PolicyStatement[]) => readonly PolicyStatement[];

const change = (policy: PolicyDocument, edit: Statements): PolicyDocument => ({
  ...policy,
  Statement: edit(policy.Statement),
});

const without =
  (sid: string): Statements =>
  (statements) => {
    const kept = statements.filter((statement) => statement.Sid !== sid);
    if (kept.length === statements.length) throw new Error(`there is no statement '${sid}' to leave out`);
    return kept;
  };

const withoutAction =
  (action: string): Statements =>
  (statements) =>
    statements.map((statement) => ({
      ...statement,
      Action: [statement.Action].flat().filter((one) => one !== action),
    }));

const onEverything: Statements = (statements) => statements.map((statement) => ({ ...statement, Resource: '*' }));

const allowEverything: Statements = (statements) => [
  ...statements,
  { Sid: 'Defect', Effect: 'Allow', Action: '*', Resource: '*' },
];

const unconditionally: Statements = (statements) => statements.map(({ Condition: _, ...statement }) => statement);

describe('against the simulated account', () => {
  test.each(['AES-256', 'AWS-KMS'] as const)('a good environment with %s passes in full', async (method) => {
    const verification = await verifyDeployed(method);
    expect(verification.checks.filter((one) => one.result !== 'pass')).toEqual([]);
    expect(verification).toMatchObject({
      verdict: 'pass',
      simulated: true,
      account: ACCOUNT,
      role: expect.stringMatching(`^arn:aws:sts::${ACCOUNT}:assumed-role/vault-backup-acme-`),
      leftovers: [],
      notExercised: [],
    });
  });

  test.each<{ name: string; method: 'AES-256' | 'AWS-KMS'; defect: Defect; fails: readonly string[] }>([
    {
      name: 'no denial of plain HTTP',
      method: 'AES-256',
      defect: (good) => ({ ...good, bucket: change(good.bucket, without('DenyPlainHttp')) }),
      fails: ['plain-http'],
    },
    {
      name: 'a resource widened to *',
      method: 'AES-256',
      defect: (good) => ({ ...good, s3: change(good.s3, onEverything) }),
      fails: ['other-bucket'],
    },
    {
      name: 'no kms:Decrypt',
      method: 'AWS-KMS',
      defect: (good) => ({ ...good, kms: good.kms && change(good.kms, withoutAction('kms:Decrypt')) }),
      fails: ['object-get', 'multipart-upload'],
    },
    {
      name: 'default encryption without the key, versioning suspended, no denial of the other method',
      method: 'AWS-KMS',
      defect: (good) => ({
        ...good,
        isEncryptedWithKey: false,
        versioning: 'Suspended',
        bucket: change(good.bucket, without('DenyWrongEncryption')),
      }),
      fails: ['versioning-state', 'object-encryption', 'wrong-encryption-header'],
    },
    {
      name: 'a role that may do everything, in a bucket that denies nothing but HTTP',
      method: 'AES-256',
      defect: (good) => ({
        ...good,
        s3: change(good.s3, allowEverything),
        bucket: change(good.bucket, (statements) => statements.slice(0, 1)),
        isSseCBlocked: false,
      }),
      fails: [
        'wrong-encryption-header',
        'customer-provided-key',
        'object-acl',
        'other-bucket',
        'read-bucket-policy',
        'change-bucket-policy',
        'administer-iam',
        'administer-kms',
      ],
    },
    {
      name: 'a key that is used and administered directly',
      method: 'AWS-KMS',
      defect: (good) => ({
        ...good,
        kms: good.kms && change(good.kms, allowEverything),
        key: change(good.key, unconditionally),
      }),
      fails: [
        'object-acl',
        'direct-key-use',
        'other-bucket',
        'read-bucket-policy',
        'change-bucket-policy',
        'administer-iam',
        'administer-kms',
      ],
    },
  ])('$name fails, is named, and changes nothing', async ({ method, defect, fails }) => {
    const verification = await verifyDeployed(method, defect);
    expect(verification.verdict).toBe('fail');
    expect(verification.checks.filter((one) => one.result === 'fail').map((one) => one.id)).toEqual(fails);
    expect(verification.leftovers).toEqual([]);
  });
});

/** Everything that the account holds, except for sessions and for the key that AWS makes on the first use of SSE-KMS. */
function stateOf({ state }: SimulatedAccount): string {
  const { accessKeys: _sessions, ...iam } = state.iam;
  const keys = [...state.kms.keys.values()].filter((key) => key.manager === 'CUSTOMER');
  const buckets = [...state.s3.buckets.values()].map(({ objects, ...bucket }) => ({
    ...bucket,
    versions: objects.versions,
  }));
  return JSON.stringify({ iam, keys, buckets }, (_name, value) => (value instanceof Map ? [...value] : value), 1);
}
