import { type PolicyDocument, policyDocument } from '../../policy/document';

/** The certificates that a trust policy lets in. */
export interface TrustedCertificates {
  readonly trustAnchorArn: string;
  readonly subject: { readonly CN: readonly string[] };
  readonly issuer?: { readonly CN: string } | undefined;
}

/**
 * Lets IAM Roles Anywhere, and nothing else, hand the role to a host whose certificate the trust anchor vouches for and
 * whose names are these.
 *
 * The service principal is the same in every partition.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/attribute-mapping-and-trust-policy.html
 */
export function onPremisesTrustPolicy({ trustAnchorArn, subject, issuer }: TrustedCertificates): PolicyDocument {
  return policyDocument([
    {
      Sid: 'AssumeWithCertificate',
      Effect: 'Allow',
      Principal: { Service: 'rolesanywhere.amazonaws.com' },
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
      Condition: {
        ArnEquals: { 'aws:SourceArn': trustAnchorArn },
        StringEquals: {
          'aws:PrincipalTag/x509Subject/CN': subject.CN,
          ...(issuer && { 'aws:PrincipalTag/x509Issuer/CN': issuer.CN }),
        },
      },
    },
  ]);
}
