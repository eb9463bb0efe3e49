import { STEPS_ON_BUCKET, STEPS_ON_KEY, STEPS_ON_OBJECTS } from '../permission-proof/first-steps';
import type { AskBucket, Circumstances } from '../rule-kit/bucket-questions';
import { filterOn, judgeBuckets, OVER_TLS } from '../rule-kit/bucket-questions';
import type { Asking } from '../rule-kit/callers';
import { grantedCircumstances } from '../rule-kit/granted-circumstances';
import { judgeKeys, openTo } from '../rule-kit/key-questions';
import { namedCallers } from '../rule-kit/named-callers';
import { doubtOver, notApplicable } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import type { BucketSubject } from '../subject/subject';

export const noSecondStep: Rule = {
  id: 'no-second-step',
  title: 'Nobody whom a policy lets in can give themselves more in a second step',
  rationale: 'Whoever may replace a policy, an access list or a grant can give themselves anything.',
  reads: 'the policies of bucket and key, by evaluation for whomever they name, with no other policy',
  remedy: 'Take the action out of the statement; who deploys changes policies, by a policy of their own.',
  controls: { nist80053r5: ['AC-3', 'AC-5', 'AC-6', 'AC-6(10)'] },
  check: (subject) => {
    const { environment, accountBase } = subject;
    if (accountBase !== undefined) return [notApplicable('stack', 'log-bucket-delivery says whom its policy lets in')];
    if (environment.state !== 'known') return [doubtOver(environment, 'stack', 'the policies are not known in full')];
    const callers = namedCallers(environment.value);
    return [
      ...judgeBuckets(subject, 'nobody may take a first step', (ask, bucket) =>
        callers.flatMap((caller) => firstSteps(caller, ask, bucket)),
      ),
      ...judgeKeys(subject, 'nobody may take a first step', (key) =>
        callers.flatMap((caller) =>
          openTo(key, caller, Object.keys(STEPS_ON_KEY), subject).map((action) => step(caller, action, STEPS_ON_KEY)),
        ),
      ),
    ];
  },
};

function firstSteps(caller: Asking, ask: AskBucket, bucket: BucketSubject): readonly string[] {
  const all = circumstancesOf(bucket);
  const may = (on: 'bucket' | 'object') => (action: string) =>
    all.some((circumstances) => ask({ caller, action, on, circumstances }).result === 'allowed');
  const stepsOn = (on: 'bucket' | 'object', words: Readonly<Record<string, string>>) =>
    filterOn(bucket, Object.keys(words), may(on)).map((action) => step(caller, action, words));
  return [...stepsOn('bucket', STEPS_ON_BUCKET), ...stepsOn('object', STEPS_ON_OBJECTS)];
}

/** Over TLS, by itself and as each statement would have it. */
function circumstancesOf({ policy }: BucketSubject): readonly Circumstances[] {
  const granted = policy.state === 'known' ? grantedCircumstances(policy.value) : [];
  return [OVER_TLS, ...granted.map((some) => ({ ...some, ...OVER_TLS }))];
}

function step({ title }: Asking, action: string, words: Readonly<Record<string, string>>): string {
  return `${title} may ${action}, and so get ${words[action]}`;
}
