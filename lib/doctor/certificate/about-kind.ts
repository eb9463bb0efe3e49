import type { X509Certificate } from 'node:crypto';
import { readCertificate } from '../../certificates/read-certificate';
import { ISSUE_AGAIN, type Trouble } from './trouble';

const STRONG_HASHES = ['SHA-256', 'SHA-384', 'SHA-512'];
const LEAST_RSA_BITS = 2048;

/**
 * What IAM Roles Anywhere refuses of a certificate, whoever signed it.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html#signature-verification
 */
export function aboutKind(certificate: X509Certificate): readonly Trouble[] {
  const read = readCertificate(certificate.raw);
  if (read === undefined) return [{ found: 'Its extensions cannot be read.', fix: ISSUE_AGAIN }];
  const { isAuthority, isHost, maySignRequests, hash } = read;
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  const { modulusLength = 0 } = asymmetricKeyDetails ?? {};
  const faults: readonly (readonly [boolean, string])[] = [
    [isAuthority, 'It is the certificate of an authority (CA:TRUE), and a host must have one of its own.'],
    [!isAuthority && !isHost, 'Its basic constraints do not say CA:FALSE.'],
    [!maySignRequests, 'Its key usage is without digitalSignature.'],
    [
      !STRONG_HASHES.includes(hash),
      `It is signed over ${hash || 'nothing known'}, and must be over SHA-256 or stronger.`,
    ],
    [
      asymmetricKeyType === 'rsa' && modulusLength < LEAST_RSA_BITS,
      `Its RSA key has ${modulusLength} bits, and must have ${LEAST_RSA_BITS}.`,
    ],
  ];
  return faults.filter(([isSo]) => isSo).map(([, found]) => ({ found, fix: ISSUE_AGAIN }));
}
