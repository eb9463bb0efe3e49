import type { ConfigurationCheck } from '../comparison/configuration-check';
import { bucketCopies } from './bucket-copies';
import { bucketEncryption } from './bucket-encryption';
import { bucketLifecycle } from './bucket-lifecycle';
import { bucketLocation } from './bucket-location';
import { bucketLogging } from './bucket-logging';
import { bucketObjectLock } from './bucket-object-lock';
import { bucketOwnership } from './bucket-ownership';
import { bucketPolicy } from './bucket-policy';
import { bucketPublicAccess } from './bucket-public-access';
import { bucketTags } from './bucket-tags';
import { bucketVersioning } from './bucket-versioning';
import { bucketWebsite } from './bucket-website';
import { certificateRevocation } from './certificate-revocation';
import { certificateSubjects } from './certificate-subjects';
import { instanceProfile } from './instance-profile';
import { keyGrants } from './key-grants';
import { keyPolicy } from './key-policy';
import { keyRotation } from './key-rotation';
import { keyState } from './key-state';
import { policyHolders } from './policy-holders';
import { roleAttachments } from './role-attachments';
import { roleBoundary } from './role-boundary';
import { roleInlinePolicies } from './role-inline-policies';
import { rolePolicies } from './role-policies';
import { roleSettings } from './role-settings';
import { roleTrust } from './role-trust';
import { rolesAnywhereProfile } from './roles-anywhere-profile';
import { trustAnchor } from './trust-anchor';

/** Every check of the control plane, in the order of the report. */
export const CONFIGURATION_CHECKS: readonly ConfigurationCheck[] = [
  roleSettings,
  roleTrust,
  roleAttachments,
  rolePolicies,
  roleInlinePolicies,
  roleBoundary,
  policyHolders,
  instanceProfile,
  trustAnchor,
  rolesAnywhereProfile,
  certificateRevocation,
  certificateSubjects,
  bucketLocation,
  bucketPolicy,
  bucketPublicAccess,
  bucketOwnership,
  bucketEncryption,
  bucketVersioning,
  bucketLifecycle,
  bucketObjectLock,
  bucketLogging,
  bucketTags,
  bucketCopies,
  bucketWebsite,
  keyState,
  keyPolicy,
  keyRotation,
  keyGrants,
];
