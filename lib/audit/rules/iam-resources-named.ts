import { factAbout } from '../rule-kit/gathered';
import { judgeIdentityPolicies } from '../rule-kit/identity-policies';
import type { Rule } from '../rule-kit/rule';

export const iamResourcesNamed: Rule = {
  id: 'iam-resources-named',
  title: 'Every policy names its resources',
  rationale:
    'The resource of an action matters as much as the action; a wildcard account or bucket reaches those of others.',
  reads: 'identity policies: Resource, NotResource of Allow statements',
  remedy: 'Name ARNs with account and bucket; use * only for actions that take no resource.',
  controls: { nist80053r5: ['AC-3', 'AC-6'] },
  equivalents: { checkov: ['CKV_AWS_355'] },
  check: (subject) =>
    judgeIdentityPolicies(subject, 'every resource is named', ({ actions, resources }) => {
      if (resources === undefined || resources.negated) return ['allows it on all but the resources that it lists'];
      const takesNone = actions.patterns.every(
        (action) => subject.catalogue.tryFind(action)?.resourceTypes.length === 0,
      );
      const wide = resources.patterns.filter((pattern) => isWide(pattern) && !takesNone);
      return wide.length === 0 ? [] : [factAbout(wide, (names) => `allows it on ${names}`)];
    }),
};

/** Partition, service, account, bucket and the like must be spelled out. */
function isWide(pattern: string): boolean {
  const [, partition = '*', service = '*', , account = '', ...resource] = pattern.split(':');
  const [name = '*'] = resource.join(':').split('/');
  return [partition, service, account, name].some((part) => /[*?]/.test(part)) || pattern === '*';
}
