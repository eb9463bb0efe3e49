import { type Arguments, requireObject } from '../../stack/arguments';
import { AT, textsOf } from './told-host';

/** A host that shows a certificate to IAM Roles Anywhere. */
export interface CertificateHolder {
  readonly kind: 'on-premises';
  /** Or a reference to it. */
  readonly trustAnchorArn: string;
  readonly commonNames: readonly string[];
  /** Common name of the authority that issued the certificate; missing where any below the anchor will do. */
  readonly issuerName?: string;
}

/** @throws {ToolkitError} `BadStack` */
export function readCertificateHolder({ trustAnchorArn, certificate }: Arguments): CertificateHolder {
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
