import {
  CreatePolicyVersionCommand,
  DetachRolePolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { GetKeyPolicyCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import type { PolicyDocument, PolicyStatement } from '../../lib/policy/document';
import { accountRootArn, roleName } from '../../lib/policy/resource-names';
import { type DeployedEnvironment, defaultEncryption, policyNameOf } from './deployed-environment';

/** Edits of the statements of a policy. */
export type Edit = (statements: readonly PolicyStatement[]) => readonly PolicyStatement[];

function edited(text: string | undefined, edit: Edit): string {
  const policy: PolicyDocument = JSON.parse(text ?? '');
  return JSON.stringify({ ...policy, Statement: edit(policy.Statement) });
}

/** Changes one of the role's policies, as the next default version of it. */
export async function editRolePolicy(live: DeployedEnvironment, kind: 's3' | 'kms', edit: Edit): Promise<void> {
  const { iam } = live.administrator;
  const PolicyArn = policyArnOf(live, kind);
  const read = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  const PolicyDocument = edited(decodeURIComponent(read.PolicyVersion?.Document ?? ''), edit);
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
}

export async function detachRolePolicy(live: DeployedEnvironment, kind: 's3' | 'kms'): Promise<void> {
  const { administrator, target } = live;
  const detach = new DetachRolePolicyCommand({ RoleName: roleName(target), PolicyArn: policyArnOf(live, kind) });
  await administrator.iam.send(detach);
}

export async function editTrust({ administrator, target }: DeployedEnvironment, edit: Edit): Promise<void> {
  const RoleName = roleName(target);
  const { Role } = await administrator.iam.send(new GetRoleCommand({ RoleName }));
  const PolicyDocument = edited(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''), edit);
  await administrator.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
}

export async function editBucketPolicy({ administrator, target }: DeployedEnvironment, edit: Edit): Promise<void> {
  const { bucket: Bucket } = target;
  const read = await administrator.s3.send(new GetBucketPolicyCommand({ Bucket }));
  const Policy = edited(read.Policy, edit);
  await administrator.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
}

export async function editKeyPolicy({ administrator, keyArn: KeyId }: DeployedEnvironment, edit: Edit): Promise<void> {
  const read = await administrator.kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
  const Policy = edited(read.Policy, edit);
  await administrator.kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy }));
}

/** Lets the role do whatever it likes with the account, and takes away everything else that could stop it. */
export async function openEverything(live: DeployedEnvironment): Promise<void> {
  const { administrator, target, keyArn } = live;
  const { bucket: Bucket } = target;
  const Principal = { AWS: accountRootArn(target) };
  await editRolePolicy(live, 's3', allowing('*', '*'));
  await editTrust(live, (statements) => [
    ...statements,
    { Sid: 'Open', Effect: 'Allow', Principal, Action: 'sts:AssumeRole' },
  ]);
  await editKeyPolicy(live, (statements) => [
    ...statements,
    { Sid: 'Open', Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' },
  ]);
  const encryption = defaultEncryption(keyArn, { isSseCBlocked: false });
  await administrator.s3.send(new PutBucketEncryptionCommand({ Bucket, ...encryption }));
  await administrator.s3.send(new DeleteBucketPolicyCommand({ Bucket }));
}

function policyArnOf({ target }: DeployedEnvironment, kind: 's3' | 'kms'): string {
  return `arn:${target.partition}:iam::${target.account}:policy${target.rolePath}${policyNameOf(target, kind)}`;
}

export const without =
  (sid: string): Edit =>
  (statements) => {
    const kept = statements.filter((statement) => statement.Sid !== sid);
    if (kept.length === statements.length) throw new Error(`there is no statement '${sid}' to leave out`);
    return kept;
  };

export const withoutAction =
  (action: string): Edit =>
  (statements) => {
    if (!statements.some(({ Action }) => [Action].flat().includes(action))) throw new Error(`nothing allows ${action}`);
    return statements
      .map((statement) => ({ ...statement, Action: [statement.Action].flat().filter((one) => one !== action) }))
      .filter(({ Action }) => Action.length > 0);
  };

/** One more statement that allows. */
export const allowing =
  (Action: string | readonly string[], Resource: string, Condition?: PolicyStatement['Condition']): Edit =>
  (statements) => [
    ...statements,
    { Sid: 'Defect', Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) },
  ];

/** One more statement that denies, for everybody in the policy of a resource. */
export const denying =
  (statement: Omit<PolicyStatement, 'Sid' | 'Effect'>): Edit =>
  (statements) => [...statements, { Sid: 'Defect', Effect: 'Deny', ...statement }];

/** Changes the statement of that name. */
export const changing =
  (sid: string, change: Partial<PolicyStatement>): Edit =>
  (statements) => {
    if (!statements.some((statement) => statement.Sid === sid)) throw new Error(`there is no statement '${sid}'`);
    return statements.map((statement) => (statement.Sid === sid ? { ...statement, ...change } : statement));
  };

export const onEverything: Edit = (statements) => statements.map((statement) => ({ ...statement, Resource: '*' }));

export const unconditionally: Edit = (statements) => statements.map(({ Condition: _, ...statement }) => statement);
