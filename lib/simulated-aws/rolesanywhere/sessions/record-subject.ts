import type { AccountState } from '../../state/account-state';
import type { Subject } from '../../state/services/roles-anywhere-state';
import type { Certificate } from '../certificates/certificate';
import { newResource } from '../request/new-resource';

/**
 * Notes that a certificate has asked for a session, and whether it got one.
 *
 * @returns the ARN of the certificate's subject
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_SubjectDetail.html
 */
export function recordSubject(account: AccountState, { x509, details }: Certificate, hasFailed: boolean): string {
  const { subjects } = account.rolesAnywhere;
  const seenAt = account.now();
  const known = [...subjects.values()].find(({ x509Subject }) => x509Subject === details.subject);
  const subject: Omit<Subject, 'lastSeenAt'> = known ?? {
    ...newResource(account, 'subject'),
    x509Subject: details.subject,
    credentials: new Map(),
  };
  const serialNumber = BigInt(`0x${x509.serialNumber}`).toString();
  const credential = { serialNumber, issuer: details.issuer, certificatePem: x509.toString(), seenAt, hasFailed };
  const credentials = new Map([...subject.credentials, [serialNumber, credential] as const]);
  subjects.set(subject.id, { ...subject, credentials, lastSeenAt: seenAt, updatedAt: seenAt });
  return subject.arn;
}
