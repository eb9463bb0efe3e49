import { connect } from 'node:net';
import { type SimulatedAccount, startSimulatedAccount } from '../../lib/simulated-aws';
import { importBucket } from '../../lib/simulated-aws/s3';
import { makeBucket } from '../../lib/simulated-aws/s3/buckets/new-bucket';
import { limitedRole } from './limited-role';
import { exchange, requestBytes } from './raw-exchange';
import { type Signer, signedHeaders } from './sign';

// A request refused for its head is refused before its body comes, and the same way when it comes all the same.

const region = 'us-east-2';
const other = 'eu-west-1';

let account: SimulatedAccount;
let port: number;

beforeAll(async () => {
  account = await startSimulatedAccount({ accountId: '111122223333', region, otherRegions: [other] });
  port = Number(new URL(account.plainEndpoint).port);
  importBucket(account.state, 'acme');
});

afterEach(async () => {
  account.faults.clear();
  for (const key of keys()) {
    await exchange(port, bytesOf({ signer: administrator(), method: 'DELETE', target: `/acme/${key}`, body: '' }));
  }
});

afterAll(() => account.stop());

const administrator = (): Signer => ({ ...account.administrator, region, now: new Date() });
const nobody = (): Signer => limitedRole(account, 'nobody', { Effect: 'Deny', Action: '*', Resource: '*' });

type Headers = Readonly<Record<string, string>>;

interface Upload {
  readonly target?: string;
  readonly method?: string;
  /** Absent for an anonymous request. */
  readonly signer?: Signer;
  readonly headers?: Headers;
  /** Changes of the headers after they were signed; `undefined` takes one away. */
  readonly changed?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
}

const large = 'a'.repeat(100_000);

function bytesOf({ target = '/acme/new', method = 'PUT', signer, headers = {}, changed = {}, body = large }: Upload) {
  const all = { host: `127.0.0.1:${port}`, 'content-length': String(body.length), ...headers };
  const signed = signer === undefined ? all : signedHeaders({ method, target, headers: all, body }, signer);
  const sent = Object.entries({ ...signed, ...changed }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return requestBytes(method, target, Object.fromEntries(sent), body);
}

/** Sends the head, the body only after the go-ahead, and reads until the server hangs up. */
function sendPatiently(upload: Upload): Promise<string> {
  const bytes = bytesOf({ ...upload, headers: { ...upload.headers, expect: '100-continue' } });
  const bodyAt = bytes.indexOf('\r\n\r\n') + 4;
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes.subarray(0, bodyAt)));
    socket.on('data', (chunk) => {
      if (text === '' && chunk.toString().startsWith('HTTP/1.1 100 Continue\r\n\r\n'))
        socket.write(bytes.subarray(bodyAt));
      text += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

const keys = () => [...(account.state.s3.buckets.get('acme')?.objects.versions.keys() ?? [])];

/** Status and code of the last answer, and how many there were. */
const read = (text: string) => ({
  statuses: [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status)),
  code: /<Code>(\w+)<\/Code>/.exec(text)?.[1],
});

interface Refusal {
  readonly what: string;
  readonly upload: () => Upload;
  readonly status: number;
  readonly code: string;
}

const refusals: readonly Refusal[] = [
  { what: 'is not signed', upload: () => ({}), status: 403, code: 'AccessDenied' },
  {
    what: 'is signed with a key that is not there',
    upload: () => ({ signer: { ...administrator(), accessKeyId: 'AKIAUNKNOWNUNKNOWN00' } }),
    status: 403,
    code: 'InvalidAccessKeyId',
  },
  {
    what: 'is signed with another secret',
    upload: () => ({ signer: { ...administrator(), secretAccessKey: 'another' } }),
    status: 403,
    code: 'SignatureDoesNotMatch',
  },
  {
    what: 'was signed too long ago',
    upload: () => ({ signer: { ...administrator(), now: new Date(Date.now() - 3_600_000) } }),
    status: 403,
    code: 'RequestTimeTooSkewed',
  },
  {
    what: 'gives no hash of its body',
    upload: () => ({ signer: administrator(), changed: { 'x-amz-content-sha256': undefined } }),
    status: 400,
    code: 'InvalidRequest',
  },
  {
    what: 'gives something other than a hash of its body',
    upload: () => ({ signer: administrator(), headers: { 'x-amz-content-sha256': 'x' } }),
    status: 400,
    code: 'InvalidArgument',
  },
  {
    what: 'is for a bucket that is not there',
    upload: () => ({ signer: administrator(), target: '/nowhere/new' }),
    status: 404,
    code: 'NoSuchBucket',
  },
  {
    what: 'is for a bucket of another region',
    upload: () => ({ signer: { ...administrator(), region: other } }),
    status: 301,
    code: 'PermanentRedirect',
  },
  {
    what: 'asks for an operation that is not simulated',
    upload: () => ({ signer: administrator(), target: '/acme/new?renameObject' }),
    status: 501,
    code: 'NotImplemented',
  },
  {
    what: 'comes from a caller without permission',
    upload: () => ({ signer: nobody() }),
    status: 403,
    code: 'AccessDenied',
  },
  {
    what: 'names two hosts',
    upload: () => ({ signer: administrator(), headers: { host: 'acme,other' } }),
    status: 400,
    code: 'BadRequest',
  },
];

describe('a request that', () => {
  test.each(refusals)('$what: $code instead of the go-ahead', async ({ upload, status, code }) => {
    const text = await sendPatiently(upload());
    expect(read(text)).toEqual({ statuses: [status], code });
    expect(text).toMatch(/^connection: close\r$/im);
    expect(keys()).toEqual([]);
  });

  test.each(refusals)('$what: $code, even when its body comes all the same', async ({ upload, status, code }) => {
    const { text } = await exchange(port, bytesOf(upload()));
    expect(read(text)).toEqual({ statuses: [status], code });
    expect(keys()).toEqual([]);
  });

  test.each<{ readonly what: string; readonly upload: () => Upload; readonly status: number }>([
    { what: 'is allowed', upload: () => ({ signer: administrator() }), status: 200 },
    {
      what: 'is decided by its body',
      upload: () => ({
        signer: limitedRole(account, 'tagger', {
          Effect: 'Allow',
          Action: 's3:PutObjectTagging',
          Resource: '*',
          Condition: { StringEquals: { 's3:RequestObjectTag/team': 'backup' } },
        }),
        target: '/acme/kept?tagging',
        body: '<Tagging><TagSet><Tag><Key>team</Key><Value>backup</Value></Tag></TagSet></Tagging>',
      }),
      status: 200,
    },
    {
      what: 'is not for S3',
      upload: () => ({
        signer: { ...administrator(), service: 'sts' },
        method: 'POST',
        target: '/',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'Action=GetCallerIdentity&Version=2011-06-15',
      }),
      status: 200,
    },
  ])('$what: the go-ahead', async ({ upload, status }) => {
    await exchange(port, bytesOf({ signer: administrator(), target: '/acme/kept' }));
    expect(read(await sendPatiently(upload())).statuses).toEqual([100, status]);
  });
});

describe('instead of the go-ahead', () => {
  const refused = (body: string) => bytesOf({ signer: nobody(), headers: { expect: '100-continue' }, body });

  test('a client that does not wait gets the whole refusal', async () => {
    const { text, error } = await exchange(port, refused('a'.repeat(10_000_000)));
    expect([read(text), text.endsWith('</Error>')]).toEqual([{ statuses: [403], code: 'AccessDenied' }, true]);
    // On a busy machine it sends for longer than the server reads on, and may be told so.
    expect([undefined, 'EPIPE']).toContain(error);
  });

  test('a request that follows it is ignored', async () => {
    const before = account.requestLog.count;
    const next = bytesOf({ signer: administrator(), target: '/acme/next' });
    const { text } = await exchange(port, Buffer.concat([refused(large), next]));
    expect([read(text).statuses, keys()]).toEqual([[403], []]);
    expect(account.requestLog.count - before).toBe(1);
  });
});

describe('while the body of a request comes,', () => {
  const allow = { Effect: 'Allow', Action: '*', Resource: '*' } as const;
  const somebody = (): Signer => limitedRole(account, 'somebody', allow);

  /** Sends some of a request, lets something happen, and sends the rest. */
  async function sendAround(upload: Upload, happen: () => void): Promise<string> {
    const bytes = bytesOf(upload);
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    const entries = account.requestLog.count;
    await new Promise<void>((resolve) => socket.write(bytes.subarray(0, 5000), () => setTimeout(resolve, 50)));
    happen();
    socket.write(bytes.subarray(5000));
    await new Promise((resolve) => socket.on('close', resolve));
    expect(account.requestLog.count - entries).toBe(1);
    return text;
  }

  const buckets = () => account.state.s3.buckets;
  const passing = (change: () => void) => () => {
    buckets().delete('passing');
    change();
  };

  test.each<{
    readonly what: string;
    readonly upload: () => Upload;
    readonly happen: () => void;
    readonly said: object;
  }>([
    {
      what: 'a permission granted now is too late for a refused request',
      upload: () => ({ signer: nobody() }),
      happen: () => limitedRole(account, 'nobody', allow),
      said: { statuses: [403], code: 'AccessDenied' },
    },
    {
      what: 'a permission withdrawn now does not matter to an admitted request',
      upload: () => ({ signer: somebody(), target: '/passing/new' }),
      happen: () => limitedRole(account, 'somebody', { Effect: 'Deny', Action: '*', Resource: '*' }),
      said: { statuses: [200] },
    },
    {
      what: 'the bucket may go',
      upload: () => ({ signer: administrator(), target: '/passing/new' }),
      happen: passing(() => undefined),
      said: { statuses: [404], code: 'NoSuchBucket' },
    },
    {
      what: 'another bucket may take the name, and decides for itself',
      upload: () => ({ signer: administrator(), target: '/passing/new' }),
      happen: passing(() => buckets().set('passing', theirBucket())),
      said: { statuses: [403], code: 'AccessDenied' },
    },
    {
      what: 'nothing happens, but the body is not the one that was signed',
      upload: () => ({ signer: administrator(), headers: { 'x-amz-content-sha256': '0'.repeat(64) } }),
      happen: () => undefined,
      said: { statuses: [400], code: 'XAmzContentSHA256Mismatch' },
    },
  ])('$what', async ({ upload, happen, said }) => {
    buckets().delete('passing');
    importBucket(account.state, 'passing');
    expect(read(await sendAround(upload(), happen))).toEqual(said);
    expect(keys()).toEqual([]);
  });

  test('the decision about its head is in the log once', async () => {
    await sendAround({ signer: administrator() }, () => undefined);
    expect(account.requestLog.last).toMatchObject({
      eventName: 'PutObject',
      httpStatusCode: 200,
      decisions: [{ action: 's3:PutObject', result: 'allowed' }],
    });
  });

  const theirBucket = () =>
    makeBucket({
      name: 'passing',
      accountId: '444455556666',
      region,
      createdAt: new Date(),
      tags: new Map(),
      isObjectLockEnabled: false,
      objectOwnership: 'ObjectWriter',
    });
});

describe('where the clock of the service is an hour ahead', () => {
  const skewMs = 3_600_000;

  beforeEach(() => account.faults.set([{ fault: { kind: 'clock-skew', skewMs } }]));

  test('a request signed at the right time gets a refusal, not the go-ahead', async () => {
    const text = await sendPatiently({ signer: administrator() });
    expect(read(text)).toEqual({ statuses: [403], code: 'RequestTimeTooSkewed' });
  });

  test('a request signed at the time of the service gets the go-ahead', async () => {
    const signer = { ...administrator(), now: new Date(Date.now() + skewMs) };
    expect(read(await sendPatiently({ signer })).statuses).toEqual([100, 200]);
    expect(account.requestLog.last?.faults).toEqual([{ rule: '#1', fault: { kind: 'clock-skew', skewMs } }]);
  });
});

test('a fault finds the operation even when the body gives no length', async () => {
  account.faults.set([{ match: { operation: 'PutObject' }, fault: { kind: 'throttling' } }]);
  const headers = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'x-amz-decoded-content-length': '1' };
  const bytes = bytesOf({
    signer: administrator(),
    headers,
    changed: { 'transfer-encoding': 'chunked' },
    body: '6\r\n1\r\na\r\n\r\n5\r\n0\r\n\r\n\r\n0\r\n\r\n',
  });
  const { text } = await exchange(port, Buffer.from(bytes.toString().replace(/content-length: \d+\r\n/, '')));
  expect(read(text)).toEqual({ statuses: [503], code: 'SlowDown' });
});

describe('the value of a header', () => {
  const sent = async (changed: Headers, signedAs: Headers) => {
    const upload = { signer: administrator(), headers: signedAs, changed, body: 'x' };
    return read((await exchange(port, bytesOf(upload))).text);
  };
  const meta = { 'x-amz-meta-a': 'a b' };

  test.each<readonly [spelling: string, changed: Headers, signedAs: Headers]>([
    ['with spaces around it', { 'x-amz-meta-a': '   a b   ' }, meta],
    ['with tabs around it', { 'x-amz-meta-a': '\ta b\t' }, meta],
    ['with more spaces inside', { 'x-amz-meta-a': 'a    b' }, meta],
    [
      'padded, where it is a word',
      { 'x-amz-server-side-encryption': '  AES256 ' },
      { 'x-amz-server-side-encryption': 'AES256' },
    ],
    [
      'padded, where it is a digest',
      { 'content-md5': ' ndTkYSaMgDT1yFZOFVxnpg==  ' },
      { 'content-md5': 'ndTkYSaMgDT1yFZOFVxnpg==' },
    ],
  ])('is the same %s', async (_spelling, changed, signedAs) => {
    expect(await sent(changed, signedAs)).toEqual({ statuses: [200], code: undefined });
  });

  test('is another with other words', async () => {
    expect(await sent({ 'x-amz-meta-a': 'a c' }, meta)).toEqual({ statuses: [403], code: 'SignatureDoesNotMatch' });
  });

  // RFC 9112, section 5.2, leaves this to a server or lets it refuse.
  test('is refused where it goes on in a next line', async () => {
    expect(await sent({ 'x-amz-meta-a': 'a\r\n b' }, meta)).toEqual({ statuses: [400], code: 'BadRequest' });
  });
});
