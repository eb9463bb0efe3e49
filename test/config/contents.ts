export const ANCHOR = 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/0f5c1a2b-3c4d-4e5f-8a6b-7c8d9e0f1a2b';
export const ROLE = 'arn:aws:iam::111122223333:role/service/vault-instance';
export const ON_PREMISES = {
  kind: 'on-premises',
  trustAnchor: { arn: ANCHOR },
  certificate: { subject: { CN: ['vault-1.acme.example'] } },
  revocation: 'crl',
};
