import type { Policy } from '../../../iam';
import { failed } from '../../check-kit/outcome';
import type { ConfigurationCheck } from '../comparison/configuration-check';
import { judgePolicy, whenRead } from '../comparison/judge';

export const roleTrust: ConfigurationCheck = {
  id: 'role-trust',
  title: 'The role can be assumed by the audited host and by nobody else',
  controls: ['NIST.800-53.r5 AC-3', 'NIST.800-53.r5 AC-6'],
  reads: ['GetRole'],
  passes: 'The trust policy lets the same principals assume the role as the audited one.',
  lookAt: 'The trust relationships of the role.',
  applies: ({ audited }) => audited.policies.role.trust !== undefined,
  judge: ({ audited: { policies }, live, driftTo }) =>
    whenRead(live.role, (role, seen) => {
      if (role === undefined) return failed(seen, 'The role does not exist.');
      const livePolicy = {
        name: 'trust policy',
        kind: 'trust',
        document: role.trust,
        audited: policies.role.trust,
        inPlace: (trust: Policy) => ({ ...policies, role: { ...policies.role, trust } }),
      } as const;
      return judgePolicy(seen, livePolicy, driftTo);
    }),
};
