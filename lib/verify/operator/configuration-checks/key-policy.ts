import type { EnvironmentPolicies, KeyPolicies } from '../../../audit/policies/environment-policies';
import { type Policy, parsePolicy } from '../../../iam';
import { failed, passed } from '../../check-kit/outcome';
import type { Observation } from '../../result/verification';
import type { Comparison, ConfigurationCheck, ConfigurationOutcome } from '../comparison/configuration-check';
import { drifted, judgePolicy, orDoubt, whenRead } from '../comparison/judge';
import { auditedKeys, judgeKeys } from '../comparison/judge-keys';
import { hasKey } from './key-state';

export const keyPolicy: ConfigurationCheck = {
  id: 'key-policy',
  title: 'The key policy lets the role use the key through S3, and nobody more than audited',
  controls: ['KMS.5', 'NIST.800-53.r5 AC-3', 'NIST.800-53.r5 AC-6'],
  reads: ['GetKeyPolicy'],
  passes:
    'A created key: the same things as the audited key policy. An existing key: the role can use it through S3 as it needs.',
  lookAt: 'The key policy in KMS: it must admit the role, by name or by leaving the decision to IAM.',
  applies: hasKey,
  judge: (comparison) =>
    judgeKeys(auditedKeys(comparison), comparison, ({ policy: read }, key) =>
      whenRead(read, (document, seen) => {
        if (document === undefined) return failed(seen, 'The key does not exist.');
        const { audited, driftTo } = comparison;
        if (key.policy === undefined) return judgeExisting(seen, { key, document }, comparison);
        const inPlace = (policy: Policy) => withKeyPolicy(audited.policies, { ...key, policy });
        const livePolicy = { name: 'key policy', kind: 'resource', document, audited: key.policy, inPlace } as const;
        return judgePolicy(seen, livePolicy, driftTo);
      }),
    ),
};

function withKeyPolicy(policies: EnvironmentPolicies, key: KeyPolicies): EnvironmentPolicies {
  if (policies.key?.arn === key.arn) return { ...policies, key };
  return { ...policies, formerKeys: policies.formerKeys.map((former) => (former.arn === key.arn ? key : former)) };
}

/** The policy of a key that was there before is not the environment's: what counts is what the role loses by it. */
function judgeExisting(
  seen: readonly Observation[],
  { key, document }: { readonly key: KeyPolicies; readonly document: string },
  { audited: { policies }, driftTo }: Comparison,
): ConfigurationOutcome {
  return orDoubt(seen, () => {
    const policy = parsePolicy(document, 'key policy', { kind: 'resource' });
    const lost = driftTo(withKeyPolicy(policies, { ...key, policy })).filter(
      ({ caller, kind }) => caller === 'the role' && kind !== 'gained' && kind !== 'widened',
    );
    return lost.length === 0 ? passed(seen, 'It lets the role use the key through S3.') : drifted(seen, lost);
  });
}
