import { randomUUID } from 'node:crypto';
import { PutBucketEncryptionCommand } from '@aws-sdk/client-s3';
import { connectAws } from '../../lib/aws/connect';
import { connectControlPlane } from '../../lib/aws/control-plane';
import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { hostFiles } from '../../lib/host-files';
import {
  type AccountState,
  attachPolicy,
  importAlias,
  importBucket,
  importInstanceRole,
  importPolicy,
  requireAccount,
  type SimulatedAccount,
  startSimulatedAccount,
} from '../../lib/simulated-aws';
import { regionsAsked } from '../../lib/verify/check-kit/regions-asked';
import { verifyAsOperator } from '../../lib/verify/operator/verify-as-operator';
import type { Verification } from '../../lib/verify/result/verification';
import { verify } from '../../lib/verify/verify';
import { type Administrator, administratorOf, deployStack } from '../support/deploy-stack';
import { foreignRoleEnvironment } from '../support/foreign-role';
import { synthesizeStack } from '../support/synthesize';
import { ALL_BUT_POSITIVES, allBut } from './all-but';
import type { DeployedEnvironment } from './deployed-environment';
import { type Edit, editBucketPolicy, editKeyPolicy, without } from './edit-policies';

const OWNER = '444455556666';
const OTHER_ROLE = `arn:aws:iam::${OWNER}:role/service/another-instance`;
const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const TEXT = synthesizeStack(foreignRoleEnvironment()).text;
const saved = { ...process.env };

interface Live {
  readonly account: SimulatedAccount;
  readonly owner: AccountState;
  readonly administrator: Administrator;
  readonly config: BackupEnvironment;
}

let live: Live;
let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

beforeEach(async () => {
  const [region = '', ...otherRegions] = regionsAsked('us-east-2');
  const account = await startSimulatedAccount({
    ...{ accountId: '111122223333', otherAccountIds: [OWNER], region, otherRegions },
  });
  const owner = requireAccount(account.accounts, OWNER, region);
  const administrator = administratorOf(account);
  for (const name of ['example-other-bucket', 'example-access-logs']) importBucket(account.state, name);
  const config = await deployStack(administrator, TEXT);
  importInstanceRole(owner, config.aws.roleArn);
  importInstanceRole(owner, OTHER_ROLE);
  for (const { name, text } of hostFiles(config).filter((file) => file.name.endsWith('.json'))) {
    give(owner, config.aws.roleArn, name.replace(/^host\//, ''), text);
  }
  live = { account, owner, administrator, config };
});

afterEach(async () => {
  process.env = saved;
  await live.account.stop();
});

function give(owner: AccountState, roleArn: string, name: string, text: string): void {
  const arn = `arn:aws:iam::${OWNER}:policy/${name.replace('.json', '')}`;
  importPolicy(owner, arn, text);
  attachPolicy(owner, roleArn, arn);
}

const settings = { AWS_CONFIG_FILE: '/nonexistent', AWS_SHARED_CREDENTIALS_FILE: '/nonexistent' };
const common = { now: () => new Date(), randomId: randomUUID, acceptsOtherEndpoints: true };

async function verifyOnHost({
  roleArn = live.config.aws.roleArn,
  without = [],
}: {
  readonly roleArn?: string;
  readonly without?: readonly string[];
} = {}): Promise<Verification> {
  const { account, owner, config } = live;
  const host = await account.startHost({ account: owner });
  host.attachInstanceProfile(roleArn.slice(roleArn.lastIndexOf('/') + 1));
  const AWS_EC2_METADATA_SERVICE_ENDPOINT = host.metadataEndpoint;
  process.env = {
    PATH: saved.PATH,
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_EC2_METADATA_SERVICE_ENDPOINT,
    ...settings,
  };
  const aws = connectAws({ region: 'us-east-2', caCertificatesPem: account.caCertificatePem });
  try {
    const options = { otherBucket: 'example-other-bucket', timeoutMs: 0, settleMs: 0, without };
    return await verify({ config, ...options, ...common, aws });
  } finally {
    aws.close();
  }
}

async function verifyFromOutside(): Promise<Verification> {
  const { account, config } = live;
  const { accessKeyId, secretAccessKey } = account.administrator;
  const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  process.env = { PATH: saved.PATH, AWS_ENDPOINT_URL: account.endpoint, ...keys, ...settings };
  const controlPlane = connectControlPlane({ region: 'us-east-2', caCertificatesPem: account.caCertificatePem });
  try {
    return await verifyAsOperator({
      config,
      stack: { text: TEXT, file: 'cdk.tf.json' },
      controlPlane,
      catalogue,
      ...common,
    });
  } finally {
    controlPlane.close();
  }
}

const failedIn = ({ checks }: Verification) => checks.filter(({ result }) => result !== 'pass').map(({ id }) => id);

describe('a role of another account that has the policies which emit wrote', () => {
  test('is not asked about from outside, where a role of its name is another one', async () => {
    importInstanceRole(live.account.state, live.config.aws.roleArn.replace(OWNER, '111122223333'));
    const before = live.account.requestLog.count;
    const verification = await verifyFromOutside();
    expect({ failed: failedIn(verification), verdict: verification.verdict }).toEqual({ failed: [], verdict: 'pass' });
    expect(verification.checks.map(({ id }) => id).filter((id) => /^role|holders/.test(id))).toEqual([]);
    expect(verification.notAssessed?.[0]).toMatch(
      /^the role arn:aws:iam::444455556666:.* itself, which only account 444455556666 can read: .*; not asked: role-settings, role-attachments/,
    );
    const asked = live.account.requestLog.since(before).map(({ eventSource }) => eventSource);
    expect(asked.filter((source) => source.startsWith('iam.'))).toEqual([]);
  });

  test('passes on the host', async () => {
    const verification = await verifyOnHost();
    expect({ failed: failedIn(verification), verdict: verification.verdict }).toEqual({ failed: [], verdict: 'pass' });
    expect(verification.checks.map(({ id }) => id)).toContain('key-left-out');
    expect(verification.role).toContain(`arn:aws:sts::${OWNER}:assumed-role/vault-instance/`);
  });

  test.each<{ name: string; onHost?: string; fromOutside?: string; make: () => unknown }>([
    {
      name: 'the bucket policy lets in all of the account of the role',
      fromOutside: 'bucket-policy',
      make: () => editBucketPolicy(asDeployed(), unheld),
    },
    {
      name: 'the key policy lets in all of the account of the role',
      fromOutside: 'key-policy',
      make: () => editKeyPolicy(asDeployed(), unheld),
    },
    {
      name: 'the bucket policy names the role without its path',
      onHost: 'object-put',
      fromOutside: 'bucket-policy',
      make: () => editBucketPolicy(asDeployed(), withoutPath),
    },
    {
      name: 'the key policy names the role without its path',
      onHost: 'object-put',
      fromOutside: 'key-policy',
      make: () => editKeyPolicy(asDeployed(), withoutPath),
    },
    {
      name: 'default encryption names the key of AWS',
      onHost: 'object-encryption',
      fromOutside: 'bucket-encryption',
      make: () => encryptUnder('alias/aws/s3'),
    },
    {
      name: 'default encryption names no key',
      onHost: 'object-encryption',
      fromOutside: 'bucket-encryption',
      make: () => encryptUnder(undefined),
    },
    {
      name: 'default encryption names an alias, which is looked up in the account of the role',
      onHost: 'object-put',
      fromOutside: 'bucket-encryption',
      make: () => {
        const { account, config } = live;
        importAlias(account.state, 'alias/backups', config.aws.keyArn ?? '');
        return encryptUnder('alias/backups');
      },
    },
    {
      name: 'the key policy no longer lets the role in',
      onHost: 'object-put',
      fromOutside: 'key-policy',
      make: () => editKeyPolicy(asDeployed(), without('UseKeyThroughS3')),
    },
    {
      name: 'the bucket policy no longer lets the role in',
      onHost: 'object-put',
      fromOutside: 'bucket-policy',
      make: () => editBucketPolicy(asDeployed(), without('ReadAndWriteBackups')),
    },
    {
      name: 'the owner of the role takes its policies away',
      onHost: 'object-put',
      make: () => {
        const role = live.owner.iam.roles.get('vault-instance');
        if (role !== undefined) live.owner.iam.roles.set(role.name, { ...role, attachedPolicyArns: [] });
      },
    },
    {
      name: 'an upload under KMS that names no key is let through',
      onHost: 'key-left-out',
      fromOutside: 'bucket-policy',
      make: () => editBucketPolicy(asDeployed(), without('DenyKeyLeftOut')),
    },
  ])('fails when $name', async ({ make, onHost, fromOutside }) => {
    await make();
    const without = onHost === undefined ? ['multipart-upload'] : allBut(onHost);
    expect(failedIn(await verifyOnHost({ without }))).toEqual([onHost ?? []].flat());
    expect(failedIn(await verifyFromOutside())).toEqual(fromOutside === undefined ? [] : [fromOutside]);
  });
});

test('another role of the same account reaches nothing, whatever its own policies allow', async () => {
  give(live.owner, OTHER_ROLE, 'everything', JSON.stringify(EVERYTHING));
  const { checks } = await verifyOnHost({ roleArn: OTHER_ROLE, without: ALL_BUT_POSITIVES });
  const passed = checks.filter(({ result }) => result === 'pass').map(({ id }) => id);
  expect(passed).toEqual([]);
});

/** What lets the role in, with another condition on who calls. */
const holding =
  (edit: (held: string) => object): Edit =>
  (statements) => {
    const changed = statements.map((statement) => {
      const { ArnEquals, ...others } = (statement.Condition ?? {}) as Readonly<Record<string, Record<string, string>>>;
      const held = ArnEquals?.['aws:PrincipalArn'];
      if (statement.Effect !== 'Allow' || held === undefined) return statement;
      return { ...statement, Condition: { ...others, ...edit(held) } };
    });
    if (JSON.stringify(changed) === JSON.stringify(statements)) throw new Error('nothing names the role');
    return changed as ReturnType<Edit>;
  };

const unheld = holding(() => ({}));
const withoutPath = holding((held) => ({ ArnEquals: { 'aws:PrincipalArn': held.replace('service/', '') } }));

/** Makes it the default of the bucket. */
function encryptUnder(keyId: string | undefined): Promise<unknown> {
  const { administrator, config } = live;
  const ApplyServerSideEncryptionByDefault = {
    SSEAlgorithm: 'aws:kms' as const,
    ...(keyId !== undefined && { KMSMasterKeyID: keyId }),
  };
  return administrator.s3.send(
    new PutBucketEncryptionCommand({
      Bucket: config.form.bucketName,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled: true }],
      },
    }),
  );
}

function asDeployed(): DeployedEnvironment {
  const { administrator, config } = live;
  const target = { bucket: config.form.bucketName };
  return { administrator, target, keyArn: config.aws.keyArn } as unknown as DeployedEnvironment;
}
