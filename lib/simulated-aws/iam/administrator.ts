import { parsePolicy } from '../../iam';
import type { AccountState } from '../account-state';
import { newSecretAccessKey, newUniqueId } from './unique-id';

/** A long-term access key. */
export interface AccessKeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const userName = 'administrator';

/** The policy that AWS manages under this name: everything is allowed. */
const administratorAccess = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

/** Makes the user that the account begins with: it may do everything, with an access key that nobody else has. */
export function createAdministrator(account: AccountState): AccessKeyPair {
  const { accountId, partition, iam, randomBytes } = account;
  const policyArn = createAdministratorAccess(account);
  iam.users.set(userName, {
    name: userName,
    path: '/',
    id: newUniqueId('user', randomBytes),
    arn: `arn:${partition}:iam::${accountId}:user/${userName}`,
    createdAt: account.now(),
    tags: new Map(),
    attachedPolicyArns: [policyArn],
  });
  const pair = {
    accessKeyId: newUniqueId('access-key', randomBytes),
    secretAccessKey: newSecretAccessKey(randomBytes),
  };
  iam.accessKeys.set(pair.accessKeyId, { kind: 'user', secretAccessKey: pair.secretAccessKey, userName });
  return pair;
}

/** @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html */
function createAdministratorAccess({ partition, iam, now, randomBytes }: AccountState): string {
  const arn = `arn:${partition}:iam::aws:policy/AdministratorAccess`;
  const createdAt = now();
  iam.policies.set(arn, {
    name: 'AdministratorAccess',
    path: '/',
    id: newUniqueId('policy', randomBytes),
    arn,
    createdAt,
    updatedAt: createdAt,
    tags: new Map(),
    description: 'Provides full access to AWS services and resources.',
    defaultVersionId: 'v1',
    versions: [
      {
        versionId: 'v1',
        createdAt,
        document: {
          text: administratorAccess,
          parsed: parsePolicy(administratorAccess, 'AdministratorAccess', { kind: 'identity' }),
        },
      },
    ],
    nextVersionNumber: 2,
  });
  return arn;
}
