import { type Arguments, badStack, requireObject } from '../stack/arguments';

/** What gives the role to the host of Vault, as far as policies have a say about it. */
export type DeclaredHost = { readonly kind: 'ec2' } | ExistingRole;

/** A role that the environment does not make: its trust policy and whatever else it may do are not known. */
export interface ExistingRole {
  readonly kind: 'existing-role';
  readonly roleArn: string;
  /** Of managed policies that the role must carry, attached by whomever. */
  readonly policyArns: readonly string[];
}

export const EC2: DeclaredHost = { kind: 'ec2' };

const AT = "'output.backup_environment': 'host'";

/**
 * Reads the host from the stack's output; one of version 1, or none at all, means EC2.
 *
 * @throws {ToolkitError} `BadStack`
 */
export function readDeclaredHost({ host, aws }: Arguments): DeclaredHost {
  if (host === undefined) return EC2;
  const { kind, policyArns } = requireObject(host, AT);
  switch (kind) {
    case 'ec2':
      return EC2;
    case 'existing-role':
      return { kind, roleArn: roleArnOf(aws), policyArns: textsOf(policyArns, 'policyArns') };
    default:
      throw badStack(`${AT}.kind`, 'must be a kind of host that is known here', kind);
  }
}

function roleArnOf(aws: unknown): string {
  const { roleArn } = requireObject(aws, "'output.backup_environment': 'aws'");
  if (typeof roleArn === 'string') return roleArn;
  throw badStack("'output.backup_environment': 'aws.roleArn'", 'must be text', roleArn);
}

function textsOf(value: unknown, name: string): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  throw badStack(`${AT}.${name}`, 'must be a list', value);
}
