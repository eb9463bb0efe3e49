import { lockable, replica, versioned, withAcls, withoutBlock } from './given';
import { type ErrorRow, rowsOf, type Sent, type SuccessRow, xml } from './row';

const put = (subresource: string, body: string): Sent => ({ request: `PUT /acme?${subresource}`, body });

/** One document that each sub-resource takes, by the root of what GET answers. */
const documents: Readonly<Record<string, Sent>> = {
  AccelerateConfiguration: put('accelerate', xml('AccelerateConfiguration', '<Status>Enabled</Status>')),
  BucketLoggingStatus: put('logging', xml('BucketLoggingStatus')),
  CORSConfiguration: put(
    'cors',
    xml(
      'CORSConfiguration',
      '<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>https://a.example</AllowedOrigin></CORSRule>',
    ),
  ),
  LifecycleConfiguration: put(
    'lifecycle',
    xml(
      'LifecycleConfiguration',
      '<Rule><ID>a</ID><Status>Enabled</Status><Filter/><Expiration><Days>1</Days></Expiration></Rule>',
    ),
  ),
  NotificationConfiguration: put('notification', xml('NotificationConfiguration', '<EventBridgeConfiguration/>')),
  OwnershipControls: withAcls,
  PublicAccessBlockConfiguration: put(
    'publicAccessBlock',
    xml('PublicAccessBlockConfiguration', '<BlockPublicAcls>true</BlockPublicAcls>'),
  ),
  ReplicationConfiguration: put(
    'replication',
    xml(
      'ReplicationConfiguration',
      '<Role>arn:aws:iam::111122223333:role/r</Role><Rule><Status>Enabled</Status><Destination><Bucket>arn:aws:s3:::replica</Bucket></Destination></Rule>',
    ),
  ),
  RequestPaymentConfiguration: put('requestPayment', xml('RequestPaymentConfiguration', '<Payer>BucketOwner</Payer>')),
  ServerSideEncryptionConfiguration: put(
    'encryption',
    xml(
      'ServerSideEncryptionConfiguration',
      '<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>',
    ),
  ),
  VersioningConfiguration: versioned,
  WebsiteConfiguration: put(
    'website',
    xml('WebsiteConfiguration', '<IndexDocument><Suffix>index.html</Suffix></IndexDocument>'),
  ),
};

interface Configuration {
  readonly name: string;
  readonly root: string;
  /** Its actions are `s3:Get…` and `s3:Put…` of this. */
  readonly action: string;
  /** Name and parameters of DELETE, where there is one. */
  readonly remove?: readonly [operation: string, action: string];
  /** The error of GET where there is none. */
  readonly absent?: string;
  readonly given?: readonly Sent[];
  /** Permission that keeping it takes beside `s3:Put…`. */
  readonly alsoNeeds?: readonly string[];
}

const configurations: readonly Configuration[] = [
  { name: 'BucketAccelerateConfiguration', root: 'AccelerateConfiguration', action: 'AccelerateConfiguration' },
  { name: 'BucketLogging', root: 'BucketLoggingStatus', action: 'BucketLogging' },
  {
    name: 'BucketCors',
    root: 'CORSConfiguration',
    action: 'BucketCORS',
    remove: ['DeleteBucketCors', 's3:PutBucketCORS'],
    absent: 'NoSuchCORSConfiguration',
  },
  {
    name: 'BucketLifecycleConfiguration',
    root: 'LifecycleConfiguration',
    action: 'LifecycleConfiguration',
    remove: ['DeleteBucketLifecycle', 's3:PutLifecycleConfiguration'],
    absent: 'NoSuchLifecycleConfiguration',
  },
  { name: 'BucketNotificationConfiguration', root: 'NotificationConfiguration', action: 'BucketNotification' },
  {
    name: 'BucketOwnershipControls',
    root: 'OwnershipControls',
    action: 'BucketOwnershipControls',
    remove: ['DeleteBucketOwnershipControls', 's3:PutBucketOwnershipControls'],
    absent: 'OwnershipControlsNotFoundError',
  },
  {
    name: 'PublicAccessBlock',
    root: 'PublicAccessBlockConfiguration',
    action: 'BucketPublicAccessBlock',
    remove: ['DeletePublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
    absent: 'NoSuchPublicAccessBlockConfiguration',
  },
  {
    name: 'BucketReplication',
    root: 'ReplicationConfiguration',
    action: 'ReplicationConfiguration',
    remove: ['DeleteBucketReplication', 's3:PutReplicationConfiguration'],
    absent: 'ReplicationConfigurationNotFoundError',
    given: [versioned, ...replica],
    alsoNeeds: ['iam:PassRole'],
  },
  { name: 'BucketRequestPayment', root: 'RequestPaymentConfiguration', action: 'BucketRequestPayment' },
  {
    name: 'BucketEncryption',
    root: 'ServerSideEncryptionConfiguration',
    action: 'EncryptionConfiguration',
    remove: ['DeleteBucketEncryption', 's3:PutEncryptionConfiguration'],
  },
  { name: 'BucketVersioning', root: 'VersioningConfiguration', action: 'BucketVersioning' },
  {
    name: 'BucketWebsite',
    root: 'WebsiteConfiguration',
    action: 'BucketWebsite',
    remove: ['DeleteBucketWebsite', 's3:DeleteBucketWebsite'],
    absent: 'NoSuchWebsiteConfiguration',
  },
];

function successesOf({ name, root, action, remove, given = [], alsoNeeds = [] }: Configuration): readonly SuccessRow[] {
  const document = documents[root] as Sent;
  const subresource = document.request.replace('PUT ', '');
  return [
    ...rowsOf(`Get${name}`, {
      request: `GET ${subresource}`,
      status: 200,
      answers: { [root]: expect.any(String) },
      needs: [`s3:Get${action}`],
      given: [...given, document],
    }),
    ...rowsOf(`Put${name}`, { ...document, status: 200, needs: [`s3:Put${action}`, ...alsoNeeds], given }),
    ...(remove === undefined
      ? []
      : rowsOf(remove[0], {
          request: `DELETE ${subresource}`,
          status: 204,
          needs: [remove[1]],
          given: [...given, document],
        })),
  ];
}

function absentErrorsOf({ name, root, remove, absent }: Configuration): readonly ErrorRow[] {
  if (absent === undefined || remove === undefined) return [];
  const subresource = (documents[root] as Sent).request.replace('PUT ', '');
  return rowsOf(`Get${name}`, {
    when: 'there is none',
    request: `GET ${subresource}`,
    code: absent,
    status: 404,
    fields: ['BucketName'],
    given: [{ request: `DELETE ${subresource}` }],
  });
}

const destination = '<S3BucketDestination><Bucket>arn:aws:s3:::b</Bucket><Format>CSV</Format></S3BucketDestination>';

/** Configurations under an id: name, sub-resource, root of the listing, what their document holds beside the id. */
const analysis = [
  ['Analytics', 'analytics', 'ListBucketAnalyticsConfigurationResult', '<StorageClassAnalysis/>'],
  [
    'IntelligentTiering',
    'intelligent-tiering',
    'ListBucketIntelligentTieringConfigurationsOutput',
    '<Status>Enabled</Status><Tiering><Days>90</Days><AccessTier>ARCHIVE_ACCESS</AccessTier></Tiering>',
  ],
  [
    'Inventory',
    'inventory',
    'ListInventoryConfigurationsResult',
    `<IsEnabled>true</IsEnabled><Destination>${destination}</Destination><IncludedObjectVersions>All</IncludedObjectVersions><Schedule><Frequency>Daily</Frequency></Schedule>`,
  ],
  ['Metrics', 'metrics', 'ListMetricsConfigurationsResult', '<Filter><Prefix>p</Prefix></Filter>'],
] as const;

function analysisRows([kind, subresource, listRoot, content]: (typeof analysis)[number]) {
  const root = `${kind}Configuration`;
  const kept: Sent = { request: `PUT /acme?${subresource}&id=a`, body: xml(root, `<Id>a</Id>${content}`) };
  const one = `/acme?${subresource}&id=a`;
  return { root, listRoot, kept, one, many: `/acme?${subresource}`, read: `s3:Get${root}`, write: `s3:Put${root}` };
}

function analysisSuccesses(row: (typeof analysis)[number]): readonly SuccessRow[] {
  const { root, listRoot, kept, one, many, read, write } = analysisRows(row);
  return [
    ...rowsOf<Omit<SuccessRow, 'operation'>>(
      `ListBucket${root}s`,
      {
        request: `GET ${many}`,
        status: 200,
        answers: { [listRoot]: '<IsTruncated>false</IsTruncated>' },
        needs: [read],
      },
      { request: `GET ${many}`, status: 200, answers: { Id: 'a', IsTruncated: 'false' }, needs: [read], given: [kept] },
    ),
    ...rowsOf(`GetBucket${root}`, {
      request: `GET ${one}`,
      status: 200,
      answers: { Id: 'a' },
      needs: [read],
      given: [kept],
    }),
    ...rowsOf(`PutBucket${root}`, { ...kept, status: 200, needs: [write] }),
    ...rowsOf(`DeleteBucket${root}`, { request: `DELETE ${one}`, status: 204, needs: [write], given: [kept] }),
  ];
}

function analysisErrors(row: (typeof analysis)[number]): readonly ErrorRow[] {
  const { root, kept, one } = analysisRows(row);
  const numbered = (index: number): Sent => ({
    request: kept.request.replace('id=a', `id=${index}`),
    body: (kept.body ?? '').replace('<Id>a', `<Id>${index}`),
  });
  const missing = { when: 'there is none', code: 'NoSuchConfiguration', status: 404, fields: ['BucketName'] };
  return [
    ...rowsOf(`GetBucket${root}`, { ...missing, request: `GET ${one}` }),
    ...rowsOf(`DeleteBucket${root}`, { ...missing, request: `DELETE ${one}` }),
    ...rowsOf<Omit<ErrorRow, 'operation'>>(
      `PutBucket${root}`,
      {
        when: 'its id differs from that of the request',
        ...kept,
        request: `${kept.request}b`,
        code: 'InvalidArgument',
        status: 400,
        fields: ['ArgumentName', 'ArgumentValue'],
      },
      {
        when: 'there are a thousand',
        ...kept,
        code: 'TooManyConfigurations',
        status: 400,
        given: [{ ...numbered(0), copies: 998 }, numbered(999)],
      },
    ),
  ];
}

const statement = (effect: string, principal: string, more = '') =>
  `{"Version":"2012-10-17","Statement":[{"Effect":"${effect}","Principal":${principal},"Action":"s3:GetObject","Resource":"arn:aws:s3:::acme/*"${more}}]}`;
const account = '{"AWS":"111122223333"}';
const policy: Sent = { request: 'PUT /acme?policy', body: statement('Allow', account) };
const lockConfiguration = xml(
  'ObjectLockConfiguration',
  '<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule>',
);

export const configurationSuccesses: readonly SuccessRow[] = [
  ...configurations.flatMap(successesOf),
  ...rowsOf('GetBucketPolicy', {
    request: 'GET /acme?policy',
    status: 200,
    needs: ['s3:GetBucketPolicy'],
    given: [policy],
  }),
  ...rowsOf('PutBucketPolicy', { ...policy, status: 204, needs: ['s3:PutBucketPolicy'] }),
  ...rowsOf('DeleteBucketPolicy', {
    request: 'DELETE /acme?policy',
    status: 204,
    needs: ['s3:DeleteBucketPolicy'],
    given: [policy],
  }),
  ...rowsOf('GetBucketPolicyStatus', {
    request: 'GET /acme?policyStatus',
    status: 200,
    answers: { IsPublic: 'false' },
    needs: ['s3:GetBucketPolicyStatus'],
    given: [policy],
  }),
  ...rowsOf('GetBucketPolicyStatus', {
    request: 'GET /acme?policyStatus',
    status: 200,
    answers: { IsPublic: 'true' },
    needs: ['s3:GetBucketPolicyStatus'],
    given: [withoutBlock, { request: 'PUT /acme?policy', body: statement('Allow', '"*"') }],
  }),
  ...rowsOf('GetBucketAcl', {
    request: 'GET /acme?acl',
    status: 200,
    answers: { Permission: 'FULL_CONTROL' },
    needs: ['s3:GetBucketAcl'],
  }),
  ...rowsOf('PutBucketAcl', {
    request: 'PUT /acme?acl',
    headers: { 'x-amz-acl': 'bucket-owner-full-control' },
    status: 200,
    needs: ['s3:PutBucketAcl'],
  }),
  ...rowsOf('GetObjectLockConfiguration', {
    request: 'GET /locked?object-lock',
    status: 200,
    answers: { ObjectLockEnabled: 'Enabled' },
    needs: ['s3:GetBucketObjectLockConfiguration'],
    given: [lockable],
  }),
  ...rowsOf('PutObjectLockConfiguration', {
    request: 'PUT /locked?object-lock',
    body: lockConfiguration,
    status: 200,
    needs: ['s3:PutBucketObjectLockConfiguration'],
    given: [lockable],
  }),
  ...analysis.flatMap(analysisSuccesses),
];

const invalid = { code: 'InvalidRequest', status: 400 };
const argument = { code: 'InvalidArgument', status: 400, fields: ['ArgumentName', 'ArgumentValue'] };
const malformedXml = { code: 'MalformedXML', status: 400 };
const rule = (content: string) =>
  put('lifecycle', xml('LifecycleConfiguration', `<Rule><ID>a</ID><Status>Enabled</Status>${content}</Rule>`));
const cors = (method: string, origin: string) =>
  put(
    'cors',
    xml(
      'CORSConfiguration',
      `<CORSRule><AllowedMethod>${method}</AllowedMethod><AllowedOrigin>${origin}</AllowedOrigin></CORSRule>`,
    ),
  );
const versioning = (content: string, bucket = 'acme'): Sent => ({
  request: `PUT /${bucket}?versioning`,
  body: xml('VersioningConfiguration', content),
});
const mfaDelete = versioning('<Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>');
const putPolicy = (body: string): Sent => ({ request: 'PUT /acme?policy', body });

export const configurationErrors: readonly ErrorRow[] = [
  ...configurations.flatMap(absentErrorsOf),
  ...analysis.flatMap(analysisErrors),
  ...rowsOf('PutBucketLogging', {
    when: 'the target is not there',
    ...put(
      'logging',
      xml(
        'BucketLoggingStatus',
        '<LoggingEnabled><TargetBucket>nowhere</TargetBucket><TargetPrefix/></LoggingEnabled>',
      ),
    ),
    code: 'InvalidTargetBucketForLogging',
    status: 400,
    fields: ['TargetBucket'],
  }),
  ...rowsOf(
    'PutBucketCors',
    { when: 'a method is none of the five', ...cors('OPTIONS', '*'), ...invalid },
    { when: 'an origin has two asterisks', ...cors('GET', '*a*'), ...invalid },
  ),
  ...rowsOf(
    'PutBucketLifecycleConfiguration',
    { when: 'a rule does nothing', ...rule('<Filter/>'), ...invalid },
    { when: 'a rule has no filter', ...rule('<Expiration><Days>1</Days></Expiration>'), ...malformedXml },
    {
      when: 'a day does not begin at midnight',
      ...rule('<Filter/><Expiration><Date>2027-01-01T01:00:00Z</Date></Expiration>'),
      code: 'InvalidArgument',
      status: 400,
      fields: ['ArgumentName'],
    },
    {
      when: 'two rules have one id',
      ...put(
        'lifecycle',
        xml(
          'LifecycleConfiguration',
          '<Rule><ID>a</ID><Status>Enabled</Status><Filter/><Expiration><Days>1</Days></Expiration></Rule>'.repeat(2),
        ),
      ),
      ...argument,
    },
    {
      when: 'the least size is unknown',
      ...rule('<Filter/><Expiration><Days>1</Days></Expiration>'),
      headers: { 'x-amz-transition-default-minimum-object-size': '1' },
      ...invalid,
    },
  ),
  ...rowsOf('PutBucketNotificationConfiguration', {
    when: 'the topic is not there',
    ...put(
      'notification',
      xml(
        'NotificationConfiguration',
        '<TopicConfiguration><Topic>arn:aws:sns:us-east-2:111122223333:t</Topic><Event>s3:ObjectCreated:*</Event></TopicConfiguration>',
      ),
    ),
    code: 'InvalidArgument',
    status: 400,
  }),
  ...rowsOf('PutBucketReplication', {
    when: 'versioning is off',
    ...(documents.ReplicationConfiguration as Sent),
    ...invalid,
  }),
  ...rowsOf('PutBucketRequestPayment', {
    when: 'the requester is to pay',
    ...put('requestPayment', xml('RequestPaymentConfiguration', '<Payer>Requester</Payer>')),
    code: 'NotImplemented',
    status: 501,
  }),
  ...rowsOf(
    'PutBucketEncryption',
    {
      when: 'SSE-S3 is given a key',
      ...put(
        'encryption',
        xml(
          'ServerSideEncryptionConfiguration',
          '<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm><KMSMasterKeyID>k</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule>',
        ),
      ),
      ...argument,
    },
    {
      when: 'a bucket key is asked for with two layers',
      ...put(
        'encryption',
        xml(
          'ServerSideEncryptionConfiguration',
          '<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms:dsse</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule>',
        ),
      ),
      code: 'NotImplemented',
      status: 501,
    },
  ),
  ...rowsOf(
    'PutBucketVersioning',
    {
      when: 'the status is missing',
      ...versioning(''),
      code: 'IllegalVersioningConfigurationException',
      status: 400,
    },
    {
      when: 'Object Lock needs it',
      ...versioning('<Status>Suspended</Status>', 'locked'),
      code: 'InvalidBucketState',
      status: 409,
      given: [lockable],
    },
    { when: 'MFA delete is asked for without a device', ...mfaDelete, code: 'AccessDenied', status: 403 },
    {
      when: 'MFA delete is asked for by someone other than the root user',
      ...mfaDelete,
      headers: { 'x-amz-mfa': 'arn:aws:iam::111122223333:mfa/a 123456' },
      code: 'AccessDenied',
      status: 403,
    },
  ),
  ...['GetBucketPolicy', 'GetBucketPolicyStatus'].map((operation) => ({
    operation,
    when: 'there is none',
    request: `GET /acme?${operation === 'GetBucketPolicy' ? 'policy' : 'policyStatus'}`,
    code: 'NoSuchBucketPolicy',
    status: 404,
    fields: ['BucketName'],
  })),
  ...rowsOf(
    'PutBucketPolicy',
    { when: 'it is not JSON', ...putPolicy('{'), code: 'MalformedPolicy', status: 400 },
    {
      when: 'it is about another bucket',
      ...putPolicy(statement('Deny', '"*"').replace('acme', 'other')),
      code: 'MalformedPolicy',
      status: 400,
    },
    {
      when: 'it is too long',
      ...putPolicy(statement('Deny', '"*"', `,"Sid":"${'a'.repeat(20_480)}"`)),
      code: 'PolicyTooLarge',
      status: 400,
    },
    ...['s3:x-acl', 's3:Nobody', 'kms:Nobody'].map((key) => ({
      when: `it asks for '${key}', which there is not`,
      ...putPolicy(statement('Deny', '"*"', `,"Condition":{"StringEquals":{"${key}":"x"}}`)),
      code: 'MalformedPolicy',
      status: 400,
    })),
    ...['{"StringEquals":{"aws:Nobody":"x"}}', '{"StringEquals":{"aws:username":"${aws:Nobody}"}}'].map(
      (condition) => ({
        when: `nothing here knows what ${condition} asks for`,
        ...putPolicy(statement('Deny', '"*"', `,"Condition":${condition}`)),
        code: 'NotImplemented',
        status: 501,
      }),
    ),
    {
      when: 'it is public and that is blocked',
      ...putPolicy(statement('Allow', '"*"')),
      code: 'AccessDenied',
      status: 403,
    },
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'PutBucketAcl',
    ...['privatee', 'Private', ''].map((acl) => ({
      when: `'${acl}' is no ACL`,
      request: 'PUT /acme?acl',
      headers: { 'x-amz-acl': acl },
      code: 'InvalidArgument',
      status: 400,
      fields: ['ArgumentName', 'ArgumentValue'],
    })),
    {
      when: 'ACLs are off',
      request: 'PUT /acme?acl',
      headers: { 'x-amz-acl': 'public-read' },
      code: 'AccessControlListNotSupported',
      status: 400,
    },
    {
      when: 'public ACLs are blocked',
      request: 'PUT /acme?acl',
      headers: { 'x-amz-acl': 'public-read' },
      code: 'AccessDenied',
      status: 403,
      given: [withAcls],
    },
    {
      when: 'it grants something',
      request: 'PUT /acme?acl',
      headers: { 'x-amz-grant-read': 'id=1' },
      code: 'NotImplemented',
      status: 501,
      given: [withAcls],
    },
  ),
  ...rowsOf('GetObjectLockConfiguration', {
    when: 'there is none',
    request: 'GET /acme?object-lock',
    code: 'ObjectLockConfigurationNotFoundError',
    status: 404,
    fields: ['BucketName'],
  }),
  ...rowsOf(
    'PutObjectLockConfiguration',
    {
      when: 'versioning is off',
      request: 'PUT /acme?object-lock',
      body: lockConfiguration,
      code: 'InvalidBucketState',
      status: 409,
    },
    {
      when: 'days and years are both given',
      request: 'PUT /locked?object-lock',
      body: lockConfiguration.replace('<Days>', '<Years>1</Years><Days>'),
      ...malformedXml,
      given: [lockable],
    },
  ),
];
