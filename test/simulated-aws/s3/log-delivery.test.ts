import { logBucketPolicy } from '../../../lib/policy/log-bucket-policy';
import {
  importBucketConfiguration,
  mayDeliverLogs,
  type SimulatedAccount,
  startSimulatedAccount,
} from '../../../lib/simulated-aws';

const TARGET = 'the-logs';
const ACCOUNT = '111122223333';

let account: SimulatedAccount;

beforeAll(async () => {
  account = await startSimulatedAccount({ accountId: ACCOUNT, region: 'us-east-2' });
});

afterAll(() => account.stop());

const policyOf = (owner: string) =>
  JSON.stringify(logBucketPolicy({ partition: 'aws', account: owner, bucket: TARGET, sources: ['named'] }));
const KMS = {
  ServerSideEncryptionConfiguration: { Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } } },
};

test.each([
  ['arrive of a bucket that the policy names', 'named', policyOf(ACCOUNT), {}, true],
  ['arrive of no other bucket', 'another', policyOf(ACCOUNT), {}, false],
  ['arrive for no other account', 'named', policyOf('444455556666'), {}, false],
  ['arrive in no bucket that encrypts with KMS', 'named', policyOf(ACCOUNT), KMS, false],
])('logs %s', (_, source, policy, documents, expected) => {
  account.state.s3.buckets.delete(TARGET);
  importBucketConfiguration(account.state, TARGET, { policy, documents });
  expect(mayDeliverLogs(account.state, { source, target: TARGET })).toBe(expected);
});

test('logs arrive in no bucket without a policy, and in none that is not there', () => {
  account.state.s3.buckets.delete(TARGET);
  expect(mayDeliverLogs(account.state, { source: 'named', target: TARGET })).toBe(false);
  importBucketConfiguration(account.state, TARGET, {});
  expect(mayDeliverLogs(account.state, { source: 'named', target: TARGET })).toBe(false);
});
