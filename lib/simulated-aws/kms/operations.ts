import { generateDataKey, generateDataKeyWithoutPlaintext } from './cryptography/data-keys';
import { decrypt } from './cryptography/decrypt';
import { encrypt } from './cryptography/encrypt';
import { reEncrypt } from './cryptography/re-encrypt';
import { createGrant } from './grant-operations/create-grant';
import { retireGrant, revokeGrant } from './grant-operations/end-grant';
import { listGrants, listRetirableGrants } from './grant-operations/list-grants';
import { createAlias, deleteAlias, listAliases, updateAlias } from './keys/aliases';
import { createKey } from './keys/create-key';
import {
  cancelKeyDeletion,
  describeKey,
  disableKey,
  enableKey,
  listKeys,
  scheduleKeyDeletion,
  updateKeyDescription,
} from './keys/key-lifecycle';
import { getKeyPolicy, listKeyPolicies, putKeyPolicy } from './keys/key-policies';
import { disableKeyRotation, enableKeyRotation, getKeyRotationStatus } from './keys/key-rotation';
import { listResourceTags, tagResource, untagResource } from './keys/key-tags';
import type { KmsOperation } from './request/operation';
import { PAGE_PARAMETERS } from './request/pages';

const DATA_KEY_PARAMETERS = ['KeyId', 'EncryptionContext', 'NumberOfBytes', 'KeySpec', 'GrantTokens', 'DryRun'];
const ENCRYPT_PARAMETERS = ['KeyId', 'Plaintext', 'EncryptionContext', 'EncryptionAlgorithm', 'GrantTokens', 'DryRun'];
const DECRYPT_PARAMETERS = [
  'CiphertextBlob',
  'EncryptionContext',
  'KeyId',
  'EncryptionAlgorithm',
  'GrantTokens',
  'DryRun',
  'DryRunModifiers',
];
const RE_ENCRYPT_PARAMETERS = [
  'CiphertextBlob',
  'SourceEncryptionContext',
  'SourceKeyId',
  'SourceEncryptionAlgorithm',
  'DestinationKeyId',
  'DestinationEncryptionContext',
  'DestinationEncryptionAlgorithm',
  'GrantTokens',
  'DryRun',
];
const CREATE_GRANT_PARAMETERS = [
  'KeyId',
  'GranteePrincipal',
  'RetiringPrincipal',
  'Operations',
  'Constraints',
  'GrantTokens',
  'Name',
  'DryRun',
];
const CREATE_KEY_PARAMETERS = [
  'Policy',
  'Description',
  'KeyUsage',
  'CustomerMasterKeySpec',
  'KeySpec',
  'Origin',
  'BypassPolicyLockoutSafetyCheck',
  'Tags',
  'MultiRegion',
];

/** The operations that the simulated account answers, by AWS's own names, with the parameters that each one takes. */
export const KMS_OPERATIONS: ReadonlyMap<string, KmsOperation> = new Map<string, KmsOperation>([
  ['CancelKeyDeletion', { parameters: ['KeyId'], run: cancelKeyDeletion }],
  ['CreateAlias', { parameters: ['AliasName', 'TargetKeyId'], run: createAlias }],
  ['CreateGrant', { parameters: CREATE_GRANT_PARAMETERS, run: createGrant }],
  ['CreateKey', { parameters: CREATE_KEY_PARAMETERS, run: createKey }],
  ['Decrypt', { parameters: DECRYPT_PARAMETERS, run: decrypt }],
  ['DeleteAlias', { parameters: ['AliasName'], run: deleteAlias }],
  ['DescribeKey', { parameters: ['KeyId', 'GrantTokens'], run: describeKey }],
  ['DisableKey', { parameters: ['KeyId'], run: disableKey }],
  ['DisableKeyRotation', { parameters: ['KeyId'], run: disableKeyRotation }],
  ['EnableKey', { parameters: ['KeyId'], run: enableKey }],
  ['EnableKeyRotation', { parameters: ['KeyId', 'RotationPeriodInDays'], run: enableKeyRotation }],
  ['Encrypt', { parameters: ENCRYPT_PARAMETERS, run: encrypt }],
  ['GenerateDataKey', { parameters: DATA_KEY_PARAMETERS, run: generateDataKey }],
  ['GenerateDataKeyWithoutPlaintext', { parameters: DATA_KEY_PARAMETERS, run: generateDataKeyWithoutPlaintext }],
  ['GetKeyPolicy', { parameters: ['KeyId', 'PolicyName'], run: getKeyPolicy }],
  ['GetKeyRotationStatus', { parameters: ['KeyId'], run: getKeyRotationStatus }],
  ['ListAliases', { parameters: ['KeyId', ...PAGE_PARAMETERS], run: listAliases }],
  ['ListGrants', { parameters: ['KeyId', 'GrantId', 'GranteePrincipal', ...PAGE_PARAMETERS], run: listGrants }],
  ['ListKeyPolicies', { parameters: ['KeyId', ...PAGE_PARAMETERS], run: listKeyPolicies }],
  ['ListKeys', { parameters: PAGE_PARAMETERS, run: listKeys }],
  ['ListResourceTags', { parameters: ['KeyId', ...PAGE_PARAMETERS], run: listResourceTags }],
  ['ListRetirableGrants', { parameters: ['RetiringPrincipal', ...PAGE_PARAMETERS], run: listRetirableGrants }],
  [
    'PutKeyPolicy',
    { parameters: ['KeyId', 'PolicyName', 'Policy', 'BypassPolicyLockoutSafetyCheck'], run: putKeyPolicy },
  ],
  ['ReEncrypt', { parameters: RE_ENCRYPT_PARAMETERS, run: reEncrypt }],
  ['RetireGrant', { parameters: ['GrantToken', 'KeyId', 'GrantId', 'DryRun'], run: retireGrant }],
  ['RevokeGrant', { parameters: ['KeyId', 'GrantId', 'DryRun'], run: revokeGrant }],
  ['ScheduleKeyDeletion', { parameters: ['KeyId', 'PendingWindowInDays'], run: scheduleKeyDeletion }],
  ['TagResource', { parameters: ['KeyId', 'Tags'], run: tagResource }],
  ['UntagResource', { parameters: ['KeyId', 'TagKeys'], run: untagResource }],
  ['UpdateAlias', { parameters: ['AliasName', 'TargetKeyId'], run: updateAlias }],
  ['UpdateKeyDescription', { parameters: ['KeyId', 'Description'], run: updateKeyDescription }],
]);
