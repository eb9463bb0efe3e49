import type { Rule } from '../rule-kit/rule';
import { acceptedByAws } from './accepted-by-aws';
import { accessAnalyzer } from './access-analyzer';
import { accessPointBlock } from './access-point-block';
import { accountBaseAlone } from './account-base-alone';
import { accountPublicAccessBlock } from './account-public-access-block';
import { argumentsUnderstood } from './arguments-understood';
import { bucketAccessLogging } from './bucket-access-logging';
import { bucketAclsDisabled } from './bucket-acls-disabled';
import { bucketCustomerKeys } from './bucket-customer-keys';
import { bucketDefaultEncryption } from './bucket-default-encryption';
import { bucketDeletionGuard } from './bucket-deletion-guard';
import { bucketEventNotifications } from './bucket-event-notifications';
import { bucketForeignPrincipals } from './bucket-foreign-principals';
import { bucketKeyArn } from './bucket-key-arn';
import { bucketKmsEncryption } from './bucket-kms-encryption';
import { bucketLifecycle } from './bucket-lifecycle';
import { bucketMfaDelete } from './bucket-mfa-delete';
import { bucketNotPublic } from './bucket-not-public';
import { bucketObjectEvents } from './bucket-object-events';
import { bucketObjectLock } from './bucket-object-lock';
import { bucketPolicyKept } from './bucket-policy-kept';
import { bucketPublicAccessBlock } from './bucket-public-access-block';
import { bucketReplication } from './bucket-replication';
import { bucketTlsOnly } from './bucket-tls-only';
import { bucketTlsVersion } from './bucket-tls-version';
import { bucketVersioning } from './bucket-versioning';
import { bucketWrongEncryption } from './bucket-wrong-encryption';
import { bucketWrongKey } from './bucket-wrong-key';
import { certificateExpiryNotice } from './certificate-expiry-notice';
import { certificateRevocation } from './certificate-revocation';
import { currentObjectsKept } from './current-objects-kept';
import { deployerNotLockedOut } from './deployer-not-locked-out';
import { iamActionsListed } from './iam-actions-listed';
import { iamNoFullAccess } from './iam-no-full-access';
import { iamNoInlinePolicies } from './iam-no-inline-policies';
import { iamResourcesNamed } from './iam-resources-named';
import { inputComplete } from './input-complete';
import { instanceExposure } from './instance-exposure';
import { instanceMetadata } from './instance-metadata';
import { instanceProfile } from './instance-profile';
import { keyAdministration } from './key-administration';
import { keyDeletionRefused } from './key-deletion-refused';
import { keyNotPublic } from './key-not-public';
import { keyPolicySurvivesRole } from './key-policy-survives-role';
import { kmsDeletionWindow } from './kms-deletion-window';
import { kmsKeyRotation } from './kms-key-rotation';
import { kmsKeyUsable } from './kms-key-usable';
import { kmsNoDecryptOnAllKeys, kmsNoInlineDecryptOnAllKeys } from './kms-no-decrypt-on-all-keys';
import { logBucketDelivery } from './log-bucket-delivery';
import { logBucketSettings } from './log-bucket-settings';
import { noLongTermCredentials } from './no-long-term-credentials';
import { noSecondStep } from './no-second-step';
import { outputFitsStack } from './output-fits-stack';
import { outputsHoldNoSecret } from './outputs-hold-no-secret';
import { permissionProof } from './permission-proof';
import { planFitsStack } from './plan-fits-stack';
import { planKeepsData } from './plan-keeps-data';
import { policiesReadable } from './policies-readable';
import { policiesValid } from './policies-valid';
import { providerSettings } from './provider-settings';
import { resourcesBelong } from './resources-belong';
import { resourcesUnderstood } from './resources-understood';
import { roleEncryptionContext } from './role-encryption-context';
import { roleHoldsNothingElse } from './role-holds-nothing-else';
import { roleManagesNoPermissions } from './role-manages-no-permissions';
import { roleOwnAccountOnly } from './role-own-account-only';
import { roleServesVaultAlone } from './role-serves-vault-alone';
import { roleTagged } from './role-tagged';
import { roleTrust } from './role-trust';
import { rolesAnywhereProfile } from './roles-anywhere-profile';
import { stateBackend } from './state-backend';
import { trustAnchor } from './trust-anchor';
import { versionsProtected } from './versions-protected';
import { withinLimits } from './within-limits';

/** Every rule, in the order of the report. */
export const RULES: readonly Rule[] = [
  inputComplete,
  resourcesUnderstood,
  argumentsUnderstood,
  resourcesBelong,
  providerSettings,
  policiesReadable,
  policiesValid,
  acceptedByAws,
  permissionProof,
  noSecondStep,
  outputFitsStack,
  bucketPublicAccessBlock,
  bucketNotPublic,
  bucketForeignPrincipals,
  bucketPolicyKept,
  bucketAclsDisabled,
  bucketTlsOnly,
  bucketTlsVersion,
  bucketDefaultEncryption,
  bucketKmsEncryption,
  bucketKeyArn,
  bucketWrongEncryption,
  bucketWrongKey,
  bucketCustomerKeys,
  bucketVersioning,
  bucketLifecycle,
  currentObjectsKept,
  bucketObjectLock,
  versionsProtected,
  withinLimits,
  bucketMfaDelete,
  bucketDeletionGuard,
  planFitsStack,
  planKeepsData,
  bucketAccessLogging,
  accountBaseAlone,
  logBucketDelivery,
  logBucketSettings,
  bucketObjectEvents,
  bucketEventNotifications,
  bucketReplication,
  accessPointBlock,
  accountPublicAccessBlock,
  kmsKeyRotation,
  kmsDeletionWindow,
  keyDeletionRefused,
  kmsKeyUsable,
  keyAdministration,
  keyNotPublic,
  keyPolicySurvivesRole,
  roleEncryptionContext,
  kmsNoDecryptOnAllKeys,
  kmsNoInlineDecryptOnAllKeys,
  deployerNotLockedOut,
  iamNoFullAccess,
  iamActionsListed,
  iamResourcesNamed,
  iamNoInlinePolicies,
  roleHoldsNothingElse,
  roleTrust,
  roleServesVaultAlone,
  roleOwnAccountOnly,
  roleManagesNoPermissions,
  roleTagged,
  trustAnchor,
  rolesAnywhereProfile,
  certificateRevocation,
  certificateExpiryNotice,
  instanceProfile,
  instanceMetadata,
  instanceExposure,
  accessAnalyzer,
  noLongTermCredentials,
  stateBackend,
  outputsHoldNoSecret,
];
