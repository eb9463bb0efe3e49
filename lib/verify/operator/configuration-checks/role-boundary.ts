import { parsePolicy } from '../../../iam';
import { failed, passed } from '../../check-kit/outcome';
import type { ConfigurationCheck } from '../comparison/configuration-check';
import { isExistingRole } from '../comparison/existing-role';
import { drifted, orDoubt, whenRead } from '../comparison/judge';

export const roleBoundary: ConfigurationCheck = {
  id: 'role-boundary',
  title: 'The permissions boundary is the audited one and leaves Vault what it needs',
  controls: ['NIST.800-53.r5 AC-6'],
  reads: ['GetRole', 'GetPolicy', 'GetPolicyVersion'],
  passes: 'The audited boundary, or none where none was audited; nothing that Vault needs is outside it.',
  lookAt: 'The permissions boundary of the role, and the default version of that policy.',
  judge: ({ audited, live, driftTo }) =>
    whenRead(live.role, (role, roleSeen) => {
      const { policies, settings } = audited;
      if (role === undefined) return failed(roleSeen, 'The role does not exist.');
      const boundaryArn = isExistingRole(audited) ? role.boundaryArn : settings.boundaryArn;
      if (role.boundaryArn !== boundaryArn) {
        const [was, is] = [boundaryArn ?? 'no boundary', role.boundaryArn ?? 'no boundary'];
        return failed(roleSeen, `The role was audited with ${was} and has ${is}.`);
      }
      return whenRead(live.boundary, (document, seen) => {
        if (document === undefined) return passed(seen, 'There is none, as audited.');
        return orDoubt(seen, () => {
          const boundary = parsePolicy(document, boundaryArn ?? 'boundary', { kind: 'identity' });
          const drift = driftTo({ ...policies, role: { ...policies.role, boundary } });
          return drift.length === 0 ? passed(seen, 'It takes nothing away that Vault needs.') : drifted(seen, drift);
        });
      });
    }),
};
