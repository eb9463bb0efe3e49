import { type Arguments, badStack, requireObject } from '../../stack/arguments';
import { textsOf } from './told-host';

/** A role that the environment does not make: its trust policy and whatever else it may do are not known. */
export interface ExistingRole {
  readonly kind: 'existing-role';
  readonly roleArn: string;
  /** ARNs of managed policies that the role must carry, whoever attaches them. */
  readonly policyArns: readonly string[];
}

/** @throws {ToolkitError} `BadStack` */
export function readExistingRole({ policyArns }: Arguments, aws: unknown): ExistingRole {
  return { kind: 'existing-role', roleArn: roleArnOf(aws), policyArns: textsOf(policyArns, 'policyArns') };
}

function roleArnOf(aws: unknown): string {
  const { roleArn } = requireObject(aws, "'output.backup_environment': 'aws'");
  if (typeof roleArn === 'string') return roleArn;
  throw badStack("'output.backup_environment': 'aws.roleArn'", 'must be text', roleArn);
}
