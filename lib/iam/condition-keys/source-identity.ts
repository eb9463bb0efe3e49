/** As STS takes it. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const MOST_CHARACTERS = 64;

/**
 * The source identity that IAM Roles Anywhere gives a session: the certificate's common name after `CN=`, or alone where
 * both are too long together; without a common name, its serial number.
 *
 * @param serialNumber in hexadecimal digits
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
export function sourceIdentityOf(commonName: string | undefined, serialNumber = ''): string {
  if (commonName === undefined) return `ID=${serialNumber.length % 2 === 0 ? '' : '0'}${serialNumber}`;
  const named = `CN=${commonName}`;
  return named.length <= MOST_CHARACTERS ? named : commonName;
}
