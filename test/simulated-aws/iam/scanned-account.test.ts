import * as sdk from '@aws-sdk/client-iam';
import { IAMClient } from '@aws-sdk/client-iam';
import type { SimulatedAccount } from '../../../lib/simulated-aws';
import { accountId, clientConfig, policyDocument, startAccount } from '../account';

let account: SimulatedAccount;
let iam: IAMClient;

beforeAll(async () => {
  account = await startAccount();
  iam = new IAMClient(clientConfig(account));
});

afterAll(async () => {
  iam.destroy();
  await account.stop();
});

describe('an account that is scanned', () => {
  test('has a credential report on the root user and on each user with its keys', async () => {
    const { Content } = await iam.send(new sdk.GetCredentialReportCommand({}));
    const [head = '', root = '', administrator = '', ...others] = Buffer.from(Content ?? [])
      .toString()
      .split('\n');
    const read = (line: string) =>
      Object.fromEntries(head.split(',').map((name, index) => [name, line.split(',')[index]]));
    expect(others).toEqual([]);
    expect(read(root)).toMatchObject({
      user: '<root_account>',
      arn: `arn:aws:iam::${accountId}:root`,
      password_enabled: 'not_supported',
      mfa_active: 'false',
      access_key_1_active: 'false',
      cert_2_last_rotated: 'N/A',
    });
    expect(read(administrator)).toMatchObject({
      user: 'administrator',
      arn: `arn:aws:iam::${accountId}:user/administrator`,
      password_enabled: 'false',
      access_key_1_active: 'true',
      access_key_1_last_rotated: expect.stringMatching(/^\d{4}-/),
      access_key_1_last_used_service: 'N/A',
      access_key_2_active: 'false',
    });
  });

  test.each(['SecurityAudit', 'AWSSupportAccess', 'AWSCloudShellFullAccess'])(
    'attaches %s of AWS to no one',
    async (name) => {
      const PolicyArn = `arn:aws:iam::aws:policy/${name}`;
      expect(await iam.send(new sdk.ListEntitiesForPolicyCommand({ PolicyArn }))).toMatchObject({
        PolicyGroups: [],
        PolicyUsers: [],
        PolicyRoles: [],
        IsTruncated: false,
      });
    },
  );

  test.each([
    ['one service', 's3:GetObject', ['s3']],
    ['a pattern for one service', 'kms:*', ['kms']],
    ['every service', '*', ['iam', 'kms', 'rolesanywhere', 's3', 'sts']],
    ['a service that is not simulated', 'ec2:*', []],
  ])('lists the services that a policy for %s allows', async (_, Action, namespaces) => {
    const document = policyDocument({ Effect: 'Allow', Action, Resource: '*' });
    const PolicyName = `for-${namespaces.join('-') || 'none'}`;
    const { Policy } = await iam.send(new sdk.CreatePolicyCommand({ PolicyName, PolicyDocument: document }));
    const { JobId } = await iam.send(new sdk.GenerateServiceLastAccessedDetailsCommand({ Arn: Policy?.Arn }));
    const { ServicesLastAccessed } = await iam.send(new sdk.GetServiceLastAccessedDetailsCommand({ JobId }));
    expect(ServicesLastAccessed?.map(({ ServiceNamespace }) => ServiceNamespace)).toEqual(namespaces);
  });
});
