import { blocksOf, valueAt } from '../stack/argument';
import type { Arguments } from '../stack/arguments';
import type { StackResource } from '../stack/stack-document';

const LOCK = 'aws_s3_bucket_object_lock_configuration';
/** A hundred years. */
const MOST: Readonly<Record<'days' | 'years', number>> = { days: 36_500, years: 100 };

/**
 * Why S3, or the provider, would not take an Object Lock, in one sentence each.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DefaultRetention.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
 */
export function refusedLock({ type, arguments: given }: StackResource): readonly string[] {
  if (type !== LOCK) return [];
  const { object_lock_enabled: enabled } = given;
  const isEnabled = [undefined, null, 'Enabled'].includes(enabled as never) || isOpen(enabled);
  const retentions = listOf(given.rule).flatMap((rule) => listOf(rule.default_retention));
  return [...(isEnabled ? [] : ['object_lock_enabled must be Enabled']), ...retentions.flatMap(refusedRetention)];
}

function refusedRetention(retention: Arguments): readonly string[] {
  const mode = valueAt(retention, 'mode');
  const isMode =
    mode.state === 'unknown' || (mode.state === 'known' && isOneOf(mode.value, ['COMPLIANCE', 'GOVERNANCE']));
  const said = (['days', 'years'] as const).filter((name) => isSaid(retention[name]));
  return [
    ...(isMode ? [] : ['the mode of a retention must be GOVERNANCE or COMPLIANCE']),
    ...(said.length > 1 ? ['a retention has days or years, not both'] : []),
    ...said
      .filter((name) => !isOpen(retention[name]) && !isWithin(Number(retention[name]), MOST[name]))
      .map((name) => `the ${name} of a retention must be 1 to ${MOST[name]}, got: ${String(retention[name])}`),
  ];
}

function listOf(given: unknown): readonly Arguments[] {
  const blocks = blocksOf(given);
  return blocks.state === 'known' ? blocks.value : [];
}

/** A plan gives 0 for what is not said. */
function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== 0;
}

/** Whether only a deployment knows it. */
function isOpen(value: unknown): boolean {
  return typeof value === 'object' || /[$%]\{/.test(String(value));
}

function isOneOf(value: unknown, values: readonly unknown[]): boolean {
  return values.includes(value) || isOpen(value);
}

function isWithin(number: number, most: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= most;
}
