import { AwsError } from '../../wire/http/aws-error';
import { childNamed, childrenNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import { invalidArgument, malformedXml } from '../request/errors';
import { type Refusal, refuse } from './refusals';

const DAY_MS = 86_400_000;

/** Classes that an object comes to after that many days at the earliest. */
const LEAST_DAYS: Readonly<Record<string, number>> = { STANDARD_IA: 30, ONEZONE_IA: 30 };

const transitionsOf = (rule: XmlElement) => childrenNamed(rule, 'Transition');
const classOf = (transition: XmlElement) => childText(transition, 'StorageClass') ?? '';
const daysOf = (action: XmlElement | undefined) => childText(action, 'Days');

const isUntimed = (transition: XmlElement) =>
  (daysOf(transition) === undefined) === (childText(transition, 'Date') === undefined);

const isAtNoMidnight = (action: XmlElement) => {
  const date = childText(action, 'Date');
  return date !== undefined && new Date(date).getTime() % DAY_MS !== 0;
};

const isTooEarly = (transition: XmlElement) => Number(daysOf(transition)) < (LEAST_DAYS[classOf(transition)] ?? 0);

/** Whether the objects of a rule are gone by the time that it would move them. */
const expiresFirst = (rule: XmlElement) => {
  const days = Number(daysOf(childNamed(rule, 'Expiration')));
  return transitionsOf(rule).some((transition) => days <= Number(daysOf(transition)));
};

function tooEarly(rule: XmlElement): AwsError {
  const transition = transitionsOf(rule).find(isTooEarly);
  const name = transition ? classOf(transition) : '';
  const message = `'Days' in Transition action must be greater than or equal to ${LEAST_DAYS[name]} for storageClass '${name}'`;
  return invalidArgument(message, 'Days', daysOf(transition) ?? '');
}

function expiredFirst(rule: XmlElement): AwsError {
  const prefix = childText(rule, 'Prefix') ?? childText(childNamed(rule, 'Filter'), 'Prefix') ?? '';
  const message = `'Days' in the Expiration action for filter '(prefix=${prefix})' must be greater than 'Days' in the Transition action`;
  return invalidArgument(message, 'Days', daysOf(childNamed(rule, 'Expiration')) ?? '');
}

/** What S3 counts from one, by the action that it is in. @see https://github.com/scality/Arsenal/pull/2648 */
const COUNTED: readonly (readonly [action: string, name: string])[] = [
  ['Expiration', 'Days'],
  ['NoncurrentVersionExpiration', 'NoncurrentDays'],
  ['NoncurrentVersionExpiration', 'NewerNoncurrentVersions'],
  ['AbortIncompleteMultipartUpload', 'DaysAfterInitiation'],
];

const countOf = (rule: XmlElement, [action, name]: (typeof COUNTED)[number]) =>
  childText(childNamed(rule, action), name);
const isNotPositive = (rule: XmlElement) => (counted: (typeof COUNTED)[number]) =>
  Number(countOf(rule, counted) ?? 1) < 1;

function notPositive(rule: XmlElement): AwsError {
  const counted = COUNTED.find(isNotPositive(rule)) ?? ['', ''];
  const [action, name] = counted;
  const message = `'${name}' for ${action} action must be a positive integer`;
  return invalidArgument(message, name, countOf(rule, counted) ?? '');
}

const REFUSALS: readonly Refusal<XmlElement>[] = [
  [(rule) => (childNamed(rule, 'Expiration')?.children.length ?? 1) !== 1, malformedXml],
  [(rule) => COUNTED.some(isNotPositive(rule)), notPositive],
  [(rule) => transitionsOf(rule).some(isUntimed), malformedXml],
  [
    (rule) => [...childrenNamed(rule, 'Expiration'), ...transitionsOf(rule)].some(isAtNoMidnight),
    () => new AwsError(400, 'InvalidArgument', "'Date' must be at midnight GMT", { ArgumentName: 'Date' }),
  ],
  [(rule) => transitionsOf(rule).some(isTooEarly), tooEarly],
  [expiresFirst, expiredFirst],
];

/**
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Transition.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
export function requireLifecycleDays(rule: XmlElement): void {
  refuse(rule, REFUSALS);
}
