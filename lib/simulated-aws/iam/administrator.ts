import type { AccountState } from '../state/account-state';
import { addManagedPolicy } from './entities/managed-policy';
import { readPermissionsPolicy } from './entities/policy-document';
import { newSecretAccessKey, newUniqueId } from './entities/unique-id';

/** A long-term access key. */
export interface AccessKeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const USER_NAME = 'administrator';

/** The policy that AWS manages under this name: everything is allowed. */
const ADMINISTRATOR_ACCESS = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

/** The access key of the user that the account begins with: it may do everything. It is made when it is not there. */
export function findAdministrator(account: AccountState): AccessKeyPair {
  for (const [accessKeyId, key] of account.iam.accessKeys) {
    if (key.kind === 'user' && key.userName === USER_NAME) return { accessKeyId, secretAccessKey: key.secretAccessKey };
  }
  return createAdministrator(account);
}

/** Makes that user, with an access key that nobody else has. */
function createAdministrator(account: AccountState): AccessKeyPair {
  const { accountId, partition, iam, randomBytes } = account;
  const policyArn = createAdministratorAccess(account);
  iam.users.set(USER_NAME, {
    name: USER_NAME,
    path: '/',
    id: newUniqueId('user', randomBytes),
    arn: `arn:${partition}:iam::${accountId}:user/${USER_NAME}`,
    createdAt: account.now(),
    tags: new Map(),
    attachedPolicyArns: [policyArn],
  });
  const pair = {
    accessKeyId: newUniqueId('access-key', randomBytes),
    secretAccessKey: newSecretAccessKey(randomBytes),
  };
  iam.accessKeys.set(pair.accessKeyId, { kind: 'user', secretAccessKey: pair.secretAccessKey, userName: USER_NAME });
  return pair;
}

/** @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html */
function createAdministratorAccess(account: AccountState): string {
  const { arn } = addManagedPolicy(account, {
    arn: `arn:${account.partition}:iam::aws:policy/AdministratorAccess`,
    name: 'AdministratorAccess',
    path: '/',
    document: readPermissionsPolicy(ADMINISTRATOR_ACCESS, 'AdministratorAccess'),
    description: 'Provides full access to AWS services and resources.',
  });
  return arn;
}
