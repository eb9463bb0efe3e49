import { ToolkitError } from '../errors';
import { cryptographicContext } from './encryption-context';
import type { S3RequestFacts } from './facts';
import type { KeyUse } from './key-uses';
import type { AccessQuestionFacts, Context } from './question';
import { viaS3Context } from './via-s3';

const KEY_ARN_PATTERN = /^arn:[^:]+:kms:[^:]+:(\d{12}):key\/.+$/;
const ALIAS_PATTERN = /^(arn:.*:)?alias\//;

/**
 * The question that KMS answers for a use of a key.
 *
 * A key id or alias without an ARN is looked for in the caller's account.
 *
 * @throws {ToolkitError} `UnknownKeyAlias`, `BadKey`, `MissingFact`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#aws-managed-customer-managed-keys
 */
export function keyQuestion(use: KeyUse, facts: S3RequestFacts): AccessQuestionFacts {
  const { step, action, keyIdentifier, encryptionContext } = use;
  const resource = keyArnOf(use, facts);
  const [, resourceAccount = ''] = KEY_ARN_PATTERN.exec(resource) ?? [];
  if (resourceAccount === '') throw new ToolkitError('BadKey', `a KMS key must have a key ARN, got: ${resource}`);
  const context = {
    'aws:SecureTransport': String(facts.transport.isSecure),
    'aws:ResourceAccount': resourceAccount,
    ...viaS3Context({ partition: facts.partition, region: use.region }),
    ...callerContext(facts),
    ...aliasContext(keyIdentifier),
    ...cryptographicContext(encryptionContext),
  };
  return { askedOf: 'kms', step, action, resource, resourceAccount, context };
}

function keyArnOf({ keyIdentifier, region }: KeyUse, { partition, callerAccount, keyAliases }: S3RequestFacts): string {
  if (ALIAS_PATTERN.test(keyIdentifier)) return aliasTarget(keyIdentifier, keyAliases);
  if (keyIdentifier.startsWith('arn:')) return keyIdentifier;
  return `arn:${partition}:kms:${region}:${callerAccount ?? 'anonymous'}:key/${keyIdentifier}`;
}

function aliasTarget(alias: string, keyAliases: S3RequestFacts['keyAliases']): string {
  const target = keyAliases?.[alias];
  if (target === undefined) {
    throw new ToolkitError(
      'UnknownKeyAlias',
      `the alias '${alias}' must stand for a key, got: none\nGive its ARN in 'keyAliases'`,
    );
  }
  return target;
}

function callerContext({ callerAccount }: S3RequestFacts): Context {
  return callerAccount === undefined ? {} : { 'kms:CallerAccount': callerAccount };
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-request-alias */
function aliasContext(keyIdentifier: string): Context {
  return ALIAS_PATTERN.test(keyIdentifier)
    ? { 'kms:RequestAlias': keyIdentifier.replace(/^arn:.*:(?=alias\/)/, '') }
    : {};
}
