import { type Arguments, badStack, requireObject } from '../stack/arguments';

/** The way by which Vault's host gets the role, as far as policies decide it. */
export type DeclaredHost = { readonly kind: 'ec2' } | CertificateHolder | ExistingRole;

/** A host that shows a certificate to IAM Roles Anywhere. */
export interface CertificateHolder {
  readonly kind: 'on-premises';
  /** Or a reference to it. */
  readonly trustAnchorArn: string;
  readonly commonNames: readonly string[];
  /** Common name of the authority that issued the certificate; missing where any below the anchor will do. */
  readonly issuerName?: string;
}

/** A role that the environment does not make: its trust policy and whatever else it may do are not known. */
export interface ExistingRole {
  readonly kind: 'existing-role';
  readonly roleArn: string;
  /** ARNs of managed policies that the role must carry, whoever attaches them. */
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
    case 'on-premises':
      return certificateHolderOf(requireObject(host, AT));
    case 'existing-role':
      return { kind, roleArn: roleArnOf(aws), policyArns: textsOf(policyArns, 'policyArns') };
    default:
      throw badStack(`${AT}.kind`, 'must be a kind of host that is known here', kind);
  }
}

function certificateHolderOf({ trustAnchorArn, certificate }: Arguments): CertificateHolder {
  const { subject, issuer } = requireObject(certificate, `${AT}.certificate`);
  const { CN: issuerName } = requireObject(issuer ?? {}, `${AT}.certificate.issuer`);
  const { CN } = requireObject(subject, `${AT}.certificate.subject`);
  return {
    kind: 'on-premises',
    trustAnchorArn: String(trustAnchorArn),
    commonNames: textsOf(CN, 'certificate.subject.CN'),
    ...(issuerName !== undefined && { issuerName: String(issuerName) }),
  };
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
