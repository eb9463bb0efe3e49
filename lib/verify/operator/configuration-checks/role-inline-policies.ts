import { parsePolicy } from '../../../iam';
import { failed, passed } from '../../check-kit/outcome';
import type { ConfigurationCheck } from '../comparison/configuration-check';
import { isExistingRole, judgeFurtherPolicies } from '../comparison/existing-role';
import { drifted, orDoubt, whenRead } from '../comparison/judge';

export const roleInlinePolicies: ConfigurationCheck = {
  id: 'role-inline-policies',
  title: 'The role has no inline policy',
  controls: ['KMS.2', 'NIST.800-53.r5 AC-6'],
  reads: ['ListRolePolicies', 'GetRolePolicy'],
  passes: 'No inline policy: the environment’s own are managed, so that each has versions and can be listed.',
  lookAt: 'The inline policies of the role: aws iam delete-role-policy removes one.',
  judge: (comparison) =>
    whenRead(comparison.live.inline, (inline, seen) => {
      if (inline.length === 0) return passed(seen, 'There is none.');
      if (isExistingRole(comparison.audited)) {
        const further = inline.map(({ name, document }) => ({ name: `inline policy ${name}`, document }));
        return judgeFurtherPolicies(seen, further, comparison);
      }
      const {
        audited: { policies },
        driftTo,
      } = comparison;
      const names = inline.map(({ name }) => `'${name}'`).join(', ');
      return orDoubt(seen, () => {
        const added = inline.map(({ name, document }) =>
          parsePolicy(document, `inline policy ${name}`, { kind: 'identity' }),
        );
        const identity = [...policies.role.identity, ...added];
        const drift = driftTo({ ...policies, role: { ...policies.role, identity } });
        const detail = `The role has the inline policy ${names}`;
        if (drift.length === 0) return failed(seen, `${detail}, which changes nothing yet.`);
        const outcome = drifted(seen, drift);
        return { ...outcome, detail: `${detail}: ${outcome.detail}` };
      });
    }),
};
