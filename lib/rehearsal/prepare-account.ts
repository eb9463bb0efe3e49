import { CREATED_KEY } from '../config/encryption/schema';
import type { Environment } from '../config/environment';
import { keyUseStatement } from '../policy/key-policy';
import { accountRootArn, isForeignRole } from '../policy/resource-names';
import { type AccountState, importBucket, importKey, importPolicy } from '../simulated-aws';
import { prepareHost } from './hosts';
import { prepareAdopted } from './prepare-adopted';

/** Facts about the prepared account that verification and the report need. */
export interface Preparation {
  readonly otherBucket: string;
  /** Assumptions, a sentence each. */
  readonly assumed: readonly string[];
}

/**
 * Makes what the environment expects to be in the account already: its existing key and former ones, the bucket of the access log,
 * the permissions boundary, the role of its host, what it takes over, and another bucket, so that verification has one that it must not reach.
 */
export function prepareAccount(state: AccountState, environment: Environment): Preparation {
  return {
    otherBucket: environment.otherBucket ?? nameless(environment),
    assumed: [
      ...prepareOtherBucket(state, environment),
      ...prepareAccessLog(state, environment),
      ...prepareKeys(state, environment),
      ...prepareBoundary(state, environment),
      ...prepareHost(state, environment.host),
      ...prepareAdopted(state, environment),
    ],
  };
}

function nameless({ account }: Environment): string {
  return `other-bucket-of-${account}`;
}

function prepareOtherBucket(state: AccountState, environment: Environment): readonly string[] {
  importBucket(state, environment.otherBucket ?? nameless(environment));
  if (environment.otherBucket !== undefined) return [];
  return [
    `the bucket '${nameless(environment)}' was made to be the other bucket; on the real host name one with 'otherBucket' or --other-bucket`,
  ];
}

function prepareAccessLog(state: AccountState, { accessLog }: Environment): readonly string[] {
  if (accessLog === undefined) return [];
  importBucket(state, accessLog.bucket);
  return [`the bucket '${accessLog.bucket}' takes access logs; the simulated account writes none`];
}

function prepareKeys(state: AccountState, environment: Environment): readonly string[] {
  const { encryption } = environment;
  const current = encryption.method === 'AWS-KMS' ? encryption.key : undefined;
  const former = encryption.former.filter((key) => key !== CREATED_KEY);
  for (const arn of [...(current === undefined ? [] : [current]), ...former]) {
    const keyId = arn.split('/').slice(1).join('/');
    if (!state.kms.keys.has(keyId)) importKey(state, { keyId, ...policyOf(environment, arn === current) });
  }
  return [
    ...(current === undefined ? [] : ['the existing key']),
    ...former.map((arn) => `the former key '${arn}'`),
  ].map((key) => `${key} has AWS's default key policy${alsoForRole(environment)}; its real policy is not known here`);
}

function alsoForRole(environment: Environment): string {
  return isForeignRole(environment) ? ', and the statement for the role of another account in it' : '';
}

/** KMS makes the default policy itself; a role of another account is let in as its page for the owner of the key says. */
function policyOf(environment: Environment, isCurrent: boolean): { readonly policy?: string } {
  if (!isForeignRole(environment)) return {};
  const administer = {
    Sid: 'Default',
    Effect: 'Allow',
    Principal: { AWS: accountRootArn(environment) },
    Action: 'kms:*',
    Resource: '*',
  };
  return {
    policy: JSON.stringify({ Version: '2012-10-17', Statement: [administer, keyUseStatement(environment, isCurrent)] }),
  };
}

function prepareBoundary(state: AccountState, { permissionsBoundary }: Environment): readonly string[] {
  if (permissionsBoundary === undefined) return [];
  if (!state.iam.policies.has(permissionsBoundary)) importPolicy(state, permissionsBoundary, ALLOW_EVERYTHING);
  return [`the permissions boundary '${permissionsBoundary}' allows everything; its real text is not known here`];
}

const ALLOW_EVERYTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});
