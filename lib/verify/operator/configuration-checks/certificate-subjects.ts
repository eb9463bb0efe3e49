import { failed, passed } from '../../check-kit/outcome';
import type { ConfigurationCheck } from '../comparison/configuration-check';
import { whenRead } from '../comparison/judge';
import type { LiveSubject } from '../live/live-environment';

export const certificateSubjects: ConfigurationCheck = {
  id: 'certificate-subjects',
  title: 'The authority of the trust anchor has let in the hosts of the config alone',
  controls: ['NIST.800-53.r5 AU-6', 'NIST.800-53.r5 IA-4'],
  reads: ['ListSubjects', 'GetSubject', 'GetTrustAnchor'],
  passes:
    'Nobody but the hosts of the config got a session with a certificate of an authority that the stack brought into the account.',
  lookAt: 'aws rolesanywhere list-subjects, and CreateSession in CloudTrail: who has a certificate of the authority.',
  applies: ({ audited }) => audited.settings.certificateHost !== undefined,
  judge: ({ audited: { settings }, live }) => {
    if (live.certificateHost === undefined) throw new Error('a host outside of AWS was not read');
    const { subjects, trustAnchor } = live.certificateHost;
    return whenRead(subjects, (all, seen) => {
      const others = all.filter(({ isLetIn }) => !isLetIn);
      const letIn = `${all.length - others.length} of the hosts of the config asked for sessions`;
      if (others.length === 0) return passed(seen, `${letIn}, and nobody else in the account.`);
      return whenRead(trustAnchor, (anchor, anchorSeen) => {
        const observed = [...seen, ...anchorSeen];
        const ofAuthority = others.filter(({ issuers }) =>
          issuers.some((issuer) => anchor?.authorities.some((one) => isSameName(one, issuer))),
        );
        // A trust anchor that existed before may be there for other roles, too.
        if (settings.certificateHost?.source !== undefined && ofAuthority.length > 0) {
          return failed(observed, `A certificate of its authority gave a session to ${tell(ofAuthority)}.`);
        }
        return passed(observed, `${letIn}; others in the account, whom the trust policy keeps out: ${tell(others)}.`);
      });
    });
  },
};

/** AWS's way to write the parts of a name is not documented, nor their order. */
function isSameName(left: string, right: string): boolean {
  const partsOf = (name: string) => JSON.stringify(name.split(/,\s*/).sort());
  return partsOf(left) === partsOf(right);
}

function tell(subjects: readonly LiveSubject[]): string {
  return subjects.map(({ name, lastSeenAt }) => `${name} (last seen ${lastSeenAt})`).join('; ');
}
