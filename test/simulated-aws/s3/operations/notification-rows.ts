import { Event } from '@aws-sdk/client-s3';
import { type ErrorRow, rowsOf, type Sent, type SuccessRow, xml } from './row';

const unchecked = { 'x-amz-skip-destination-validation': 'true' };
const put = (...contents: readonly string[]): Sent => ({
  request: 'PUT /acme?notification',
  headers: unchecked,
  body: xml('NotificationConfiguration', contents.join('')),
});
const arn = (service: string, resource = 'a') => `arn:aws:${service}:us-east-2:111122223333:${resource}`;
const events = (...names: readonly string[]) => names.map((name) => `<Event>s3:${name}</Event>`).join('');
const allEvents = Object.values(Event).map((name) => `<Event>${name}</Event>`);
const created = events('ObjectCreated:*');
const rulesOf = (...rules: readonly (readonly [name: string, value: string])[]) => {
  const elements = rules.map(([name, value]) => `<FilterRule><Name>${name}</Name><Value>${value}</Value></FilterRule>`);
  return `<Filter><S3Key>${elements.join('')}</S3Key></Filter>`;
};
const topic = (content: string, of = arn('sns')) =>
  `<TopicConfiguration><Topic>${of}</Topic>${content}</TopicConfiguration>`;
const queue = (content: string, of = arn('sqs')) =>
  `<QueueConfiguration><Queue>${of}</Queue>${content}</QueueConfiguration>`;
const call = (content: string, of = arn('lambda', 'function:a')) =>
  `<CloudFunctionConfiguration><CloudFunction>${of}</CloudFunction>${content}</CloudFunctionConfiguration>`;
const id = (text: string) => `<Id>${text}</Id>`;

/** Longest inputs that are allowed where the errors below are. */
const allowed: readonly Sent[] = [
  put(topic(allEvents.join(''))),
  put(topic(created), queue(events('ObjectRemoved:*')), call(events('ObjectTagging:Put'))),
  put(topic(events('ObjectCreated:Put')), queue(events('ObjectCreated:Copy'))),
  put(topic(created + rulesOf(['prefix', 'a/'])), queue(created + rulesOf(['prefix', 'b/']))),
  put(topic(created + rulesOf(['suffix', '.jpg'])), queue(created + rulesOf(['suffix', '.png']))),
  put(topic(created + rulesOf(['prefix', 'a'], ['suffix', 'b']))),
  put(topic(created + rulesOf(['Prefix', 'a'], ['Suffix', 'b']))),
  put(topic(id('a') + created), queue(id('b') + events('ObjectRemoved:*'))),
];

const assigned: Sent = put(topic(created));

export const notificationSuccesses: readonly SuccessRow[] = [
  ...allowed.flatMap((sent) =>
    rowsOf('PutBucketNotificationConfiguration', { ...sent, status: 200, needs: ['s3:PutBucketNotification'] }),
  ),
  ...rowsOf<Omit<SuccessRow, 'operation'>>(
    'GetBucketNotificationConfiguration',
    {
      request: 'GET /acme?notification',
      status: 200,
      answers: { Id: expect.stringMatching(/^\S{32}$/) },
      needs: ['s3:GetBucketNotification'],
      given: [assigned],
    },
    {
      request: 'GET /acme?notification',
      status: 200,
      answers: { Id: 'mine' },
      needs: ['s3:GetBucketNotification'],
      given: [put(topic(id('mine') + created))],
    },
  ),
];

const argument = { code: 'InvalidArgument', status: 400, fields: ['ArgumentName', 'ArgumentValue'] };

export const notificationErrors: readonly ErrorRow[] = rowsOf<Omit<ErrorRow, 'operation'>>(
  'PutBucketNotificationConfiguration',
  { when: 'an event is unknown', ...put(topic(events('ObjectRead:*'))), ...argument },
  { when: 'a topic is not an ARN', ...put(topic(created, 'a')), ...argument },
  { when: 'a topic is a queue', ...put(topic(created, arn('sqs'))), ...argument },
  { when: 'a queue is a topic', ...put(queue(created, arn('sns'))), ...argument },
  { when: 'a function is a queue', ...put(call(created, arn('sqs'))), ...argument },
  { when: 'there are two prefixes', ...put(topic(created + rulesOf(['prefix', 'a'], ['prefix', 'b']))), ...argument },
  { when: 'there are two suffixes', ...put(topic(created + rulesOf(['suffix', 'a'], ['suffix', 'b']))), ...argument },
  { when: 'two configurations have the same event', ...put(topic(created), queue(created)), ...argument },
  {
    when: 'one event includes another',
    ...put(topic(created), queue(events('ObjectCreated:Put'))),
    ...argument,
  },
  {
    when: 'there are two prefixes, one in capitals',
    ...put(topic(created + rulesOf(['prefix', 'a'], ['PREFIX', 'b']))),
    ...argument,
  },
  {
    when: 'one prefix includes another',
    ...put(topic(created + rulesOf(['prefix', 'a'])), queue(created + rulesOf(['prefix', 'ab']))),
    ...argument,
  },
  {
    when: 'two configurations have the same id',
    ...put(topic(id('a') + created), queue(id('a') + events('ObjectRemoved:*'))),
    ...argument,
  },
);
