import { failed, passed } from '../../check-kit/outcome';
import type { ConfigurationCheck } from '../comparison/configuration-check';
import { isExistingRole, judgeFurtherPolicies } from '../comparison/existing-role';
import { whenRead } from '../comparison/judge';

export const roleAttachments: ConfigurationCheck = {
  id: 'role-attachments',
  title: 'The role carries the audited managed policies and no other',
  controls: ['IAM.1', 'NIST.800-53.r5 AC-6'],
  reads: ['ListAttachedRolePolicies', 'GetPolicy'],
  passes:
    'Exactly the audited policies are attached; to a role that existed before, others that do not touch bucket and key.',
  lookAt: 'The permissions policies of the role: detach what is not the environment’s, attach what is missing.',
  judge: (comparison) =>
    whenRead(comparison.live.attached, (attached, seen) => {
      const { audited } = comparison;
      const wanted = audited.settings.attachedPolicies;
      const arns = attached.map(({ arn }) => arn);
      const missing = wanted.filter((arn) => !arns.includes(arn));
      const extra = arns.filter((arn) => !wanted.includes(arn));
      if (missing.length === 0 && extra.length > 0 && isExistingRole(audited)) {
        const further = attached
          .filter(({ arn }) => extra.includes(arn))
          .map(({ arn, document }) => ({ name: arn, document }));
        return judgeFurtherPolicies(seen, further, comparison);
      }
      if (missing.length + extra.length === 0) return passed(seen, 'Attached are exactly the audited policies.');
      return failed(
        seen,
        [
          ...missing.map((arn) => `${arn} is not attached.`),
          ...extra.map((arn) => `${arn} is attached and was not audited.`),
        ].join(' '),
      );
    }),
};
