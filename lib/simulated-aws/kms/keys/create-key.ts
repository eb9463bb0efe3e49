import { type Input, optionalBoolean, optionalString } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { KmsKey } from '../../state/services/kms-state';
import { authorizeKey, authorizeWithoutKey } from '../access/key-access';
import { DESCRIPTION_RULE, type Output, onlySimulated, POLICY_RULE } from '../request/operation';
import { keyMetadata } from './key-metadata';
import { parseKeyPolicy, requireNoLockout } from './key-policy';
import { defaultKeyPolicyDocument } from './key-policy-documents';
import { newKey } from './new-key';
import { requestTagKeys, requestTags, requireTagQuota, type Tags } from './request-tags';

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
export function createKey(call: Call, input: Input): Output {
  requireSymmetricKey(input);
  const tags = 'Tags' in input ? requestTags(input) : new Map();
  const bypassCheck = optionalBoolean(input, 'BypassPolicyLockoutSafetyCheck');
  authorizeCreation(call, tags, bypassCheck);
  requireTagQuota(tags);
  const key = keyFrom(call, input, tags);
  authorizeTagging(call, key);
  if (!bypassCheck) {
    requireNoLockout(call, key);
  }
  call.account.kms.keys.set(key.keyId, key);
  return { KeyMetadata: keyMetadata(key) };
}

function requireSymmetricKey(input: Input): void {
  onlySimulated(input, 'KeyUsage', 'ENCRYPT_DECRYPT');
  onlySimulated(input, 'KeySpec', 'SYMMETRIC_DEFAULT');
  onlySimulated(input, 'CustomerMasterKeySpec', 'SYMMETRIC_DEFAULT');
  onlySimulated(input, 'Origin', 'AWS_KMS');
  onlySimulated(input, 'MultiRegion', false);
}

function authorizeCreation(call: Call, tags: Tags, bypassCheck: boolean): void {
  authorizeWithoutKey(call, '*', {
    action: 'kms:CreateKey',
    context: {
      'kms:BypassPolicyLockoutSafetyCheck': String(bypassCheck),
      'kms:KeySpec': 'SYMMETRIC_DEFAULT',
      'kms:KeyUsage': 'ENCRYPT_DECRYPT',
      'kms:KeyOrigin': 'AWS_KMS',
      'kms:MultiRegion': 'false',
      ...requestTagKeys(tags),
    },
  });
}

/** Tags on a new key need `kms:TagResource` in an IAM policy; the key's own policy has no say yet. */
function authorizeTagging(call: Call, key: KmsKey): void {
  if (key.tags.size === 0) {
    return;
  }
  const leftToAccount = parseKeyPolicy(defaultKeyPolicyDocument(call.account), call.account);
  const untagged = { ...key, tags: new Map(), policy: leftToAccount };
  const context = requestTagKeys(key.tags);
  authorizeKey(call, { kind: 'key', key: untagged }, { action: 'kms:TagResource', context });
}

function keyFrom(call: Call, input: Input, tags: Tags): KmsKey {
  const policy = optionalString(input, 'Policy', POLICY_RULE);
  return newKey(call.account, {
    description: optionalString(input, 'Description', DESCRIPTION_RULE) ?? '',
    tags,
    ...(policy === undefined ? {} : { policy }),
  });
}
