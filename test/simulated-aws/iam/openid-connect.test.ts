import {
  AddClientIDToOpenIDConnectProviderCommand,
  CreateOpenIDConnectProviderCommand,
  DeleteOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListOpenIDConnectProviderTagsCommand,
  RemoveClientIDFromOpenIDConnectProviderCommand,
  TagOpenIDConnectProviderCommand,
  UntagOpenIDConnectProviderCommand,
  UpdateOpenIDConnectProviderThumbprintCommand,
} from '@aws-sdk/client-iam';
import type { SimulatedAccount } from '../../../lib/simulated-aws';
import { accountId, clientConfig, failure, startAccount } from '../account';

const Url = 'https://oidc.example.com/tenant';
const named = { OpenIDConnectProviderArn: `arn:aws:iam::${accountId}:oidc-provider/oidc.example.com/tenant` };
const thumbprint = 'cf23df2207d99a74fbe169e3eba035e633b65d94';
const otherThumbprint = '990f4193972f2becf12ddeda5237f9c952f20d9e';

let account: SimulatedAccount;
let iam: IAMClient;

beforeAll(async () => {
  account = await startAccount();
  iam = new IAMClient(clientConfig(account));
});

beforeEach(() => account.state.iam.openIdConnectProviders.clear());

afterAll(async () => {
  iam.destroy();
  await account.stop();
});

const create = (input: object = {}) =>
  iam.send(
    new CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ['one'], ThumbprintList: [thumbprint], ...input }),
  );

async function read() {
  const { $metadata: _metadata, ...provider } = await iam.send(new GetOpenIDConnectProviderCommand(named));
  return provider;
}

test('a provider comes back as it was created', async () => {
  const Tags = [{ Key: 'Team', Value: 'Backup' }];
  expect(await create({ Tags })).toMatchObject({ ...named, Tags });
  expect(await read()).toEqual({
    Url: 'oidc.example.com/tenant',
    ClientIDList: ['one'],
    ThumbprintList: [thumbprint],
    CreateDate: expect.any(Date),
    Tags,
  });
  const { OpenIDConnectProviderList } = await iam.send(new ListOpenIDConnectProvidersCommand({}));
  expect(OpenIDConnectProviderList).toEqual([{ Arn: named.OpenIDConnectProviderArn }]);
});

test('its clients are added once and removed, and its thumbprints are replaced', async () => {
  await create();
  for (const ClientID of ['two', 'two', 'one']) {
    await iam.send(new AddClientIDToOpenIDConnectProviderCommand({ ...named, ClientID }));
  }
  expect((await read()).ClientIDList).toEqual(['one', 'two']);
  for (const ClientID of ['one', 'none']) {
    await iam.send(new RemoveClientIDFromOpenIDConnectProviderCommand({ ...named, ClientID }));
  }
  await iam.send(new UpdateOpenIDConnectProviderThumbprintCommand({ ...named, ThumbprintList: [otherThumbprint] }));
  expect(await read()).toMatchObject({ ClientIDList: ['two'], ThumbprintList: [otherThumbprint] });
});

test('its tags are put and removed', async () => {
  await create();
  const Tags = [{ Key: 'a', Value: '1' }];
  await iam.send(new TagOpenIDConnectProviderCommand({ ...named, Tags }));
  expect((await iam.send(new ListOpenIDConnectProviderTagsCommand(named))).Tags).toEqual(Tags);
  await iam.send(new UntagOpenIDConnectProviderCommand({ ...named, TagKeys: ['A'] }));
  expect((await iam.send(new ListOpenIDConnectProviderTagsCommand(named))).Tags).toEqual([]);
});

test('it is deleted, even when it is not there', async () => {
  await create();
  await iam.send(new DeleteOpenIDConnectProviderCommand(named));
  await iam.send(new DeleteOpenIDConnectProviderCommand(named));
  expect(await failure(read())).toMatchObject({ code: 'NoSuchEntityException' });
});

test.each([
  ['a URL without https', { Url: 'http://oidc.example.com' }, 'ValidationError'],
  ['a URL with a port', { Url: 'https://oidc.example.com:8443' }, 'ValidationError'],
  ['a URL with a query', { Url: 'https://oidc.example.com/?tenant=1' }, 'ValidationError'],
  ['an empty client', { ClientIDList: [''] }, 'ValidationError'],
  ['six thumbprints', { ThumbprintList: Array.from({ length: 6 }, () => thumbprint) }, 'InvalidInputException'],
  ['a malformed thumbprint', { ThumbprintList: ['z'.repeat(40)] }, 'InvalidInputException'],
  // IAM would fetch it from the provider.
  ['no thumbprint', { ThumbprintList: [] }, 'NotImplemented'],
])('it is not created with %s', async (_what, input, code) => {
  expect((await failure(create(input))).code).toBe(code);
  expect(account.state.iam.openIdConnectProviders.size).toBe(0);
});
