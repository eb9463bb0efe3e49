import { failFor } from '../rule-kit/gathered';
import { LIFECYCLE, type LifecycleRule, lifecycleOf, numberAt } from '../rule-kit/lifecycle';
import { doubt, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import { takesBackups } from '../rule-kit/uploads';
import { blocksOf } from '../stack/argument';
import type { BucketSubject, ReadArgument } from '../subject/subject';

export const currentObjectsKept: Rule = {
  id: 'current-objects-kept',
  title: 'No current object ever expires or moves to another storage class',
  rationale: 'Later backups point at objects of older ones: when an old object is gone or frozen, new backups break.',
  reads: `${LIFECYCLE}: rule.expiration, rule.transition`,
  remedy: 'Take expiration (but for expired_object_delete_marker) and transition out of every rule; let Vault delete.',
  controls: { nist80053r5: ['CP-9', 'SI-12'] },
  check: ({ buckets, read }) => buckets.filter(takesBackups).map((bucket) => check(bucket, read)),
};

function check(bucket: BucketSubject, read: ReadArgument): Outcome {
  const at = bucket.companions(LIFECYCLE).found[0]?.address ?? bucket.resource.address;
  const rules = lifecycleOf(bucket, read);
  if (rules.state === 'unknown') return doubt(at, `the lifecycle is not known: ${rules.because}`);
  if (rules.state === 'absent') return pass(at, 'there is no lifecycle');
  const active = rules.value.filter(
    ({ isEnabled }) => isEnabled.state === 'unknown' || (isEnabled.state === 'known' && isEnabled.value),
  );
  const problems = active.flatMap((rule) => takenAway(rule, read).map((what) => `'${rule.id}' ${what}`));
  if (problems.length > 0) return failFor(at, problems);
  const open = active.filter((rule) => isOpen(rule, read));
  if (open.length > 0) return doubt(at, `what '${open[0]?.id}' does to current objects is not known`);
  return pass(at, 'no rule touches a current object');
}

function takenAway(rule: LifecycleRule, read: ReadArgument): readonly string[] {
  const days = numberAt(rule, 'expiration.days', read);
  const date = read({ address: '', type: '', arguments: rule.given }, 'expiration.date');
  const expires = (days.state === 'known' && days.value > 0) || date.state === 'known';
  const moves = blocksOf(rule.given.transition).state === 'known';
  return [
    ...(expires ? ['expires current objects'] : []),
    ...(moves ? ['moves current objects to another class'] : []),
  ];
}

function isOpen(rule: LifecycleRule, read: ReadArgument): boolean {
  const answers = [
    blocksOf(rule.given.expiration),
    blocksOf(rule.given.transition),
    numberAt(rule, 'expiration.days', read),
    read({ address: '', type: '', arguments: rule.given }, 'expiration.date'),
  ];
  return answers.some(({ state }) => state === 'unknown');
}
