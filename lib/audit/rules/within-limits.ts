import { ROTATION_DAYS, SESSION_SECONDS } from '../../iam';
import { boundDoubt } from '../rule-kit/gathered';
import { LIFECYCLE, lifecycleOf, numberAt } from '../rule-kit/lifecycle';
import { type LimitName, limitOf } from '../rule-kit/limits';
import { doubt, fail, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import { takesBackups } from '../rule-kit/uploads';
import { type Answer, known } from '../stack/answer';
import type { BucketSubject, Subject } from '../subject/subject';

const LOCK = 'aws_s3_bucket_object_lock_configuration';
const DAYS_OF_YEAR = 365;

export const withinLimits: Rule = {
  id: 'within-limits',
  title: 'Old versions, rotations, sessions and locks keep to the figures of the environment',
  rationale:
    "A figure that nobody chose is nobody's judgement: a day of old versions brings little back, a session of half a day is long in the wrong hands.",
  reads: `${LIFECYCLE}: noncurrent_days; aws_kms_key: rotation_period_in_days; aws_iam_role: max_session_duration; ${LOCK}: default retention; output.audit_limits`,
  remedy: 'Mend the figure, or write the one that you stand for under limits in the environment file.',
  controls: { nist80053r5: ['AC-12', 'CP-9', 'SC-12', 'AU-11'] },
  check: (subject) => [
    ...subject.buckets.filter(takesBackups).flatMap((bucket) => ofBucket(bucket, subject)),
    ...subject.keys.map(({ resource }) =>
      judge(
        'rotationDays',
        resource.address,
        numberOr(ROTATION_DAYS.byDefault, subject.read(resource, 'rotation_period_in_days')),
        subject,
      ),
    ),
    ...subject.roles
      .filter(({ exists }) => !exists)
      .map(({ resource }) => {
        const seconds = numberOr(SESSION_SECONDS.byDefault, subject.read(resource, 'max_session_duration'));
        return judge(
          'sessionHours',
          resource.address,
          seconds.state === 'known' ? known(seconds.value / 3600) : seconds,
          subject,
        );
      }),
  ],
};

function ofBucket(bucket: BucketSubject, subject: Subject): readonly Outcome[] {
  const { address } = bucket.resource;
  return [
    judge('versionDays', address, fewestVersionDays(bucket, subject), subject),
    judge('lockDays', address, lockDays(bucket, subject), subject),
  ];
}

/** Over all enabled rules, also those about some objects: one of them is enough to lose versions. */
function fewestVersionDays(bucket: BucketSubject, { read }: Subject): Answer<number> {
  const rules = lifecycleOf(bucket, read);
  if (rules.state === 'unknown') return rules;
  if (rules.state === 'absent') return known(Number.POSITIVE_INFINITY);
  const found = rules.value
    .filter(({ isEnabled }) => isEnabled.state !== 'known' || isEnabled.value)
    .map((rule) => numberAt(rule, 'noncurrent_version_expiration.noncurrent_days', read));
  const open = found.find(({ state }) => state === 'unknown');
  if (open !== undefined) return open;
  return known(Math.min(...found.map((one) => (one.state === 'known' ? one.value : Number.POSITIVE_INFINITY))));
}

function lockDays({ companions }: BucketSubject, { read }: Subject): Answer<number> {
  const { found, doubtful } = companions(LOCK);
  const [lock] = found;
  if (lock === undefined && doubtful[0] !== undefined)
    return { state: 'unknown', because: `nobody can tell whose ${doubtful[0].address} is` };
  if (lock === undefined) return known(0);
  const days = read(lock, 'rule.default_retention.days');
  const years = read(lock, 'rule.default_retention.years');
  if (days.state === 'absent' && years.state === 'known') return known(Number(years.value) * DAYS_OF_YEAR);
  return numberOr(0, days);
}

function numberOr(byDefault: number, answer: Answer<unknown>): Answer<number> {
  if (answer.state === 'unknown') return answer;
  return known(answer.state === 'known' ? Number(answer.value) : byDefault);
}

/** How a figure can be wrong, in words. */
const WORDS: Readonly<Record<LimitName, (figure: number, limit: number) => string | undefined>> = {
  versionDays: (figure, limit) =>
    figure < limit
      ? `a version is deleted ${figure} days after it was replaced, and ${limit} are asked for`
      : undefined,
  lockDays: (figure, limit) =>
    figure < limit ? `Object Lock holds a new version for ${figure} days, and ${limit} are asked for` : undefined,
  rotationDays: (figure, limit) =>
    figure > limit ? `the key is rotated every ${figure} days, and ${limit} are the most` : undefined,
  sessionHours: (figure, limit) =>
    figure > limit ? `a session may last ${figure} hours, and ${limit} is the most` : undefined,
};

function judge(name: LimitName, address: string, figure: Answer<number>, subject: Subject): Outcome {
  const limit = limitOf(name, subject);
  const evidence = [{ at: `limit: ${name}`, value: limit?.said ?? '(not known)' }];
  const about = { about: name };
  if (limit === undefined || figure.state !== 'known' || Number.isNaN(figure.value))
    return boundDoubt({ ...doubt(address, `'${name}' cannot be judged: a figure is not known`, evidence), ...about });
  const problem = WORDS[name](figure.value, limit.figure);
  return {
    ...(problem === undefined
      ? pass(address, `${name} keeps to the figure`, evidence)
      : fail(address, problem, evidence)),
    ...about,
  };
}
