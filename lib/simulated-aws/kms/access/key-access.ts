import type { ContextValue, Policy } from '../../../iam/types';
import type { EncryptionContext } from '../../../request-model';
import { authorize, type Refusal } from '../../service/access';
import type { AccessQuestion, Call } from '../../service/service';
import type { Grant } from '../../state/services/grant';
import { aliasesOf, type KmsKey, policyInForce } from '../../state/services/kms-state';
import { grantsInForce, withGrants } from '../grants/granted-policy';
import { ownerOf } from '../request/key-arn';
import { keyOutOfReach } from '../request/key-errors';
import type { KeyReference } from '../request/key-identifier';
import { isCrossAccountAction } from './cross-account';

const REFUSAL: Refusal = { status: 400, code: 'AccessDeniedException' };

export type ConditionKeys = Readonly<Record<string, ContextValue>>;

/** A request that KMS authorizes. */
export interface KeyAccess {
  /** `kms:…` */
  readonly action: string;
  /** Condition keys of this operation, on top of those that every operation on a key has. */
  readonly context?: ConditionKeys;
  /** The encryption context that grants with constraints look at; absent for an operation that has none. */
  readonly encryptionContext?: EncryptionContext;
  /** Grants whose tokens came with the request. */
  readonly presentedGrants?: readonly Grant[];
  /** The grant that the request asks for, if it asks for one. */
  readonly requested?: Pick<Grant, 'operations' | 'constraints'>;
}

/**
 * Asks whether the caller may do this to the key, by its key policy, its grants and the caller's own policies.
 *
 * @returns the key, once the caller is allowed
 * @throws {AwsError} `AccessDeniedException`
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
 */
export function authorizeKey(call: Call, reference: KeyReference, access: KeyAccess): KmsKey {
  const outOfReach = () => keyOutOfReach({ caller: callerName(call), action: access.action }, 'this resource');
  if (reference.kind === 'foreign') {
    throw outOfReach();
  }
  const { key, requestAlias } = reference;
  const alias = requestAlias === undefined ? {} : { 'kms:RequestAlias': requestAlias };
  const owner = ownerOf(call.account, key);
  const grants = grantsInForce(owner.kms, key, access.presentedGrants);
  const policy = withGrants(policyInForce(owner.kms, key).parsed, grants, access);
  const question = keyQuestion(call, { key, policy }, { ...access, context: { ...alias, ...access.context } });
  if (owner.accountId === call.account.accountId) {
    authorize(call, question, REFUSAL);
  } else if (!isCrossAccountAction(access.action) || call.decide(question).result !== 'allowed') {
    throw outOfReach();
  }
  return key;
}

/**
 * Asks whether the caller may do this to the key, where another policy than the key's own has the say.
 *
 * @throws {AwsError} `AccessDeniedException`
 */
export function authorizeByPolicy(call: Call, ruled: RuledKey, access: KeyAccess): void {
  authorize(call, keyQuestion(call, ruled, access), REFUSAL);
}

/** A key and the policy that decides over it. */
interface RuledKey {
  readonly key: KmsKey;
  readonly policy: Policy;
}

function keyQuestion(call: Call, { key, policy }: RuledKey, { action, context }: KeyAccess): AccessQuestion {
  return {
    action,
    resource: key.arn,
    resourceAccount: ownerOf(call.account, key).accountId,
    keyPolicy: policy,
    context: { ...keyContext(call, key), ...context },
  };
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
  authorize(call, question, REFUSAL);
}

/** The caller as AWS's messages name it. */
export function callerName(call: Call): string {
  const { principal } = call.caller;
  return 'arn' in principal ? principal.arn : principal.kind;
}

/** Condition keys that every operation on a key supplies. */
export function keyContext(call: Call, key: KmsKey): ConditionKeys {
  const aliases = aliasesOf(ownerOf(call.account, key).kms, key).map((alias) => alias.name);
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
