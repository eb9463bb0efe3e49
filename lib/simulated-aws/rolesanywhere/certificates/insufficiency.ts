import { type Certificate, hasKeyUsage, isEndEntity, isStronglySigned, isValidAt } from './certificate';

const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];
const MIN_MODULUS_BITS = 2048;

/**
 * Why a certificate may not authenticate an end entity at the moment, whoever has signed it; `undefined` when it may.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html#signature-verification
 */
export function insufficiencyOf(certificate: Certificate, now: Date): string | undefined {
  const { notBefore, notAfter } = certificate.details;
  const faults: readonly (readonly [boolean, string])[] = [
    [isEndEntity(certificate), 'its basic constraints do not say CA:FALSE'],
    [hasKeyUsage(certificate, 'digitalSignature'), 'its key usage is without digitalSignature'],
    [isStronglySigned(certificate), 'it is signed over less than SHA-256'],
    [hasStrongKey(certificate), 'its key is no RSA key of 2,048 bits and no key on a curve of NIST'],
    [
      isValidAt(certificate, now),
      `it is valid from ${notBefore.toISOString()} to ${notAfter.toISOString()}, and not at ${now.toISOString()}`,
    ],
  ];
  return faults.find(([isMet]) => !isMet)?.[1];
}

function hasStrongKey({ x509: { publicKey } }: Certificate): boolean {
  const { modulusLength = 0, namedCurve = '' } = publicKey.asymmetricKeyDetails ?? {};
  return publicKey.asymmetricKeyType === 'rsa' ? modulusLength >= MIN_MODULUS_BITS : CURVES.includes(namedCurve);
}
