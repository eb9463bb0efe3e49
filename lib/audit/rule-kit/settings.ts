import type { Answer } from '../stack/answer';
import type { StackResource } from '../stack/stack-document';
import type { BucketSubject, Subject } from '../subject/subject';
import { boundDoubt, doubtFor, failFor } from './gathered';
import { describeAnswer, doubt, fail, pass, seen } from './outcome';
import type { Outcome } from './rule';

/** The value that one argument must have. */
export interface Setting {
  readonly path: string;
  /** The values that are right, as text. */
  readonly oneOf: readonly string[];
  /** The value that counts where nothing is written; left out, something must be. */
  readonly byDefault?: string;
  /** Of its wrong values one is worse than another, so that each is a finding of its own. */
  readonly isGraded?: boolean;
}

/** Holds the settings of one resource: one wrong is a failure, one unknown a doubt. */
export function checkSettings(
  resource: StackResource,
  settings: readonly Setting[],
  { read }: Pick<Subject, 'read'>,
): Outcome {
  const answers = settings.map((setting) => ({ ...setting, answer: read(resource, setting.path) }));
  const evidence = answers.map(({ path, answer }) => seen(resource, path, answer));
  const say = (result: 'fail' | 'unknown', facts: readonly string[]) => {
    const [alone, gathered] = result === 'fail' ? [fail, failFor] : [doubt, doubtFor];
    // Either the wrong value or the doubt of a single setting stands for itself, so that no waiver covers both.
    return settings.length === 1 && (result === 'fail') !== (settings[0]?.isGraded === true)
      ? alone(resource.address, facts.join('; '), evidence)
      : gathered(resource.address, facts, { evidence });
  };
  const wrong = answers.filter((one) => one.answer.state !== 'unknown' && !isRight(one, one.answer));
  if (wrong.length > 0) return say('fail', wrong.map(describeWrong));
  const open = answers.filter(({ answer }) => answer.state === 'unknown');
  if (open.length > 0) {
    return say(
      'unknown',
      open.map(({ path, answer }) => `${path} is ${describeAnswer(answer)}`),
    );
  }
  return pass(
    resource.address,
    answers.map(({ path, answer }) => `${path} is ${describeAnswer(answer)}`).join('; '),
    evidence,
  );
}

function isRight({ oneOf, byDefault }: Setting, answer: Answer<unknown>): boolean {
  const value = answer.state === 'known' ? String(answer.value) : byDefault;
  return value !== undefined && oneOf.includes(value);
}

function describeWrong({ path, oneOf, answer }: Setting & { readonly answer: Answer<unknown> }): string {
  return `${path} must be ${oneOf.join(' or ')}, got: ${describeAnswer(answer)}`;
}

/** A resource that must stand beside each bucket. */
export interface Beside {
  readonly type: string;
  readonly settings: readonly Setting[];
  /** The deprecated argument of `aws_s3_bucket` that says the same. */
  readonly inline?: string;
}

/** One outcome for each bucket, from the resource of the type that is about it. */
export function besideEachBucket(beside: Beside): (subject: Subject) => readonly Outcome[] {
  return (subject) => subject.buckets.map((bucket) => besideBucket(bucket, beside, subject));
}

function besideBucket(bucket: BucketSubject, { type, settings, inline }: Beside, subject: Subject): Outcome {
  const { found, doubtful } = bucket.companions(type);
  const { address } = bucket.resource;
  const [only, ...more] = found;
  if (more.length > 0)
    return boundDoubt(doubt(address, `${found.map((one) => one.address).join(' and ')} replace each other`));
  if (only !== undefined) return checkSettings(only, settings, subject);
  if (doubtful.length > 0)
    return boundDoubt(doubt(address, `nobody can tell which bucket ${doubtful[0]?.address} is about`));
  if (inline !== undefined && subject.read(bucket.resource, inline).state !== 'absent') {
    return boundDoubt(doubt(address, `the deprecated argument '${inline}' of the bucket is not read`));
  }
  return fail(address, `there is no ${type} for it`);
}
