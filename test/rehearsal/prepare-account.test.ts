import { prepareAccount } from '../../lib/rehearsal/prepare-account';
import { type SimulatedAccount, startSimulatedAccount } from '../../lib/simulated-aws';
import { EXAMPLES, FIXTURES, loadExample } from '../support/examples';

let account: SimulatedAccount;

afterEach(() => account.stop());

async function prepare(folder: string, name: string, change: object = {}) {
  const environment = { ...loadExample(folder, name), ...change };
  account = await startSimulatedAccount({ ...environment, accountId: environment.account });
  return prepareAccount(account.state, environment);
}

test('assumes nothing about an environment that needs only another bucket, which it names', async () => {
  expect(await prepare(EXAMPLES, 'aes-256', { accessLog: undefined })).toEqual({
    otherBucket: 'example-other-bucket',
    assumed: [],
  });
  expect([...account.state.s3.buckets.keys()]).toEqual(['example-other-bucket']);
});

test('says that it made the other bucket up when the environment names none', async () => {
  const { otherBucket, assumed } = await prepare(EXAMPLES, 'aes-256', { accessLog: undefined, otherBucket: undefined });
  expect(otherBucket).toBe('other-bucket-of-111122223333');
  expect(assumed).toEqual([expect.stringContaining("'other-bucket-of-111122223333' was made")]);
});

test('says that the policy of an existing key is not known', async () => {
  const { assumed } = await prepare(FIXTURES, 'existing-key');
  expect(assumed).toEqual([expect.stringContaining('the existing key')]);
  expect([...account.state.kms.keys.keys()]).toEqual(['1234abcd-12ab-34cd-56ef-1234567890ab']);
});

test('makes the keys of earlier backups that are named, and leaves the created one to the stack', async () => {
  const { assumed } = await prepare(FIXTURES, 'former-keys');
  expect(assumed).toContainEqual(expect.stringContaining('the former key'));
  expect([...account.state.kms.keys.keys()]).toEqual(['1234abcd-12ab-34cd-56ef-1234567890ab']);
});

test('says that boundary and access log are made up', async () => {
  const { assumed } = await prepare(FIXTURES, 'every-option');
  expect(assumed).toEqual([
    expect.stringContaining("'example-access-logs'"),
    expect.stringContaining('the permissions boundary'),
  ]);
});

test('makes the role of a host that has one, and says that its policies are not known', async () => {
  const { assumed } = await prepare(EXAMPLES, 'existing-role');
  expect(assumed).toContainEqual(expect.stringContaining("'arn:aws:iam::111122223333:role/service/vault-instance'"));
  expect([...account.state.iam.roles.keys()]).toEqual(['vault-instance']);
});

test('makes the trust anchor that is named, and says that another authority stands in', async () => {
  const { assumed } = await prepare(FIXTURES, 'named-anchor');
  expect(assumed.slice(-2)).toEqual([
    expect.stringContaining('trust-anchor/0f5c1a2b-3c4d-4e5f-8a6b-7c8d9e0f1a2b'),
    'an authority of the same name stands in for the one that signs certificates of hosts',
  ]);
  expect([...account.state.rolesAnywhere.trustAnchors.keys()]).toEqual(['0f5c1a2b-3c4d-4e5f-8a6b-7c8d9e0f1a2b']);
});
