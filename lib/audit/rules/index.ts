import type { Rule } from '../rule/rule';
import { bucketAclsDisabled } from './bucket-acls-disabled';
import { bucketDefaultEncryption } from './bucket-default-encryption';
import { bucketKmsEncryption } from './bucket-kms-encryption';
import { bucketPublicAccessBlock } from './bucket-public-access-block';
import { bucketVersioning } from './bucket-versioning';
import { kmsKeyRotation } from './kms-key-rotation';
import { permissionProof } from './permission-proof';

/** Every rule, in the order of the report. */
export const RULES: readonly Rule[] = [
  bucketPublicAccessBlock,
  bucketAclsDisabled,
  bucketVersioning,
  bucketDefaultEncryption,
  bucketKmsEncryption,
  kmsKeyRotation,
  permissionProof,
];
