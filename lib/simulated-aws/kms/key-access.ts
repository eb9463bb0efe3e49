import type { ContextValue } from '../../iam/types';
import { authorize, type Refusal } from '../access';
import type { Call } from '../service';
import { keyOutOfReach } from './key-errors';
import type { KeyReference } from './key-identifier';
import { aliasesOf, type KmsKey, policyInForce } from './state';

const refusal: Refusal = { status: 400, code: 'AccessDeniedException' };

export type ConditionKeys = Readonly<Record<string, ContextValue>>;

/** One request that KMS authorizes. */
export interface KeyAccess {
  /** `kms:…` */
  readonly action: string;
  /** Condition keys of this operation, on top of those that every operation on a key has. */
  readonly context?: ConditionKeys;
}

/**
 * Asks whether the caller may do this to the key, by its key policy and the caller's own policies.
 *
 * @returns the key, once the caller is allowed
 * @throws {AwsError} `AccessDeniedException`
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
 */
export function authorizeKey(call: Call, reference: KeyReference, access: KeyAccess): KmsKey {
  if (reference.kind === 'foreign') {
    throw keyOutOfReach({ caller: callerName(call), action: access.action }, 'this resource');
  }
  const { key, requestAlias } = reference;
  const question = {
    action: access.action,
    resource: key.arn,
    resourceAccount: call.account.accountId,
    keyPolicy: policyInForce(call.account.kms, key).parsed,
    context: {
      ...keyContext(call, key),
      ...(requestAlias === undefined ? {} : { 'kms:RequestAlias': requestAlias }),
      ...access.context,
    },
  };
  authorize(call, question, refusal);
  return key;
}

/**
 * Asks whether the caller's own policies allow an operation that no key policy has a say in.
 *
 * @param resource alias ARN, or `*`
 * @throws {AwsError} `AccessDeniedException`
 */
export function authorizeWithoutKey(call: Call, resource: string, access: KeyAccess): void {
  const question = {
    action: access.action,
    resource,
    resourceAccount: call.account.accountId,
    context: { ...callerContext(call), ...access.context },
  };
  authorize(call, question, refusal);
}

/** The caller as AWS's messages name it. */
export function callerName(call: Call): string {
  const { principal } = call.caller;
  return 'arn' in principal ? principal.arn : principal.kind;
}

/** Condition keys that every operation on a key supplies. */
export function keyContext(call: Call, key: KmsKey): ConditionKeys {
  const aliases = aliasesOf(call.account.kms, key).map((alias) => alias.name);
  const tags = [...key.tags].map(([tagKey, value]) => [`aws:ResourceTag/${tagKey}`, value] as const);
  return {
    ...callerContext(call),
    'kms:KeySpec': 'SYMMETRIC_DEFAULT',
    'kms:KeyUsage': 'ENCRYPT_DECRYPT',
    'kms:KeyOrigin': 'AWS_KMS',
    'kms:MultiRegion': 'false',
    ...(aliases.length === 0 ? {} : { 'kms:ResourceAliases': aliases }),
    ...Object.fromEntries(tags),
  };
}

function callerContext(call: Call): ConditionKeys {
  const { principal } = call.caller;
  return 'account' in principal ? { 'kms:CallerAccount': principal.account } : {};
}
