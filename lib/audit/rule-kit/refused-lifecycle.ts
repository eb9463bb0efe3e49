import { blocksOf, valueAt } from '../stack/argument';
import type { Arguments } from '../stack/arguments';
import type { StackResource } from '../stack/stack-document';
import { LIFECYCLE } from './lifecycle';

const MOST_OF_ID = 255;
const STATUSES: readonly unknown[] = ['Enabled', 'Disabled'];

/** Days that S3 counts from one. The provider gives 0 for days that are not said, beside a date or a delete marker. */
const DAYS: readonly (readonly [path: string, unless: readonly string[]])[] = [
  ['expiration.days', ['expiration.date', 'expiration.expired_object_delete_marker']],
  ['noncurrent_version_expiration.noncurrent_days', []],
  ['abort_incomplete_multipart_upload.days_after_initiation', []],
];

/**
 * Why S3, or the provider, would not take a lifecycle, in one sentence each.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html
 */
export function refusedLifecycle({ type, arguments: given }: StackResource): readonly string[] {
  const rules = type === LIFECYCLE ? blocksOf(given.rule) : undefined;
  if (rules?.state !== 'known') return [];
  const ids = rules.value.map(({ id }) => id).filter((id): id is string => typeof id === 'string' && id !== '');
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `two rules have the id '${id}'`),
    ...ids.filter((id) => id.length > MOST_OF_ID).map(() => `an id of a rule has more than ${MOST_OF_ID} characters`),
    ...rules.value.flatMap(refusedRule),
  ];
}

function refusedRule(rule: Arguments): readonly string[] {
  const status = valueAt(rule, 'status');
  const isStatus = status.state === 'unknown' || (status.state === 'known' && isPossible(status.value, STATUSES));
  return [
    ...(isStatus ? [] : ['the status of a rule must be Enabled or Disabled']),
    ...DAYS.flatMap(refusedDays(rule)),
  ];
}

function isPossible(value: unknown, values: readonly unknown[]): boolean {
  return values.includes(value) || /[$%]\{/.test(String(value));
}

const refusedDays =
  (rule: Arguments) =>
  ([path, unless]: (typeof DAYS)[number]): readonly string[] => {
    const days = valueAt(rule, path);
    const isOfNone = days.state === 'known' && /^(?:0+|-\d+)$/.test(String(days.value));
    const isSaidOtherwise = unless.some((other) => isSaid(valueAt(rule, other)));
    return isOfNone && !isSaidOtherwise ? [`${path} must be at least 1, got: ${String(days.value)}`] : [];
  };

function isSaid(answer: ReturnType<typeof valueAt>): boolean {
  return (
    answer.state === 'unknown' || (answer.state === 'known' && ![false, 'false', ''].includes(answer.value as never))
  );
}
