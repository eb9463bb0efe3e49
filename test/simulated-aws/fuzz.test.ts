import { createHash, createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { type SimulatedAccount, startSimulatedAccount } from '../../lib/simulated-aws';
import { importBucket } from '../../lib/simulated-aws/s3';
import { runsOf } from '../support/property-runs';
import { limitedRole } from './limited-role';
import { exchange, type RawAnswer, requestBytes } from './raw-exchange';
import { type Signer, signedHeaders } from './sign';

// Raw HTTP from whoever means no good: nothing is granted, nothing is changed, and the account stays up.

const region = 'us-east-2';
const secret = 'what nobody may read';
/** The same run every time; a failure names the seed and the path to repeat it by. */
const run = { seed: 20_261_125, numRuns: runsOf(150) };

let account: SimulatedAccount;
let port: number;

beforeAll(async () => {
  account = await startSimulatedAccount({ accountId: '111122223333', region });
  port = Number(new URL(account.plainEndpoint).port);
  importBucket(account.state, 'acme');
  expect((await signed('PUT', '/acme/secret', { body: secret })).status).toBe(200);
});

afterAll(() => account.stop());

const administrator = (): Signer => ({ ...account.administrator, region, now: new Date() });

interface Parts {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

function signedParts(
  method: string,
  target: string,
  { headers = {}, body = '' }: Parts = {},
  signer = administrator(),
) {
  const all = { host: `127.0.0.1:${port}`, ...headers };
  return { method, target, headers: signedHeaders({ method, target, headers: all, body }, signer), body };
}

function signed(method: string, target: string, parts?: Parts, signer?: Signer): Promise<RawAnswer> {
  const request = signedParts(method, target, parts, signer);
  return exchange(port, requestBytes(method, target, request.headers, request.body));
}

/** Everything that S3 keeps, as text. */
function state(): string {
  return JSON.stringify(
    [...account.state.s3.buckets.values()].map((bucket) => [
      bucket.name,
      bucket.versioning,
      bucket.policy?.text,
      [...bucket.documents],
      [...bucket.tags],
      [...bucket.uploads.values()].map((upload) => [upload.key, [...upload.parts.keys()]]),
      [...bucket.objects.versions].map(([key, versions]) => [key, versions.map((version) => version.versionId)]),
    ]),
  );
}

/** Refused, or not even answered; and everything is as it was. */
async function expectNothingGranted(answer: Promise<RawAnswer>): Promise<void> {
  const before = state();
  const { status = 400, text } = await answer;
  const isRefused = (status >= 400 && status < 500) || status === 501;
  expect([isRefused, text.includes(secret), state()]).toEqual([true, false, before]);
}

async function expectUp(): Promise<void> {
  const { text } = await signed('GET', '/acme/secret');
  expect(text).toContain(secret);
}

afterEach(expectUp);

const anyText = fc.string({ unit: 'binary-ascii', maxLength: 40 }).map((text) => text.replace(/[\r\n\0]/g, '?'));
const normal = (text: string) => text.trim().replace(/ {2,}/g, ' ');

describe('a signature', () => {
  test('is good for no other method, path, query, header or body', async () => {
    const body = 'intruder';
    const change = fc.record({
      part: fc.constantFrom('method', 'target', 'body', 'host', 'x-amz-date', 'x-amz-content-sha256', 'x-amz-meta-a'),
      text: anyText,
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ part, text }) => {
        const request = signedParts('PUT', '/acme/new?x-id=PutObject', { headers: { 'x-amz-meta-a': 'b' }, body });
        const changed = {
          method: part === 'method' ? 'DELETE' : request.method,
          target: part === 'target' ? `/acme/new-${encodeURIComponent(text)}` : request.target,
          body: part === 'body' ? `${text}.` : body,
        };
        const value = request.headers[part];
        if (value !== undefined) fc.pre(normal(text) !== normal(value));
        const headers = { ...request.headers, ...(value === undefined ? {} : { [part]: text }) };
        await expectNothingGranted(exchange(port, requestBytes(changed.method, changed.target, headers, changed.body)));
      }),
      run,
    );
  });

  test('cannot be made up', async () => {
    const piece = fc.constantFrom(
      'AWS4-HMAC-SHA256',
      'Credential=',
      'SignedHeaders=',
      'Signature=',
      'host;x-amz-date',
      '20261125/us-east-2/s3/aws4_request',
      '/',
      ',',
      ' ',
      '=',
      'AWS ',
      'a'.repeat(64),
    );
    const made = fc.array(fc.oneof(piece, anyText), { maxLength: 12 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(made, fc.boolean(), async (text, isPresigned) => {
        const { accessKeyId } = account.administrator;
        const authorization = text.replace('Credential=', `Credential=${accessKeyId}/`);
        const query = new URLSearchParams({
          'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
          'X-Amz-Credential': `${accessKeyId}/20261125/us-east-2/s3/aws4_request`,
          'X-Amz-Date': new Date().toISOString().replace(/[-:]|\.\d{3}/g, ''),
          'X-Amz-Expires': '60',
          'X-Amz-SignedHeaders': 'host',
          'X-Amz-Signature': text,
        });
        const headers = { host: '127.0.0.1', ...(isPresigned ? {} : { authorization }) };
        const target = isPresigned ? `/acme/secret?${query}` : '/acme/secret';
        await expectNothingGranted(exchange(port, requestBytes('GET', target, headers)));
      }),
      run,
    );
  });
});

describe('an aws-chunked body', () => {
  const first = 'a'.repeat(8192);
  const last = 'b'.repeat(100);

  /** The request of AWS's own example in small: two chunks and the empty one, each signed. */
  function chunked(): { readonly headers: Readonly<Record<string, string>>; readonly body: string } {
    const headers = {
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      'x-amz-decoded-content-length': String(first.length + last.length),
      'content-encoding': 'aws-chunked',
    };
    const signer = administrator();
    const request = signedParts('PUT', '/acme/chunked', { headers }, signer);
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
    const stamp = request.headers['x-amz-date'] ?? '';
    const scope = `${stamp.slice(0, 8)}/${region}/s3/aws4_request`;
    const key = scope.split('/').reduce<Buffer | string>(hmac, `AWS4${signer.secretAccessKey}`);
    let previous = /Signature=(\w+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const frame = (data: string) => {
      const lines = ['AWS4-HMAC-SHA256-PAYLOAD', stamp, scope, previous, sha256(''), sha256(data)];
      previous = hmac(key, lines.join('\n')).toString('hex');
      return `${data.length.toString(16)};chunk-signature=${previous}\r\n${data}\r\n`;
    };
    return { headers: request.headers, body: [first, last, ''].map(frame).join('') };
  }

  test('is taken as it was signed', async () => {
    const { headers, body } = chunked();
    expect((await exchange(port, requestBytes('PUT', '/acme/chunked', headers, body))).status).toBe(200);
    expect((await signed('DELETE', '/acme/chunked')).status).toBe(204);
  });

  test('is taken in no other framing', async () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      removed: fc.integer({ min: 0, max: 9000 }),
      added: fc.oneof(anyText, fc.constantFrom('\r\n', '0\r\n\r\n', 'ffffffff', '-1', ';', '\r\n0;chunk-signature=')),
    });
    await fc.assert(
      fc.asyncProperty(edit, async ({ at, removed, added }) => {
        const { headers, body } = chunked();
        const from = Math.floor(at * body.length);
        const changed = `${body.slice(0, from)}${added}${body.slice(from + removed)}`;
        // The line end behind the last chunk may be there or not.
        fc.pre(changed.replace(/\r\n$/, '') !== body.replace(/\r\n$/, ''));
        await expectNothingGranted(exchange(port, requestBytes('PUT', '/acme/chunked', headers, changed)));
      }),
      run,
    );
  });
});

describe('a document', () => {
  const laughs = `<!DOCTYPE a [<!ENTITY a "ha">${Array.from({ length: 9 }, (_unused, index) => `<!ENTITY ${'ab'[index % 2]}${index} "${'&a;'.repeat(9)}">`).join('')}]><Tagging>&b8;</Tagging>`;

  test.each([
    ['entities that expand', laughs],
    ['external entities', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><Tagging/>'],
    ['a hundred thousand nested elements', '<a>'.repeat(100_000) + '</a>'.repeat(100_000)],
    ['a hundred thousand unclosed elements', '<a>'.repeat(100_000)],
    [
      'a hundred thousand attributes',
      `<a ${Array.from({ length: 100_000 }, (_unused, at) => `x${at}=""`).join(' ')}/>`,
    ],
    ['two roots', '<Tagging/><Tagging/>'],
    ['an unclosed comment', '<!--'.repeat(50_000)],
    ['unclosed text', `<![CDATA[${'a'.repeat(100_000)}`],
    ['nine megabytes of spaces', `<Tagging>${' '.repeat(9 * 2 ** 20)}</Tagging>`],
    ['bytes that are not UTF-8', Buffer.from([0x3c, 0xff, 0xfe, 0x00, 0x3e])],
  ])('with %s is refused', async (_what, body) => {
    await expectNothingGranted(signed('PUT', '/acme?tagging', { body }));
  });

  test('of any text is read or refused', async () => {
    const piece = fc.constantFrom(
      '<Tagging>',
      '</Tagging>',
      '<TagSet>',
      '</TagSet>',
      '<Tag/>',
      '&#0;',
      '&lt',
      '<?',
      ']]>',
    );
    const text = fc.array(fc.oneof(piece, anyText), { maxLength: 10 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (body) => {
        const { status = 0 } = await signed('PUT', '/acme?tagging', { body });
        expect([204, 400]).toContain(status);
      }),
      { ...run, numRuns: runsOf(60) },
    );
  });
});

describe('the head of a request', () => {
  test.each([
    ['a header of 9 KB', requestBytes('GET', '/', { host: 'a', 'x-amz-meta-a': 'a'.repeat(9000) })],
    ['a path of 9 KB', requestBytes('GET', `/${'a'.repeat(9000)}`, { host: 'a' })],
  ])('with %s is refused as S3 refuses it', async (_what, bytes) => {
    const { status, text } = await exchange(port, bytes);
    expect([status, text.split('\r\n\r\n')[1]]).toEqual([
      400,
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>RequestHeaderSectionTooLarge</Code><Message>Your request header section exceeds the maximum allowed size.</Message><MaxSizeAllowed>8192</MaxSizeAllowed></Error>',
    ]);
  });

  test('that never ends is not kept in memory', async () => {
    const megabyte = Buffer.alloc(2 ** 20, 'a');
    const { status = 400 } = await exchange(port, Buffer.from('GET / HTTP/1.1\r\nx: '), ...Array(20).fill(megabyte));
    expect(status).toBe(400);
  });

  test.each([
    ['two lengths', 'content-length: 3\r\ncontent-length: 4\r\n\r\nabcd'],
    ['a content length and a transfer coding', 'content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a negative length', 'content-length: -1\r\n\r\n'],
    ['a chunk without a size', 'transfer-encoding: chunked\r\n\r\nx\r\n'],
    ['a line that is not a header', 'nonsense\r\n\r\n'],
    ['two hosts', 'host: b\r\n\r\n'],
    ['a name with a space', 'a b: c\r\n\r\n'],
  ])('with %s is refused', async (_what, rest) => {
    const head = `PUT /acme/new HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${rest}`;
    await expectNothingGranted(exchange(port, Buffer.from(head)));
  });

  test('of any bytes is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        fc.pre(bytes[0] !== 0x16);
        await expectNothingGranted(exchange(port, Buffer.from(bytes), Buffer.from('\r\n\r\n')));
      }),
      run,
    );
  });
});

describe('a path', () => {
  /** A session of a role that may do everything to the keys under `mine/`, and nothing else. */
  const limited = () =>
    limitedRole(account, 'limited', { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::acme/mine/*' });

  const pieces = [
    '..',
    '.',
    '',
    'acme',
    'mine',
    'secret',
    '%2e%2e',
    '%2F',
    '%252F',
    '%00',
    '%c0%ae',
    '%5c',
    '\\',
    '%',
    '%zz',
  ];
  const path = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => `/${parts.join('/')}`);

  const method = fc.constantFrom('GET', 'HEAD', 'PUT', 'DELETE', 'POST', 'OPTIONS');

  test('leads nowhere without a signature', async () => {
    await fc.assert(
      fc.asyncProperty(path, method, async (target, verb) => {
        const [headers, elsewhere] = [{ host: '127.0.0.1' }, `http://elsewhere.example${target}`];
        await expectNothingGranted(exchange(port, requestBytes(verb, target, headers)));
        await expectNothingGranted(exchange(port, requestBytes(verb, elsewhere, headers)));
      }),
      { ...run, numRuns: runsOf(100) },
    );
  });

  test('leads a limited role to no key but its own', async () => {
    const signer = limited();
    await fc.assert(
      fc.asyncProperty(path, method, async (target, verb) => {
        const { text } = await signed(verb, target, {}, signer);
        const keys = [...(account.state.s3.buckets.get('acme')?.objects.versions.keys() ?? [])];
        const foreign = keys.filter((name) => name !== 'secret' && !name.startsWith('mine/'));
        expect([text.includes(secret), foreign, account.state.s3.buckets.size]).toEqual([false, [], 1]);
        await expectUp();
      }),
      { ...run, numRuns: runsOf(100) },
    );
    expect((await signed('PUT', '/acme/mine/../secret', { body: 'mine' }, signer)).status).toBe(200);
    expect((await signed('GET', '/acme/mine/../secret', {}, signer)).text).toMatch(/mine$/);
  });
});

describe('a key', () => {
  const encoded = (key: string) =>
    key
      .split('/')
      .map((part) =>
        encodeURIComponent(part).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`),
      )
      .join('/');
  const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).filter((text) => !text.startsWith('/'));

  test('of any characters is kept, listed, read and deleted under its own name', async () => {
    await fc.assert(
      fc.asyncProperty(key, async (name) => {
        const target = `/acme/${encoded(name)}`;
        const put = await signed('PUT', target, { body: name });
        const get = await signed('GET', target);
        const list = await signed(
          'GET',
          `/acme?encoding-type=url&list-type=2&prefix=${encodeURIComponent(name).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)}`,
        );
        const listed = /<Contents><Key>([^<]*)/.exec(list.text)?.[1] ?? '';
        const removed = await signed('DELETE', target);
        expect([
          put.status,
          get.text.endsWith(name),
          decodeURIComponent(listed.replaceAll('+', ' ')),
          removed.status,
        ]).toEqual([200, true, name, 204]);
      }),
      { ...run, numRuns: runsOf(80) },
    );
  });

  test.each([
    ['1,024', 'ü'.repeat(512), 200],
    ['1,025', `${'ü'.repeat(512)}a`, 400],
  ])('of %s bytes', async (_size, name, status) => {
    const answer = await signed('PUT', `/acme/${encoded(name)}`, { body: '' });
    expect([answer.status, answer.text.includes('<Code>KeyTooLongError</Code>')]).toEqual([status, status === 400]);
    await signed('DELETE', `/acme/${encoded(name)}`);
  });
});

/** Bytes in use, once what nobody refers to is gone. */
function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Bytes in use beyond `before`, once they are fewer than `limitBytes`: a socket that was closed is let go a little later. */
async function keptBytes(before: number, limitBytes: number): Promise<number> {
  for (let turn = 0; turn < 200 && usedBytes() - before >= limitBytes; turn++) await setTimeout(20);
  return usedBytes() - before;
}

test('a refused request leaves nothing in memory', async () => {
  const body = Buffer.alloc(2 ** 20);
  const refuse = async (times: number) => {
    for (let turn = 0; turn < times; turn++) {
      await exchange(port, requestBytes('PUT', '/acme/new', { host: '127.0.0.1' }, body));
    }
  };
  await refuse(20);
  const before = usedBytes();
  await refuse(100);
  expect(await keptBytes(before, 30 * 2 ** 20)).toBeLessThan(30 * 2 ** 20);
});

test('the body of a request is not kept as it arrives once its head was refused', async () => {
  const megabyte = Buffer.alloc(2 ** 20);
  const stranger = { ...administrator(), accessKeyId: 'AKIAUNKNOWNUNKNOWN00' };
  const { headers } = signedParts(
    'PUT',
    '/acme/new',
    { headers: { 'content-length': String(64 * 2 ** 20) } },
    stranger,
  );
  const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`);
  const socket = connect(port, '127.0.0.1');
  const send = promisify((bytes: Buffer, done: () => void) => socket.write(bytes, done));
  const before = usedBytes();
  await send(Buffer.from(`PUT /acme/new HTTP/1.1\r\n${lines.join('')}\r\n`));
  for (let sent = 0; sent < 63; sent++) await send(megabyte);
  const kept = await keptBytes(before, 5 * 2 ** 20);
  await send(megabyte);
  const answer = await text(socket);
  expect(kept).toBeLessThan(5 * 2 ** 20);
  expect(answer).toMatch(/^HTTP\/1\.1 403 [\s\S]*<Code>InvalidAccessKeyId<\/Code>/);
});

/** A request whose sender is told by its body, which is signed as well. */
const form = { host: '127.0.0.1', 'content-type': 'application/x-www-form-urlencoded' };

test('bodies of many strangers are held up to a limit that small ones never meet, then let go', async () => {
  const megabyte = Buffer.alloc(2 ** 20);
  const open = async () => {
    const socket = connect(port, '127.0.0.1');
    const send = promisify((bytes: Buffer, done: () => void) => socket.write(bytes, done));
    const head = { ...form, 'content-length': String(12 * 2 ** 20), connection: 'close' };
    const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
    await send(Buffer.from(`POST / HTTP/1.1\r\n${lines.join('')}\r\n`));
    for (let sent = 0; sent < 11; sent++) await send(megabyte);
    return { socket, send };
  };
  const before = usedBytes();
  const strangers = await Promise.all(Array.from({ length: 16 }, open));
  const kept = await keptBytes(before, 100 * 2 ** 20);
  const small = await signed('PUT', '/acme/mine/small', { body: 'a' });
  const answers = strangers.map(async ({ socket, send }) => {
    await send(megabyte);
    return /<Code>(\w+)<\/Code>/.exec(await text(socket))?.[1];
  });
  const codes = new Set(await Promise.all(answers));
  expect(kept).toBeLessThan(100 * 2 ** 20);
  expect([...codes].sort()).toEqual(['MissingAuthenticationToken', 'ServiceUnavailable']);
  expect(small.status).toBe(200);
  expect(await exchange(port, requestBytes('POST', '/', form, megabyte))).toMatchObject({ status: 403 });
});

test('a body that is too large for a stranger is refused, and not stored', async () => {
  const before = state();
  const { status, text: answer } = await exchange(port, requestBytes('POST', '/', form, Buffer.alloc(17 * 2 ** 20)));
  expect([status, answer.includes('<Code>NotImplemented</Code>')]).toEqual([501, true]);
  expect(state()).toBe(before);
});
