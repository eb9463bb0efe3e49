export { cryptographicContext, type EncryptionContext } from './encryption-context';
export type * from './facts';
export {
  ACL_HEADERS,
  CUSTOMER_KEY_HEADERS,
  ENCRYPTION_HEADERS,
  GRANT_HEADERS,
  OBJECT_LOCK_HEADERS,
  parseCopySource,
  parseTagHeader,
} from './headers';
export { type KeyUse, keyUsesAt } from './key-uses';
export { type NewObjectEncryption, newObjectEncryption, parseEncryptionContext } from './new-object-encryption';
export { type AccessQuestionFacts, isRequired, type Step } from './question';
export { KNOWN_OPERATIONS, questionsAt, questionsOf } from './questions-of';
export { s3ServiceName, viaS3Context } from './via-s3';
