import { AwsError } from '../../wire/http/aws-error';
import { childNamed, childrenNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import { NOTIFICATION_EVENTS } from '../documents/notification-events';
import { invalidArgument } from '../request/errors';
import { withId } from './assigned-id';
import type { Check } from './configuration';
import { requireSeparateNotifications } from './notification-overlap';
import { firstRepeated, type Refusal, refuse } from './refusals';

/** A receiver of events: the element that names it, and the service of its ARN. */
const DESTINATIONS: Readonly<Record<string, readonly [element: string, service: string]>> = {
  TopicConfiguration: ['Topic', 'sns'],
  QueueConfiguration: ['Queue', 'sqs'],
  CloudFunctionConfiguration: ['CloudFunction', 'lambda'],
};

const destinationOf = ({ name }: XmlElement) => DESTINATIONS[name] ?? ['', ''];
const arnOf = (rule: XmlElement) => childText(rule, destinationOf(rule)[0]) ?? '';
const unknownEventOf = (rule: XmlElement) =>
  childrenNamed(rule, 'Event').find(({ text }) => !NOTIFICATION_EVENTS.includes(text))?.text;
const filterNamesOf = (rule: XmlElement) =>
  childrenNamed(childNamed(childNamed(rule, 'Filter'), 'S3Key'), 'FilterRule').map(
    (one) => childText(one, 'Name')?.toLowerCase() ?? '',
  );

const REFUSALS: readonly Refusal<XmlElement>[] = [
  [
    (rule) => !arnOf(rule).startsWith('arn:') || arnOf(rule).split(':')[2] !== destinationOf(rule)[1],
    (rule) => invalidArgument('The ARN could not be parsed', destinationOf(rule)[0], arnOf(rule)),
  ],
  [
    (rule) => unknownEventOf(rule) !== undefined,
    (rule) => invalidArgument('The event is not supported for notifications', 'Event', unknownEventOf(rule) ?? ''),
  ],
  [
    (rule) => firstRepeated(filterNamesOf(rule)) !== undefined,
    (rule) => {
      const name = firstRepeated(filterNamesOf(rule)) ?? '';
      return invalidArgument(`Cannot specify more than one ${name} rule in a filter.`, 'FilterRule', name);
    },
  ],
];

/**
 * No topic, queue or function is here to send a test message to; EventBridge is not asked. Nothing is ever sent.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html
 */
export const checkNotification: Check = (document, _bucket, request) => {
  const children = document.children.map((child) => (isRule(child) ? withId(child, 'Id', request) : child));
  const rules = children.filter(isRule);
  for (const rule of rules) refuse(rule, REFUSALS);
  requireUniqueIds(rules);
  requireSeparateNotifications(rules);
  const isChecked = request.headers['x-amz-skip-destination-validation']?.toLowerCase() !== 'true';
  if (isChecked && rules.length > 0) {
    throw new AwsError(400, 'InvalidArgument', 'Unable to validate the following destination configurations');
  }
  return { ...document, children };
};

function isRule({ name }: XmlElement): boolean {
  return Object.hasOwn(DESTINATIONS, name);
}

function requireUniqueIds(rules: readonly XmlElement[]): void {
  const repeated = firstRepeated(rules.map((rule) => childText(rule, 'Id') ?? ''));
  if (repeated === undefined) return;
  throw invalidArgument('Same ID used for multiple configurations. IDs must be unique.', 'Id', repeated);
}
