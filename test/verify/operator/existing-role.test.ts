import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  DetachRolePolicyCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import type { Verification } from '../../../lib/verify/result/verification';
import { type Deployed, deploy, idsOf, startAccounts, stopAccounts, verifyDeployed } from './deployed-stacks';

const RoleName = 'vault-instance';

beforeAll(() => startAccounts(['existing-role']));

afterAll(stopAccounts);

const policy = (Action: string, Resource = '*') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'More', Effect: 'Allow', Action, Resource }] });

const detailOf = ({ checks }: Verification, wanted: string) => checks.find(({ id }) => id === wanted)?.detail;

const toBucket = ({ config }: Deployed) => config.aws.bucketArn;

test('passes an existing role, whatever it may do elsewhere, and asks nothing about whom it trusts', async () => {
  const deployed = await deploy('existing-role');
  const { iam } = deployed.administrator;
  await iam.send(
    new PutRolePolicyCommand({ RoleName, PolicyName: 'logs', PolicyDocument: policy('logs:PutLogEvents') }),
  );
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'queues', PolicyDocument: policy('sqs:SendMessage') }),
  );
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }));
  const verification = await verifyDeployed(deployed);
  expect(verification.checks.filter(({ result }) => result !== 'pass')).toEqual([]);
  expect(verification.checks.map(({ id }) => id)).not.toEqual(expect.arrayContaining(['role-trust']));
  expect(verification.checks.map(({ id }) => id)).not.toEqual(expect.arrayContaining(['instance-profile']));
  expect(detailOf(verification, 'role-attachments')).toMatch(
    /^It also carries .*policy\/queues, which changes nothing/,
  );
  expect(detailOf(verification, 'role-inline-policies')).toMatch(/^It also carries inline policy logs, which changes/);
});

test.each<{ name: string; caughtBy: string; says: string; make: (deployed: Deployed) => Promise<unknown> }>([
  {
    name: 'an inline policy about the bucket',
    caughtBy: 'role-inline-policies',
    says: 'The role carries inline policy more: the role can now do s3:PutBucketPolicy',
    make: (deployed) =>
      deployed.administrator.iam.send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: 'more',
          PolicyDocument: policy('s3:PutBucketPolicy', toBucket(deployed)),
        }),
      ),
  },
  {
    name: 'a policy of the environment that nobody attached',
    caughtBy: 'role-attachments',
    says: '-s3 is not attached.',
    make: ({ administrator, config }) => {
      const [PolicyArn] = config.host.kind === 'existing-role' ? config.host.policyArns : [];
      return administrator.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    },
  },
])('catches $name', async ({ caughtBy, says, make }) => {
  const deployed = await deploy('existing-role');
  await make(deployed);
  const verification = await verifyDeployed(deployed);
  expect(idsOf(verification, 'fail')).toEqual([caughtBy]);
  expect(detailOf(verification, caughtBy)).toContain(says);
});
