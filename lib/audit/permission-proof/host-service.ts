import type { CertificateHolder } from '../policies/declared-host';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { ExpectedPermission, Requirement, Responsible } from './expected';
import { ec2Service } from './foreign';

/** The service that hands the role to the host, and what it has to be able to do. */
export interface HostService {
  readonly title: string;
  readonly principal: string;
  readonly expected: readonly ExpectedPermission[];
}

/** By the declared kind of host; `undefined` for a role that exists already, because whom that trusts is not known. */
export function hostServiceOf(policies: EnvironmentPolicies): HostService | undefined {
  const { host } = policies.declared;
  switch (host.kind) {
    case 'ec2':
      return { title: 'EC2', principal: ec2Service(policies), expected: FROM_INSTANCE };
    case 'on-premises':
      return { title: 'IAM Roles Anywhere', principal: 'rolesanywhere.amazonaws.com', expected: withCertificate(host) };
    case 'existing-role':
      return undefined;
  }
}

const FROM_INSTANCE: readonly ExpectedPermission[] = [
  {
    actions: ['sts:AssumeRole'],
    on: ['the role'],
    onlyIf: [],
    by: { layer: 'resource', statement: 'AssumeFromInstance' },
  },
];

const WITH_CERTIFICATE: Responsible = { layer: 'resource', statement: 'AssumeWithCertificate' };

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html */
function withCertificate({
  trustAnchorArn,
  commonNames,
  issuerName,
}: CertificateHolder): readonly ExpectedPermission[] {
  const only = (facet: string, values: readonly string[]): Requirement => ({
    facet,
    only: values,
    by: WITH_CERTIFICATE,
  });
  return [
    {
      actions: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
      on: ['the role'],
      onlyIf: [
        only('aws:SourceArn', [trustAnchorArn]),
        only('aws:PrincipalTag/x509Subject/CN', commonNames),
        ...(issuerName === undefined ? [] : [only('aws:PrincipalTag/x509Issuer/CN', [issuerName])]),
      ],
      by: WITH_CERTIFICATE,
    },
  ];
}
