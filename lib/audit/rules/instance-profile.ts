import { declaredKind } from '../rule-kit/declared-host';
import { boundDoubt } from '../rule-kit/gathered';
import { doubt, doubtOver, fail, notApplicable, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import type { StackResource } from '../stack/stack-document';

export const instanceProfile: Rule = {
  id: 'instance-profile',
  title: 'The role reaches the instance through an instance profile',
  rationale: "A profile's credentials are short-lived and never typed; without one, somebody ends up with access keys.",
  reads: 'aws_iam_instance_profile: role',
  remedy: 'Add an aws_iam_instance_profile for the role.',
  controls: { cisV3: ['1.18'], cisV5: ['1.17'], nist80053r5: ['AC-3', 'CM-5(1)', 'CM-6'] },
  check: (subject) =>
    subject.roles.map(({ resource, exists, trust, instanceProfiles: { found, doubtful } }) => {
      if (exists) return notApplicable(resource.address, 'the role exists already, and its owner gives it to hosts');
      if (declaredKind(subject) === 'on-premises') return besideCertificates(resource, [...found, ...doubtful]);
      if (found[0] !== undefined) return pass(found[0].address, 'the instance gets the role from it');
      if (doubtful[0] !== undefined)
        return boundDoubt(doubt(resource.address, `nobody can tell whose ${doubtful[0].address} is`));
      if (trust.state !== 'known')
        return boundDoubt(doubtOver(trust, resource.address, 'whom the role trusts is not known'));
      const trustsInstances = trust.value.statements.some(({ principals }) =>
        (principals?.byType.Service ?? []).some((name) => name.startsWith('ec2.')),
      );
      if (!trustsInstances) return notApplicable(resource.address, 'no instance may assume it');
      return fail(resource.address, 'there is no aws_iam_instance_profile for it');
    }),
};

/** A second way to the role, which no certificate guards. */
function besideCertificates({ address }: StackResource, profiles: readonly StackResource[]): Outcome {
  const [profile] = profiles;
  if (profile !== undefined) return fail(address, `${profile.address} stands beside the certificates of its hosts`);
  return notApplicable(address, 'its hosts show certificates');
}
