import { type Arguments, badStack, requireObject } from '../../stack/arguments';
import { type ExistingRole, readExistingRole } from './existing-role';
import { type CertificateHolder, readCertificateHolder } from './on-premises';
import { AT } from './told-host';

export type { ExistingRole } from './existing-role';
export type { CertificateHolder } from './on-premises';

/** The way by which Vault's host gets the role, as far as policies decide it. */
export type DeclaredHost = { readonly kind: 'ec2' } | CertificateHolder | ExistingRole;

export const EC2: DeclaredHost = { kind: 'ec2' };

const READERS: {
  readonly [Kind in DeclaredHost['kind']]: (host: Arguments, aws: unknown) => Extract<DeclaredHost, { kind: Kind }>;
} = {
  ec2: () => ({ kind: 'ec2' }),
  'on-premises': readCertificateHolder,
  'existing-role': readExistingRole,
};

/**
 * Reads the host from the stack's output; one of version 1, or none at all, means EC2.
 *
 * @throws {ToolkitError} `BadStack`
 */
export function readDeclaredHost({ host, aws }: Arguments): DeclaredHost {
  if (host === undefined) return EC2;
  const told = requireObject(host, AT);
  const { kind } = told;
  if (isKnown(kind)) return READERS[kind](told, aws);
  throw badStack(`${AT}.kind`, 'must be a kind of host that is known here', kind);
}

function isKnown(kind: unknown): kind is DeclaredHost['kind'] {
  return typeof kind === 'string' && Object.hasOwn(READERS, kind);
}
