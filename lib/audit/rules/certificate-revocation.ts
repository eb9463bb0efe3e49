import { declaredKind, toldHost } from '../rule-kit/declared-host';
import { fail, inherited, notApplicable, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

const AT = 'output.backup_environment';
const SHORT_LIVED_DAYS = 7;

export const certificateRevocation: Rule = {
  id: 'certificate-revocation',
  title: 'A stolen certificate can be revoked, or soon expires',
  rationale:
    'IAM Roles Anywhere asks no authority: without a revocation list a stolen certificate is good until it expires.',
  reads: `${AT}: host.revocation, host.certificate.maximumDays`,
  remedy: `Set host.revocation to crl and import the list of the authority, or to short-lived with certificates of ${SHORT_LIVED_DAYS} days at most.`,
  controls: { nist80053r5: ['IA-5(2)', 'SC-17'] },
  check: (subject) => {
    if (declaredKind(subject) !== 'on-premises') return [notApplicable(AT, 'no host shows a certificate')];
    const { revocation, certificate } = toldHost(subject);
    const days = Number((certificate as { maximumDays?: unknown } | undefined)?.maximumDays ?? Number.NaN);
    if (revocation === 'short-lived' && days <= SHORT_LIVED_DAYS)
      return [pass(AT, `certificates are good for ${days} days at most, as the authority promises`)];
    if (revocation === 'crl')
      return [
        inherited(
          AT,
          "Terraform imports no list: have the authority's owner show the imported one (aws rolesanywhere list-crls), and when revocation was last tried",
        ),
      ];
    return [fail(AT, `nothing revokes a certificate (revocation: ${String(revocation)}, maximumDays: ${days})`)];
  },
};
