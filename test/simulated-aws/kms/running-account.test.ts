import {
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  KMSClient,
  RotateKeyOnDemandCommand,
} from '@aws-sdk/client-kms';
import { type SimulatedAccount, startSimulatedAccount } from '../../../lib/simulated-aws';
import { accountId, failure, region } from './account';

let account: SimulatedAccount;
let client: KMSClient;

beforeAll(async () => {
  account = await startSimulatedAccount({ accountId, region });
  const credentials = account.administrator;
  client = new KMSClient({ region, endpoint: account.plainEndpoint, credentials, maxAttempts: 1 });
});

afterAll(async () => {
  client.destroy();
  await account.stop();
});

test('a key is created, used and logged over the wire', async () => {
  const before = account.requestLog.count;
  const { KeyMetadata: key } = await client.send(new CreateKeyCommand({ Description: 'Schlüssel' }));
  const { CiphertextBlob } = await client.send(
    new EncryptCommand({ KeyId: key?.KeyId, Plaintext: Buffer.from('text') }),
  );
  const { Plaintext = [] } = await client.send(new DecryptCommand({ CiphertextBlob }));
  await client.send(new EnableKeyCommand({ KeyId: key?.Arn }));
  expect([key?.Description, Buffer.from(Plaintext).toString()]).toEqual(['Schlüssel', 'text']);
  const logged = account.requestLog.since(before).map(({ eventSource, eventName }) => `${eventSource} ${eventName}`);
  expect(logged).toEqual(['CreateKey', 'Encrypt', 'Decrypt', 'EnableKey'].map((name) => `kms.amazonaws.com ${name}`));
});

test.each([
  ['NotFoundException', 400, () => new DescribeKeyCommand({ KeyId: '11111111-2222-4333-8444-555555555555' })],
  ['NotImplemented', 501, () => new RotateKeyOnDemandCommand({ KeyId: 'any' })],
])('the client gets %s with status %d', async (code, status, command) => {
  expect(await failure(client.send(command() as DescribeKeyCommand))).toMatchObject({ code, status });
});
