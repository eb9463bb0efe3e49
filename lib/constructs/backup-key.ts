import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { PolicyDocument } from '../policy/document';
import { REFUSE_DESTRUCTION } from './refuse-destruction';

/** Longest window that KMS offers; a deleted key takes every backup with it. */
const DELETION_WINDOW_DAYS = 30;

export interface BackupKeyProps {
  /** Name of the alias, without `alias/`. */
  readonly alias: string;
  readonly description: string;
  readonly policy: PolicyDocument;
  /** Whether Terraform refuses to destroy the key. */
  readonly deletionProtection: boolean;
}

/** A symmetric key with an alias, rotated every year. */
export class BackupKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: BackupKeyProps) {
    super(scope, id);
    const key = new KmsKey(this, 'Resource', {
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: DELETION_WINDOW_DAYS,
      policy: JSON.stringify(props.policy),
      lifecycle: { preventDestroy: props.deletionProtection },
    });
    key.overrideLogicalId('backup');
    new KmsAlias(this, 'Alias', { name: `alias/${props.alias}`, targetKeyId: key.keyId }).overrideLogicalId('backup');
    this.arn = key.arn;
  }
}

/**
 * Keeps a key that an earlier version of the stack created from being destroyed by a plan of this one.
 *
 * It has the arguments that matter, since scanners read a block whatever its count.
 */
export class BackupKeyGuard extends Construct {
  constructor(scope: Construct, id: string, { policy }: Pick<BackupKeyProps, 'policy'>) {
    super(scope, id);
    new KmsKey(this, 'Resource', {
      enableKeyRotation: true,
      policy: JSON.stringify(policy),
      ...REFUSE_DESTRUCTION,
    }).overrideLogicalId('backup');
  }
}

/**
 * Lets a state forget the created key and its alias, which stay in AWS.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/removed
 */
export function releaseKey(stack: TerraformStack): void {
  const lifecycle = { destroy: false };
  stack.addOverride('removed', [
    { from: 'aws_kms_alias.backup', lifecycle },
    { from: 'aws_kms_key.backup', lifecycle },
  ]);
}
