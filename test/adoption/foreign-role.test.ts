import { type Catalogue, loadServices } from '../../lib/catalogue';
import type { Environment } from '../../lib/config/environment';
import { keyUseStatement } from '../../lib/policy/key-policy';
import { accountRootArn, policyArn, roleName } from '../../lib/policy/resource-names';
import {
  importAlias,
  importBucket,
  importInstanceRole,
  importKey,
  importObject,
  importPolicy,
  startSimulatedAccount,
} from '../../lib/simulated-aws';
import { policyDocument } from '../simulated-aws/account';
import { administratorOf } from '../support/deploy-stack';
import { FIXTURES, loadExample } from '../support/examples';
import { examine, KEY_ARN, KEY_ID } from './estate';

const MADE = loadExample(FIXTURES, 'foreign-role');
const GIVEN: Environment = { ...MADE, encryption: { ...MADE.encryption, method: 'AWS-KMS', key: KEY_ARN } };
const OWN_ROLE = 'arn:aws:iam::111122223333:role/vault-instance';

const ADMINISTER = {
  ...{ Sid: 'Default', Effect: 'Allow', Action: 'kms:*', Resource: '*' },
  Principal: { AWS: accountRootArn(MADE) },
};

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

/** In an account with a bucket and a key that has a backup in it, a role of the same name, and an alias and a policy of the names that the stack would give them. */
async function examineWith(environment: Environment, keyStatements: readonly object[]) {
  const account = await startSimulatedAccount({ accountId: MADE.account, region: MADE.region });
  const { state } = account;
  importInstanceRole(state, OWN_ROLE);
  importBucket(state, MADE.bucket);
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [ADMINISTER, ...keyStatements] });
  importKey(state, { keyId: KEY_ID, policy });
  importAlias(state, `alias/${roleName(MADE)}`, KEY_ID);
  const allow = policyDocument({ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' });
  importPolicy(state, policyArn(MADE, 's3'), allow);
  importObject(state, MADE.bucket, {
    key: 'backup.zip',
    body: Buffer.from('backup'),
    encryption: { kind: 'aws:kms', keyArn: KEY_ARN, isBucketKeyEnabled: true, callerContext: {} },
  });
  try {
    const adoption = await examine({ ...administratorOf(account), account }, { catalogue, environment });
    const asked = account.requestLog.since(0).filter(({ eventName }) => /Role/.test(eventName));
    return { adoption, askedAboutRole: asked.map(({ eventName }) => eventName) };
  } finally {
    await account.stop();
  }
}

test('what exists for a role of another account is found, and nobody is asked about the role', async () => {
  const { adoption, askedAboutRole } = await examineWith(MADE, []);
  expect(askedAboutRole).toEqual([]);
  expect(adoption.exists).toEqual(['bucket', 'encryption', 'public-access-block', 'ownership', 'alias']);
  expect(adoption.makes).toEqual(['versioning', 'bucket-policy', 'lifecycle', 'access-log']);
  expect(adoption.notAssessed).toContain(
    'the role arn:aws:iam::444455556666:role/service/vault-instance itself, which only account 444455556666 can read: it is taken to have the policies that emit writes to host/',
  );
});

test.each([
  { name: 'lets it in', statements: [keyUseStatement(GIVEN, true)], verdict: 'same' },
  { name: 'leaves it out', statements: [], verdict: 'loses' },
])('a role of another account reads earlier backups by a key whose policy $name: $verdict', async (row) => {
  const { adoption } = await examineWith(GIVEN, row.statements);
  const verdicts = adoption.items.filter(({ id }) => id.startsWith('objects/')).map(({ verdict }) => verdict);
  expect(verdicts).toEqual([row.verdict]);
});
