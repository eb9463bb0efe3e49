import fc from 'fast-check';
import { importBucket } from '../../../lib/simulated-aws';
import { readHead } from '../../../lib/simulated-aws/wire/http/raw-request';
import { runsOf } from '../../support/property-runs';
import { Account } from './account';

// Requests that clients may spell in more than one way, and S3 reads as one.

/** How one character of a path or query is written: a number for each of the ways. */
type Ways = readonly number[];

const ways = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 12 });
const keyCharacter = fc.constantFrom(..."abzAZ09-_.~/+ %?&=:@!$'()*,;é☃".split(''), '𝄞');
const key = fc
  .array(keyCharacter, { minLength: 1, maxLength: 10 })
  .map((characters) => characters.join(''))
  // The HTTP clients take dot segments out of a path.
  .filter((text) => !text.split('/').some((segment) => segment === '.' || segment === '..'));

const hexOf = (character: string) => [...Buffer.from(character)].map((byte) => byte.toString(16).padStart(2, '0'));
const encoded = (character: string) =>
  hexOf(character)
    .map((hex) => `%${hex.toUpperCase()}`)
    .join('');

/** As SigV4 writes it. */
const canonical = (text: string, plain = /[A-Za-z0-9._~/-]/) =>
  [...text].map((one) => (plain.test(one) ? one : encoded(one))).join('');

/** One of the ways to write the text; all of them decode to it. */
function spelled(text: string, chosen: Ways, plain: RegExp): string {
  return [...text]
    .map((character, index) => {
      const way = chosen[index % chosen.length] ?? 0;
      if (way === 1) return encoded(character).toLowerCase();
      if (way === 2 || !plain.test(character)) return encoded(character);
      return character;
    })
    .join('');
}

const inPath = /[A-Za-z0-9._~/!$&'()*+,;=:@-]/;
const inQuery = /[A-Za-z0-9._~/!$'()*,;:@-]/;

let account: Account;
beforeEach(() => {
  account = new Account();
  importBucket(account.state, 'acme');
});

interface Request {
  readonly method: string;
  readonly target: string;
  readonly signedTarget?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The answer, and what was decided on. */
function send(request: Request) {
  const { status, headers, body } = account.send(request);
  const decisions = account.log.at(-1)?.decisions.map(({ action, resource }) => `${action} ${resource}`);
  const lasting = body.replace(/<(RequestId|HostId)>[^<]*/g, '');
  return { status, etag: headers.etag, body: lasting, decisions, eventName: account.log.at(-1)?.eventName };
}

function put(name: string, body: string): void {
  expect(send({ method: 'PUT', target: `/acme/${canonical(name)}`, body }).status).toBe(200);
}

const options = () => ({ numRuns: runsOf(300) });

describe('one request in many spellings', () => {
  test('a key is the same however its path is encoded, and is signed with its slashes plain', () => {
    fc.assert(
      fc.property(key, ways, (name, chosen) => {
        put(name, name);
        const signedTarget = `/acme/${canonical(name)}`;
        const usual = send({ method: 'GET', target: signedTarget });
        expect(usual.body).toBe(name);
        const target = `/acme/${spelled(name, chosen, inPath)}`;
        expect(send({ method: 'GET', target, signedTarget })).toEqual(usual);
      }),
      options(),
    );
  });

  test('two keys are two objects, however similar', () => {
    const names = ['a b', 'a+b', 'a%20b', 'a%2Bb', 'd//x', 'd/x', '/d/x', 'D/x', 'd/x/', 'é', 'e\u0301'];
    for (const name of names) put(name, name);
    const read = names.map((name) => send({ method: 'GET', target: `/acme/${canonical(name)}` }).body);
    expect(read).toEqual(names);
  });

  test('a parameter is the same however it is encoded, and parameters in any order', () => {
    for (const name of ['a b/1', 'a b/2', 'a+b', 'ab', 'é', '☃/x']) put(name, 'x');
    const parameters = fc.constantFrom('a b', 'a+b', 'a', 'é', '☃/', '/');
    fc.assert(
      fc.property(parameters, ways, fc.boolean(), fc.boolean(), (prefix, chosen, isPlus, isReversed) => {
        const plain = /[A-Za-z0-9._~-]/;
        const pairs = ['list-type=2', 'delimiter=%2F', `prefix=${canonical(prefix, plain)}`];
        const signedTarget = `/acme?${[...pairs].sort().join('&')}`;
        const usual = send({ method: 'GET', target: signedTarget });
        expect(usual.status).toBe(200);
        const written = spelled(prefix, chosen, inQuery).replaceAll('%20', isPlus ? '+' : '%20');
        const others = ['list-type=2', 'delimiter=/', `prefix=${written}`];
        const target = `/acme?${(isReversed ? others.reverse() : others).join('&')}`;
        expect(send({ method: 'GET', target, signedTarget })).toEqual(usual);
      }),
      options(),
    );
  });

  test.each(['acl', 'uploads', 'location', 'policyStatus', 'versioning', 'tagging'])(
    'the sub-resource %s is the same with an equals sign',
    (name) => {
      const signedTarget = `/acme?${name}=`;
      expect(send({ method: 'GET', target: `/acme?${name}`, signedTarget })).toEqual(
        send({ method: 'GET', target: signedTarget }),
      );
    },
  );

  test('a copy source is the same however it is encoded, with a slash before it or without', () => {
    const inCopySource = /[A-Za-z0-9._~/!$&'()*,;=:@-]/;
    fc.assert(
      fc.property(key, ways, fc.boolean(), fc.boolean(), fc.boolean(), (name, chosen, isPlus, isWhole, hasSlash) => {
        fc.pre(!name.startsWith('/'));
        put(name, name);
        const source = `${hasSlash ? '/' : ''}acme/${name}`;
        const written = isWhole
          ? encodeURIComponent(source)
          : spelled(source, chosen, inCopySource).replaceAll('%20', isPlus ? '+' : '%20');
        const { status } = send({
          method: 'PUT',
          target: '/acme/copied/target',
          headers: { 'x-amz-copy-source': written },
        });
        expect(status).toBe(200);
        expect(send({ method: 'GET', target: '/acme/copied/target' }).body).toBe(name);
      }),
      options(),
    );
  });

  test('an unencoded plus sign in a copy source is a space', () => {
    put('c/r+s', 'plus');
    const copy = (source: string) =>
      send({ method: 'PUT', target: '/acme/copied', headers: { 'x-amz-copy-source': source } });
    expect(copy('acme/c/r+s')).toMatchObject({ status: 404, body: expect.stringContaining('NoSuchKey') });
    expect(copy('acme/c/r%2Bs').status).toBe(200);
    put('c/r s', 'space');
    expect(copy('acme/c/r+s').status).toBe(200);
    expect(send({ method: 'GET', target: '/acme/copied' }).body).toBe('space');
  });

  test.each(['ObjectSize,ETag', 'ObjectSize, ETag', ' ETag ,ObjectSize', 'ETag,ObjectSize,ETag'])(
    'a list is the same in any order and with any padding: %p',
    (written) => {
      put('k', 'hello');
      const asked = (value: string) =>
        send({ method: 'GET', target: '/acme/k?attributes=', headers: { 'x-amz-object-attributes': value } });
      expect(asked(written)).toEqual(asked('ETag,ObjectSize'));
    },
  );

  test('a presigned URL is the same however its parameters are encoded, and in any order', () => {
    put('a b', 'hello');
    const signed = account.presigned('GET', '/acme/a%20b?response-content-type=text%2Fx%20y');
    const [path = '', query = ''] = signed.split('?');
    const pairs = query.split('&').map((pair) => pair.split('=').map(decodeURIComponent));
    const usual = account.anonymous('GET', signed);
    expect([usual.status, usual.body, usual.headers['content-type']]).toEqual([200, 'hello', 'text/x y']);
    const order = fc.shuffledSubarray(pairs, { minLength: pairs.length });
    fc.assert(
      fc.property(order, ways, fc.boolean(), (shuffled, chosen, isPlus) => {
        const write = ([name = '', value = '']: readonly string[]) =>
          `${name}=${spelled(value, chosen, inQuery).replaceAll('%20', isPlus ? '+' : '%20')}`;
        const answer = account.anonymous('GET', `${path}?${shuffled.map(write).join('&')}`);
        expect([answer.status, answer.headers]).toEqual([200, { ...usual.headers, date: answer.headers.date }]);
      }),
      options(),
    );
  });

  test('a presigned URL with another value is another request', () => {
    put('k', 'hello');
    const signed = account.presigned('GET', '/acme/k?response-content-type=a%2Bb');
    const status = (target: string) => account.anonymous('GET', target).status;
    expect(
      [signed, signed.replace('%2B', '+'), signed.replace('a%2Bb', 'a%252Bb'), `${signed}&versionId=`].map(status),
    ).toEqual([200, 403, 403, 403]);
  });

  test('a header sent several times is one list', () => {
    const rawHeaders = ['x-amz-object-attributes', 'ETag', 'Host', 'h', 'X-Amz-Object-Attributes', 'ObjectSize'];
    const message = { method: 'GET', url: '/acme/k?attributes', rawHeaders, socket: {} };
    expect(readHead(message as never, new Date()).headers).toEqual({
      'x-amz-object-attributes': 'ETag,ObjectSize',
      host: 'h',
    });
  });
});
