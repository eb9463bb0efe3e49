import type { EnvironmentPolicies } from '../../../audit/environment-policies';
import { type Policy, parsePolicy } from '../../../iam';
import { failed, passed } from '../../outcome';
import type { Observation } from '../../verification';
import type { Comparison, OperatorCheck, OperatorOutcome } from '../check';
import { drifted, judgePolicy, orDoubt, whenRead } from '../judge';
import { hasKey } from './key-state';

export const keyPolicy: OperatorCheck = {
  id: 'key-policy',
  title: 'The key policy lets the role use the key through S3, and nobody more than audited',
  controls: ['KMS.5', 'NIST.800-53.r5 AC-3', 'NIST.800-53.r5 AC-6'],
  reads: ['GetKeyPolicy'],
  passes:
    'A created key: the same things as the audited key policy. An existing key: the role can use it through S3 as it needs.',
  lookAt: 'The key policy in KMS: it must admit the role, by name or by leaving the decision to IAM.',
  applies: hasKey,
  judge: (comparison) => {
    const { audited, live, driftTo } = comparison;
    if (live.key === undefined) return { result: 'inconclusive', observed: [], detail: 'The key was not read.' };
    return whenRead(live.key.policy, (document, seen) => {
      if (document === undefined) return failed(seen, 'The key does not exist.');
      const { policies } = audited;
      if (policies.key?.policy === undefined) return judgeExisting(seen, document, comparison);
      const inPlace = (policy: Policy) => withKeyPolicy(policies, policy);
      const livePolicy = {
        name: 'key policy',
        kind: 'resource',
        document,
        audited: policies.key.policy,
        inPlace,
      } as const;
      return judgePolicy(seen, livePolicy, driftTo);
    });
  },
};

function withKeyPolicy(policies: EnvironmentPolicies, policy: Policy): EnvironmentPolicies {
  return policies.key === undefined ? policies : { ...policies, key: { ...policies.key, policy } };
}

/** The policy of a key that was there before is not the environment's: what counts is what the role loses by it. */
function judgeExisting(
  seen: readonly Observation[],
  document: string,
  { audited: { policies }, driftTo }: Comparison,
): OperatorOutcome {
  return orDoubt(seen, () => {
    const policy = parsePolicy(document, 'key policy', { kind: 'resource' });
    const lost = driftTo(withKeyPolicy(policies, policy)).filter(
      ({ caller, kind }) => caller === 'the role' && kind !== 'gained' && kind !== 'widened',
    );
    return lost.length === 0 ? passed(seen, 'It lets the role use the key through S3.') : drifted(seen, lost);
  });
}
