import { type ErrorRow, rowsOf, type Sent, type SuccessRow, xml } from './row';

const rules = (...contents: readonly string[]): Sent => ({
  request: 'PUT /acme?lifecycle',
  body: xml(
    'LifecycleConfiguration',
    contents.map((content) => `<Rule><Status>Enabled</Status>${content}</Rule>`).join(''),
  ),
});
const filter = (content: string) => `<Filter>${content}</Filter>`;
const and = (...predicates: readonly string[]) => filter(`<And>${predicates.join('')}</And>`);
const tag = (key: string) => `<Tag><Key>${key}</Key><Value>v</Value></Tag>`;
const larger = (bytes: number) => `<ObjectSizeGreaterThan>${bytes}</ObjectSizeGreaterThan>`;
const smaller = (bytes: number) => `<ObjectSizeLessThan>${bytes}</ObjectSizeLessThan>`;
const prefix = '<Prefix>p</Prefix>';
const expire = (when: string) => `<Expiration>${when}</Expiration>`;
const days = (count: number) => `<Days>${count}</Days>`;
const date = (time: string) => `<Date>2027-01-01T${time}Z</Date>`;
const move = (when: string, to: string) => `<Transition>${when}<StorageClass>${to}</StorageClass></Transition>`;
const abort =
  '<AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload>';
const expireVersions = (when: string) => `<NoncurrentVersionExpiration>${when}</NoncurrentVersionExpiration>`;
const marker = expire('<ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker>');
const day = expire(days(1));
const any = filter('');

const invalid = { code: 'InvalidRequest', status: 400 };
const argument = { code: 'InvalidArgument', status: 400, fields: ['ArgumentName', 'ArgumentValue'] };
const malformedXml = { code: 'MalformedXML', status: 400 };

/** Longest inputs that are allowed where the errors below are. */
const allowed: readonly Sent[] = [
  rules(and(prefix, tag('a')) + day),
  rules(and(tag('a'), tag('b')) + day),
  rules(and(larger(1), smaller(2)) + day),
  rules(filter(smaller(1)) + day),
  rules(filter(prefix) + abort),
  rules(filter(prefix) + marker),
  rules(any + move(days(30), 'STANDARD_IA') + expire(days(31))),
  rules(any + move(days(30), 'ONEZONE_IA')),
  rules(any + move(days(0), 'GLACIER_IR')),
  rules(any + move(date('00:00:00'), 'STANDARD_IA')),
  rules(...Array.from({ length: 1000 }, () => any + day)),
];

export const lifecycleSuccesses: readonly SuccessRow[] = allowed.flatMap((sent) =>
  rowsOf('PutBucketLifecycleConfiguration', { ...sent, status: 200, needs: ['s3:PutLifecycleConfiguration'] }),
);

export const lifecycleErrors: readonly ErrorRow[] = rowsOf<Omit<ErrorRow, 'operation'>>(
  'PutBucketLifecycleConfiguration',
  { when: 'there are 1,001 rules', ...rules(...Array.from({ length: 1001 }, () => any + day)), ...invalid },
  { when: 'And has one predicate', ...rules(and(prefix) + day), ...malformedXml },
  { when: 'two tags have one key', ...rules(and(tag('a'), tag('a')) + day), ...invalid },
  { when: 'no object is small enough', ...rules(filter(smaller(0)) + day), ...invalid },
  { when: 'the sizes leave nothing between them', ...rules(and(larger(2), smaller(2)) + day), ...invalid },
  { when: 'uploads are chosen by a tag', ...rules(filter(tag('a')) + abort), ...invalid },
  { when: 'uploads are chosen by one of two tags', ...rules(and(tag('a'), tag('b')) + abort), ...invalid },
  { when: 'uploads are chosen by their size', ...rules(filter(larger(1)) + abort), ...invalid },
  { when: 'delete markers are chosen by a tag', ...rules(filter(tag('a')) + marker), ...invalid },
  { when: 'delete markers are chosen by their size', ...rules(filter(smaller(1)) + marker), ...invalid },
  { when: 'an object lives no day', ...rules(any + expire(days(0))), ...argument },
  { when: 'an object lives less than no day', ...rules(any + expire(days(-1))), ...argument },
  { when: 'a version lives no day', ...rules(any + expireVersions('<NoncurrentDays>0</NoncurrentDays>')), ...argument },
  {
    when: 'no newer version is kept',
    ...rules(
      any + expireVersions('<NoncurrentDays>1</NoncurrentDays><NewerNoncurrentVersions>0</NewerNoncurrentVersions>'),
    ),
    ...argument,
  },
  { when: 'an upload lives no day', ...rules(any + abort.replace('7', '0')), ...argument },
  { when: 'days are no number', ...rules(any + expire('<Days>one</Days>')), ...malformedXml },
  { when: 'a transition has no time', ...rules(any + move('', 'GLACIER')), ...malformedXml },
  {
    when: 'a transition has two times',
    ...rules(any + move(days(1) + date('00:00:00'), 'GLACIER')),
    ...malformedXml,
  },
  {
    when: 'a transition is not at midnight',
    ...rules(any + move(date('00:00:01'), 'GLACIER')),
    ...argument,
    fields: ['ArgumentName'],
  },
  { when: 'STANDARD_IA comes after 29 days', ...rules(any + move(days(29), 'STANDARD_IA')), ...argument },
  { when: 'ONEZONE_IA comes at once', ...rules(any + move(days(0), 'ONEZONE_IA')), ...argument },
  {
    when: 'an object expires on the day of its transition',
    ...rules(filter(prefix) + move(days(30), 'GLACIER') + expire(days(30))),
    ...argument,
  },
);
