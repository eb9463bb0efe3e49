import type { Subject } from '../../state/services/roles-anywhere-state';
import type { DescribedKind } from '../request/resource-operations';

export const subjectKind: DescribedKind<Subject> = {
  type: 'subject',
  noun: 'Subject',
  member: 'subject',
  path: 'subject',
  parameter: 'subjectId',
  of: ({ account }) => account.rolesAnywhere.subjects,
  describe: describeSubject,
};

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_SubjectDetail.html */
function describeSubject(subject: Subject): object {
  return {
    subjectArn: subject.arn,
    subjectId: subject.id,
    enabled: subject.isEnabled,
    x509Subject: subject.x509Subject,
    lastSeenAt: subject.lastSeenAt.toISOString(),
    createdAt: subject.createdAt.toISOString(),
    updatedAt: subject.updatedAt.toISOString(),
    credentials: [...subject.credentials.values()].map((credential) => ({
      seenAt: credential.seenAt.toISOString(),
      serialNumber: credential.serialNumber,
      issuer: credential.issuer,
      enabled: true,
      x509CertificateData: credential.certificatePem,
      failed: credential.hasFailed,
    })),
    instanceProperties: [],
  };
}
