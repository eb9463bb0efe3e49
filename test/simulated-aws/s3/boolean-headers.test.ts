import { createHash } from 'node:crypto';
import * as sdk from '@aws-sdk/client-s3';
import { importBucket } from '../../../lib/simulated-aws';
import { ROUTES } from '../../../lib/simulated-aws/s3/routes';
import { Account } from './account';

// Headers that say true or false: one that says false is as good as none.

/** The number that stands for a boolean in the SDK's schemas. */
const BOOLEAN = 2;

type Member = readonly [type: unknown, traits: { readonly httpHeader?: string }];
type Structure = readonly [...unknown[], readonly unknown[]];
type Operation = readonly [kind: number, namespace: string, name: string, traits: unknown, input: unknown];

/** Each boolean header of AWS's model, with its operation. */
function readModel(): readonly string[] {
  const isSimulated = new Set(ROUTES.map(({ operation }) => operation));
  return Object.values<unknown>(sdk)
    .filter((schema): schema is Operation => Array.isArray(schema) && schema[0] === 9)
    .filter(([, , name]) => isSimulated.has(name))
    .flatMap(([, , name, , input]) => {
      const members = ((typeof input === 'function' ? input() : input) as Structure)[5] ?? [];
      return (members as readonly Member[])
        .filter((member) => Array.isArray(member) && member[0] === BOOLEAN && member[1].httpHeader !== undefined)
        .map(([, { httpHeader = '' }]) => `${name} ${httpHeader.toLowerCase()}`);
    });
}

interface Sent {
  readonly request: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Row extends Sent {
  readonly given?: readonly Sent[];
  /** Whether the operation does the same with it, too. */
  readonly isPassedOver?: true;
}

const BUCKET_KEY = 'x-amz-server-side-encryption-bucket-key-enabled';
const BYPASS = 'x-amz-bypass-governance-retention';
const kms = { 'x-amz-server-side-encryption': 'aws:kms' };
const put: Sent = { request: 'PUT /acme/k', body: 'hello' };
const lockable: Sent = {
  request: 'PUT /locked',
  headers: { 'x-amz-bucket-object-lock-enabled': 'true' },
  body: '<CreateBucketConfiguration><LocationConstraint>us-east-2</LocationConstraint></CreateBucketConfiguration>',
};
const governed: Sent = {
  request: 'PUT /locked/k',
  headers: {
    'x-amz-object-lock-mode': 'GOVERNANCE',
    'x-amz-object-lock-retain-until-date': '2027-01-01T00:00:00Z',
    'x-amz-checksum-crc32': 'NhCmhg==',
  },
  body: 'hello',
};
const queue = 'arn:aws:sqs:us-east-2:111122223333:queue';
const list = '<Delete><Object><Key>k</Key><VersionId>{version}</VersionId></Object></Delete>';

const ROWS: Readonly<Record<string, Row>> = {
  [`PutObject ${BUCKET_KEY}`]: { ...put, headers: kms },
  [`CopyObject ${BUCKET_KEY}`]: {
    request: 'PUT /acme/copy',
    headers: { ...kms, 'x-amz-copy-source': 'acme/k' },
    given: [put],
  },
  [`CreateMultipartUpload ${BUCKET_KEY}`]: { request: 'POST /acme/k?uploads', headers: kms },
  'CreateBucket x-amz-bucket-object-lock-enabled': { ...lockable, headers: {} },
  [`DeleteObject ${BYPASS}`]: { request: 'DELETE /locked/k?versionId={version}', given: [lockable, governed] },
  [`DeleteObjects ${BYPASS}`]: { request: 'POST /locked?delete', body: list, given: [lockable, governed] },
  [`PutObjectRetention ${BYPASS}`]: {
    request: 'PUT /locked/k?retention',
    body: '<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2026-06-01T00:00:00Z</RetainUntilDate></Retention>',
    given: [lockable, governed],
  },
  'PutBucketNotificationConfiguration x-amz-skip-destination-validation': {
    request: 'PUT /acme?notification',
    body: `<NotificationConfiguration><QueueConfiguration><Queue>${queue}</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration></NotificationConfiguration>`,
  },
  'PutBucketPolicy x-amz-confirm-remove-self-bucket-access': {
    request: 'PUT /acme?policy',
    body: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:PutBucketPolicy","Resource":"arn:aws:s3:::acme"}]}',
    isPassedOver: true,
  },
};

/** The answer to the request with the header, in an account of its own. */
function outcome(row: Row, name: string, value?: string) {
  const account = new Account();
  importBucket(account.state, 'acme');
  let version = '';
  const send = ({ request, headers = {}, body = '' }: Sent) => {
    const [method = '', target = ''] = request.split(' ');
    const whole = body.replace('{version}', version);
    const md5 =
      method === 'POST' ? { 'x-amz-checksum-sha256': createHash('sha256').update(whole).digest('base64') } : {};
    const answer = account.send({
      method,
      target: target.replace('{version}', version),
      headers: { ...md5, ...headers },
      body: whole,
    });
    version = answer.headers['x-amz-version-id'] ?? version;
    return answer;
  };
  for (const sent of row.given ?? []) expect(send(sent).status).toBe(200);
  const { status, headers, body } = send({ ...row, headers: { ...row.headers, ...(value && { [name]: value }) } });
  return {
    status,
    code: /<Code>(\w+)/.exec(body)?.[1],
    bucketKey: headers[BUCKET_KEY],
    decisions: account.log
      .at(-1)
      ?.decisions.map(({ action, resource }) => `${action} ${resource.replace(/key\/.*/, 'key')}`),
  };
}

describe('a header that is true or false', () => {
  test('is one of these, as in AWS’s model', () => {
    expect(Object.keys(ROWS).sort()).toEqual([...readModel()].sort());
  });

  test.each(Object.entries(ROWS))('%s: false is as good as none', (operationAndName, row) => {
    const [, name = ''] = operationAndName.split(' ');
    const without = outcome(row, name);
    for (const value of ['false', 'False']) expect(outcome(row, name, value)).toEqual(without);
    for (const value of ['true', 'True']) {
      const isSame = JSON.stringify(outcome(row, name, value)) === JSON.stringify(without);
      expect([value, isSame]).toEqual([value, row.isPassedOver === true]);
    }
  });
});
