import { location, withAcls } from './given';
import { type ErrorRow, rowsOf, type Sent, type SuccessRow, xml } from './row';

const invalid = { code: 'InvalidRequest', status: 400 };
const argument = { code: 'InvalidArgument', status: 400, fields: ['ArgumentName', 'ArgumentValue'] };
const malformedXml = { code: 'MalformedXML', status: 400 };

const logTo = (bucket: string, grants = ''): Sent => ({
  request: 'PUT /acme?logging',
  body: xml(
    'BucketLoggingStatus',
    `<LoggingEnabled><TargetBucket>${bucket}</TargetBucket>${grants}<TargetPrefix/></LoggingEnabled>`,
  ),
});
const grants = '<TargetGrants><Grant><Grantee><ID>1</ID></Grantee><Permission>READ</Permission></Grant></TargetGrants>';

const dotted: Sent = { request: 'PUT /with.period', body: location };
const accelerate: Sent = {
  request: 'PUT /with.period?accelerate',
  body: xml('AccelerateConfiguration', '<Status>Enabled</Status>'),
};

const cors = (count: number, id = ''): Sent => ({
  request: 'PUT /acme?cors',
  body: xml(
    'CORSConfiguration',
    `<CORSRule>${id}<AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule>`.repeat(count),
  ),
});
const idOf = (length: number) => `<ID>${'a'.repeat(length)}</ID>`;

const website = (...contents: readonly string[]): Sent => ({
  request: 'PUT /acme?website',
  body: xml('WebsiteConfiguration', contents.join('')),
});
const index = (suffix: string) => `<IndexDocument><Suffix>${suffix}</Suffix></IndexDocument>`;
const redirectAll = '<RedirectAllRequestsTo><HostName>a.example</HostName></RedirectAllRequestsTo>';
const routes = (redirect: string, count = 1) => {
  const rule = `<RoutingRule><Redirect>${redirect}</Redirect></RoutingRule>`;
  return `<RoutingRules>${rule.repeat(count)}</RoutingRules>`;
};
const code = (text: string) => `<HttpRedirectCode>${text}</HttpRedirectCode>`;
const host = '<HostName>a.example</HostName>';
const key = '<ReplaceKeyWith>a</ReplaceKeyWith>';
const keyPrefix = '<ReplaceKeyPrefixWith>a</ReplaceKeyPrefixWith>';

/** Longest inputs that are allowed where the errors below are. */
export const deliverySuccesses: readonly SuccessRow[] = [
  ...rowsOf<Omit<SuccessRow, 'operation'>>(
    'PutBucketLogging',
    { ...logTo('acme'), status: 200, needs: ['s3:PutBucketLogging'] },
    { ...logTo('acme', grants), status: 200, needs: ['s3:PutBucketLogging'], given: [withAcls] },
  ),
  ...[cors(100), cors(1, idOf(255))].flatMap((sent) =>
    rowsOf('PutBucketCors', { ...sent, status: 200, needs: ['s3:PutBucketCORS'] }),
  ),
  ...[
    website(redirectAll),
    website(index('index.html'), routes(host, 50)),
    website(index('index.html'), routes(key + code('301'))),
    website(index('index.html'), routes(keyPrefix + code('308'))),
  ].flatMap((sent) => rowsOf('PutBucketWebsite', { ...sent, status: 200, needs: ['s3:PutBucketWebsite'] })),
];

export const deliveryErrors: readonly ErrorRow[] = [
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'PutBucketLogging',
    {
      when: 'the target is of another account',
      ...logTo('theirs'),
      code: 'InvalidTargetBucketForLogging',
      status: 400,
      fields: ['TargetBucket'],
    },
    {
      when: 'the target is of another region',
      ...logTo('overseas'),
      code: 'CrossLocationLoggingProhibitted',
      status: 403,
      fields: ['TargetBucketLocation'],
    },
    {
      when: 'the target has no ACLs to grant by',
      ...logTo('acme', grants),
      code: 'AccessControlListNotSupported',
      status: 400,
    },
  ),
  ...rowsOf('PutBucketAccelerateConfiguration', {
    when: 'the name has a period',
    ...accelerate,
    ...invalid,
    given: [dotted],
  }),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'PutBucketCors',
    { when: 'there are 101 rules', ...cors(101), ...invalid },
    { when: 'an id is too long', ...cors(1, idOf(256)), ...malformedXml },
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'PutBucketWebsite',
    { when: 'there is no index', ...website('<ErrorDocument><Key>e</Key></ErrorDocument>'), ...argument },
    { when: 'the index has no suffix', ...website(index('')), ...argument },
    { when: 'the index is in a folder', ...website(index('a/b')), ...argument },
    { when: 'everything is redirected, and there is an index', ...website(redirectAll, index('a')), ...argument },
    { when: 'there are 51 routing rules', ...website(index('a'), routes(host, 51)), ...invalid },
    { when: 'a key is replaced in two ways', ...website(index('a'), routes(key + keyPrefix)), ...invalid },
    { when: 'a redirect has the code 300', ...website(index('a'), routes(code('300'))), ...invalid },
    { when: 'a redirect has the code 404', ...website(index('a'), routes(code('404'))), ...invalid },
    { when: 'a redirect has a code in letters', ...website(index('a'), routes(code('https'))), ...malformedXml },
  ),
];
