import { refusedAttachments } from '../rule-kit/attached-policies';
import { failFor } from '../rule-kit/gathered';
import { pass } from '../rule-kit/outcome';
import { refusedAccounts } from '../rule-kit/refused-accounts';
import { refusedLifecycle } from '../rule-kit/refused-lifecycle';
import { refusedLock } from '../rule-kit/refused-lock';
import { refusedPairs } from '../rule-kit/refused-pairs';
import { refusedPolicy } from '../rule-kit/refused-policies';
import { VALUE_RULES } from '../rule-kit/refused-values';
import type { Outcome, Rule } from '../rule-kit/rule';
import type { StackResource } from '../stack/stack-document';
import type { Subject } from '../subject/subject';

export const acceptedByAws: Rule = {
  id: 'accepted-by-aws',
  title: 'AWS takes every name, number and policy as the stack says it',
  rationale: 'An apply that AWS refuses half way leaves an environment without its denials, or without its key.',
  reads:
    'size, Sids and ARNs of every policy, by where it is put; how many a role has; names, paths, days and seconds of roles, policies, keys and buckets; the owner that is expected of a bucket, the account of a boundary, rules of a lifecycle, the period of a lock; in a synthesized stack, arguments that exclude each other',
  remedy: 'Write it as the finding says, before anything is applied.',
  controls: { nist80053r5: ['CM-3', 'CM-6'] },
  check: (subject) => {
    const found = subject.stack.resources.flatMap((resource) => refused(resource, subject));
    return found.length > 0 ? found : [pass('stack', `${subject.policies.length} policies, and the names beside them`)];
  },
};

function refused(resource: StackResource, subject: Subject): readonly Outcome[] {
  const ofPolicies = subject.policies.filter((reading) => reading.resource === resource);
  const problems = [
    ...ofPolicies.flatMap((one) => refusedPolicy(one, subject)),
    ...refusedValues(resource, subject),
    ...refusedPairs(resource, subject),
    ...refusedAttachments(resource, subject),
    ...refusedAccounts(resource, subject),
    ...refusedLifecycle(resource),
    ...refusedLock(resource),
  ];
  return problems.length === 0 ? [] : [failFor(resource.address, problems)];
}

function refusedValues(resource: StackResource, { read }: Subject): readonly string[] {
  return VALUE_RULES.filter(({ type }) => type === resource.type).flatMap(({ argument, rule, isRight }) => {
    const given = read(resource, argument);
    if (given.state !== 'known' || isRight(String(given.value))) return [];
    return [`${argument} ${rule}, got: ${String(given.value)}`];
  });
}
