import type { PrincipalElement } from '../../../iam/types';
import type { EncryptionContext } from '../../../request-model';

/** Lets a principal use one key, beside what its key policy says. */
export interface Grant {
  /** 64 hexadecimal digits. */
  readonly grantId: string;
  readonly name?: string;
  readonly createdAt: Date;
  readonly grantee: GrantPrincipal;
  readonly retiring?: GrantPrincipal;
  readonly issuingAccount: string;
  /** AWS's names of operations, without `kms:`. */
  readonly operations: readonly string[];
  readonly constraints: GrantConstraints;
  /** All that were handed out for it: any of them names it. */
  readonly tokens: readonly string[];
}

/** A principal as the request named it, and as the evaluator reads it. */
export interface GrantPrincipal {
  readonly arn: string;
  /** Holds on to the user or role of that time: one made anew under its name is another. */
  readonly element: PrincipalElement;
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html */
export interface GrantConstraints {
  readonly EncryptionContextEquals?: EncryptionContext;
  readonly EncryptionContextSubset?: EncryptionContext;
}

/**
 * The operations that a grant on a symmetric encryption key may permit.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations
 */
export const GRANT_OPERATIONS: ReadonlySet<string> = new Set([
  'CreateGrant',
  'Decrypt',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
]);
