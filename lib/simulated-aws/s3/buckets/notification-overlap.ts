import { childNamed, childrenNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import { invalidArgument } from '../request/errors';

const SHARED = 'Configurations overlap. Configurations on the same bucket cannot share a common event type.';
const AMBIGUOUS =
  'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.';

/**
 * No object may be told of to two destinations for one event.
 *
 * @throws {AwsError} `InvalidArgument`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
 */
export function requireSeparateNotifications(rules: readonly XmlElement[]): void {
  for (const [index, rule] of rules.entries()) {
    const other = rules.slice(0, index).find((earlier) => doOverlap(earlier, rule));
    if (!other) continue;
    const isFiltered = [other, rule].some((one) => childNamed(one, 'Filter') !== undefined);
    throw invalidArgument(isFiltered ? AMBIGUOUS : SHARED, 'Event', [other, rule].flatMap(eventsOf).join(', '));
  }
}

function doOverlap(left: XmlElement, right: XmlElement): boolean {
  return (
    eventsOf(left).some((one) => eventsOf(right).some((other) => isWithin(one, other) || isWithin(other, one))) &&
    isEither((one, other) => one.startsWith(other), patternOf(left, 'prefix'), patternOf(right, 'prefix')) &&
    isEither((one, other) => one.endsWith(other), patternOf(left, 'suffix'), patternOf(right, 'suffix'))
  );
}

/** Whether an event is another, or one of those that the other stands for: `s3:ObjectCreated:*`. */
function isWithin(event: string, other: string): boolean {
  return event === other || (other.endsWith(':*') && event.startsWith(other.slice(0, -1)));
}

function isEither(test: (one: string, other: string) => boolean, left: string, right: string): boolean {
  return test(left, right) || test(right, left);
}

function eventsOf(rule: XmlElement): readonly string[] {
  return childrenNamed(rule, 'Event').map(({ text }) => text);
}

/** The beginning or end that keys must have; nothing for any key. */
function patternOf(rule: XmlElement, name: 'prefix' | 'suffix'): string {
  const filterRules = childrenNamed(childNamed(childNamed(rule, 'Filter'), 'S3Key'), 'FilterRule');
  return (
    childText(
      filterRules.find((one) => childText(one, 'Name')?.toLowerCase() === name),
      'Value',
    ) ?? ''
  );
}
