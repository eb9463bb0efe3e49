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
  scheduleKeyDeletion,
  updateKeyDescription,
} from './keys/key-lifecycle';
import { listKeys } from './keys/key-list';
import { getKeyPolicy, listKeyPolicies, putKeyPolicy } from './keys/key-policies';
import { disableKeyRotation, enableKeyRotation, getKeyRotationStatus } from './keys/key-rotation';
import { listResourceTags, tagResource, untagResource } from './keys/key-tags';
import type { KmsOperation } from './request/operation';
import { pageParameters } from './request/pages';

const dataKeyParameters = ['KeyId', 'EncryptionContext', 'NumberOfBytes', 'KeySpec', 'GrantTokens', 'DryRun'];
const encryptParameters = ['KeyId', 'Plaintext', 'EncryptionContext', 'EncryptionAlgorithm', 'GrantTokens', 'DryRun'];
const decryptParameters = [
  'CiphertextBlob',
  'EncryptionContext',
  'KeyId',
  'EncryptionAlgorithm',
  'GrantTokens',
  'DryRun',
  'DryRunModifiers',
];
const reEncryptParameters = [
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
const createGrantParameters = [
  'KeyId',
  'GranteePrincipal',
  'RetiringPrincipal',
  'Operations',
  'Constraints',
  'GrantTokens',
  'Name',
  'DryRun',
];
const createKeyParameters = [
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
export const kmsOperations: ReadonlyMap<string, KmsOperation> = new Map<string, KmsOperation>([
  ['CancelKeyDeletion', { parameters: ['KeyId'], run: cancelKeyDeletion }],
  ['CreateAlias', { parameters: ['AliasName', 'TargetKeyId'], run: createAlias }],
  ['CreateGrant', { parameters: createGrantParameters, run: createGrant }],
  ['CreateKey', { parameters: createKeyParameters, run: createKey }],
  ['Decrypt', { parameters: decryptParameters, run: decrypt }],
  ['DeleteAlias', { parameters: ['AliasName'], run: deleteAlias }],
  ['DescribeKey', { parameters: ['KeyId', 'GrantTokens'], run: describeKey }],
  ['DisableKey', { parameters: ['KeyId'], run: disableKey }],
  ['DisableKeyRotation', { parameters: ['KeyId'], run: disableKeyRotation }],
  ['EnableKey', { parameters: ['KeyId'], run: enableKey }],
  ['EnableKeyRotation', { parameters: ['KeyId', 'RotationPeriodInDays'], run: enableKeyRotation }],
  ['Encrypt', { parameters: encryptParameters, run: encrypt }],
  ['GenerateDataKey', { parameters: dataKeyParameters, run: generateDataKey }],
  ['GenerateDataKeyWithoutPlaintext', { parameters: dataKeyParameters, run: generateDataKeyWithoutPlaintext }],
  ['GetKeyPolicy', { parameters: ['KeyId', 'PolicyName'], run: getKeyPolicy }],
  ['GetKeyRotationStatus', { parameters: ['KeyId'], run: getKeyRotationStatus }],
  ['ListAliases', { parameters: ['KeyId', ...pageParameters], run: listAliases }],
  ['ListGrants', { parameters: ['KeyId', 'GrantId', 'GranteePrincipal', ...pageParameters], run: listGrants }],
  ['ListKeyPolicies', { parameters: ['KeyId', ...pageParameters], run: listKeyPolicies }],
  ['ListKeys', { parameters: pageParameters, run: listKeys }],
  ['ListResourceTags', { parameters: ['KeyId', ...pageParameters], run: listResourceTags }],
  ['ListRetirableGrants', { parameters: ['RetiringPrincipal', ...pageParameters], run: listRetirableGrants }],
  [
    'PutKeyPolicy',
    { parameters: ['KeyId', 'PolicyName', 'Policy', 'BypassPolicyLockoutSafetyCheck'], run: putKeyPolicy },
  ],
  ['ReEncrypt', { parameters: reEncryptParameters, run: reEncrypt }],
  ['RetireGrant', { parameters: ['GrantToken', 'KeyId', 'GrantId', 'DryRun'], run: retireGrant }],
  ['RevokeGrant', { parameters: ['KeyId', 'GrantId', 'DryRun'], run: revokeGrant }],
  ['ScheduleKeyDeletion', { parameters: ['KeyId', 'PendingWindowInDays'], run: scheduleKeyDeletion }],
  ['TagResource', { parameters: ['KeyId', 'Tags'], run: tagResource }],
  ['UntagResource', { parameters: ['KeyId', 'TagKeys'], run: untagResource }],
  ['UpdateAlias', { parameters: ['AliasName', 'TargetKeyId'], run: updateAlias }],
  ['UpdateKeyDescription', { parameters: ['KeyId', 'Description'], run: updateKeyDescription }],
]);
