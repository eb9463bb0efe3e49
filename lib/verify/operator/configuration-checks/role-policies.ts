import { nameOf } from '../../../arn';
import { parsePolicy } from '../../../iam';
import { passed } from '../../check-kit/outcome';
import type { Comparison, ConfigurationCheck } from '../comparison/configuration-check';
import { drifted, isSameText, orDoubt, whenRead } from '../comparison/judge';
import type { AttachedPolicy } from '../live/live-environment';

export const rolePolicies: ConfigurationCheck = {
  id: 'role-policies',
  title: 'The default versions of the role’s policies allow what was audited',
  controls: ['IAM.1', 'IAM.21', 'KMS.1', 'NIST.800-53.r5 AC-6'],
  reads: ['ListAttachedRolePolicies', 'GetPolicy', 'GetPolicyVersion'],
  passes: 'The default versions together allow exactly what the audited policies allow.',
  lookAt: 'The versions of the policy: IAM keeps five, and any of them can be the default.',
  judge: ({ audited, live, driftTo }) =>
    whenRead(live.attached, (attached, seen) =>
      orDoubt(seen, () => {
        const { policies, settings } = audited;
        const own = attached.filter(({ arn }) => settings.attachedPolicies.includes(arn));
        const identity = withDefaultVersions(audited, own);
        const isSame = identity.every((policy, index) => isSameText(policy, policies.role.identity[index]));
        const drift = isSame ? [] : driftTo({ ...policies, role: { ...policies.role, identity } });
        if (drift.length > 0) return drifted(seen, drift);
        const versions = own.map(({ arn, versionId }) => `${nameOf(arn)} ${versionId}`).join(', ');
        if (own.length === settings.attachedPolicies.length) {
          return passed(seen, `The default versions allow what was audited (${versions}).`);
        }
        const detail = 'A policy that is not attached has no version in force to compare.';
        return { result: 'inconclusive', observed: seen, detail };
      }),
    ),
};

/** A policy that is not attached is a matter of another check, so the audited one stands for it. */
function withDefaultVersions({ policies, settings }: Comparison['audited'], own: readonly AttachedPolicy[]) {
  return policies.role.identity.map((audited, index) => {
    const attached = own.find(({ arn }) => arn === settings.attachedPolicies[index]);
    return attached === undefined ? audited : parsePolicy(attached.document, attached.arn, { kind: 'identity' });
  });
}
