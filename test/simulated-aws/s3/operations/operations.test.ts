import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { importBucket } from '../../../../lib/simulated-aws/s3';
import { makeBucket } from '../../../../lib/simulated-aws/s3/buckets/new-bucket';
import { ROUTES, UNSUPPORTED_OPERATIONS } from '../../../../lib/simulated-aws/s3/routes';
import { readXml } from '../../../../lib/simulated-aws/wire/xml/xml';
import type { XmlElement } from '../../../../lib/simulated-aws/wire/xml/xml-element';
import { Account, type Answer, type Statement } from '../account';
import { accountErrors, accountSuccesses } from './account-rows';
import { analysisErrors, analysisSuccesses } from './analysis-rows';
import { bucketErrors, bucketSuccesses } from './bucket-rows';
import { configurationErrors, configurationSuccesses } from './configuration-rows';
import { copyConfiguration } from './copy-configuration';
import { deliveryErrors, deliverySuccesses } from './delivery-rows';
import { documentedErrors, neverHere } from './documented-errors';
import { lifecycleErrors, lifecycleSuccesses } from './lifecycle-rows';
import { listingErrors, listingSuccesses } from './listing-rows';
import { multipartErrors, multipartSuccesses } from './multipart-rows';
import { notificationErrors, notificationSuccesses } from './notification-rows';
import { objectLockErrors, objectLockSuccesses } from './object-lock-rows';
import { objectErrors, objectSuccesses } from './object-rows';
import { preflightErrors, preflightSuccess } from './preflight-rows';
import { replicationErrors, replicationSuccesses } from './replication-rows';
import type { ErrorRow, Given, Sent, SuccessRow } from './row';

const successes: readonly SuccessRow[] = [
  ...accountSuccesses,
  ...bucketSuccesses,
  ...configurationSuccesses,
  ...lifecycleSuccesses,
  ...replicationSuccesses,
  ...deliverySuccesses,
  ...notificationSuccesses,
  ...objectLockSuccesses,
  ...analysisSuccesses,
  ...listingSuccesses,
  ...objectSuccesses,
  ...multipartSuccesses,
];
const errors: readonly ErrorRow[] = [
  ...accountErrors,
  ...bucketErrors,
  ...configurationErrors,
  ...lifecycleErrors,
  ...replicationErrors,
  ...deliveryErrors,
  ...notificationErrors,
  ...objectLockErrors,
  ...analysisErrors,
  ...listingErrors,
  ...objectErrors,
  ...multipartErrors,
];

/** The bucket `acme` with the object `k`, a bucket of another account and one of another region, in a new account. */
class World {
  readonly account = new Account();
  readonly #known = new Map<string, string>();

  constructor(given: readonly Given[] = []) {
    const { state } = this.account;
    importBucket(state, 'acme').accessPoints = [
      { name: 'bare', vpcId: 'vpc-1' },
      { name: 'reports', policy: '{"Version":"2012-10-17","Statement":[]}' },
    ];
    const from = { name: 'theirs', region: state.region, createdAt: state.now(), tags: new Map() };
    const theirs = { ...from, accountId: '444455556666', isObjectLockEnabled: false, objectOwnership: 'ObjectWriter' };
    state.s3.buckets.set('theirs', makeBucket(theirs));
    const overseas = { ...theirs, name: 'overseas', accountId: state.accountId, region: 'eu-west-1' };
    state.s3.buckets.set('overseas', makeBucket(overseas));
    for (const { copies = 0, ...sent } of [{ request: 'PUT /acme/k', body: 'hello' }, ...given] as readonly Given[]) {
      const answer = this.send(sent);
      if (answer.status >= 300) throw new Error(`${sent.request} of what was given: ${answer.body}`);
      if (copies > 0) copyConfiguration(state.s3.buckets.get('acme'), copies);
    }
  }

  send(sent: Sent, statements?: readonly Statement[]): Answer {
    const answer = this.account.send(this.#parts(sent), statements);
    this.#remember(answer);
    return answer;
  }

  anonymous(sent: Sent): Answer {
    const { method, target, headers, body } = this.#parts(sent);
    return this.account.anonymous(method, target, headers, body);
  }

  /** Fills in placeholders for values of earlier answers. */
  fill(text: string): string {
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => this.#known.get(name) ?? whole);
  }

  #parts({ request, headers = {}, body = '', isPlain = false }: Sent) {
    const [method = '', target = ''] = this.fill(request).split(' ');
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(body));
    this.#known.set('crc32', bytes.toString('base64'));
    const filled = Object.entries(headers).map(([name, value]) => [name, this.fill(value)]);
    return { method, target, headers: Object.fromEntries(filled), body: this.fill(body), isSecure: !isPlain };
  }

  #remember({ headers, body }: Answer): void {
    const found = {
      version: headers['x-amz-version-id'],
      etag: headers.etag?.replaceAll('"', ''),
      upload: /<UploadId>([^<]+)/.exec(body)?.[1],
    };
    for (const [name, value] of Object.entries(found)) if (value !== undefined) this.#known.set(name, value);
  }
}

const allow = (actions: readonly string[]): readonly Statement[] =>
  actions.length === 0 ? [] : [{ Effect: 'Allow', Action: actions, Resource: '*' }];
const codeOf = (world: World): string => world.account.log.at(-1)?.errorCode ?? 'none';

/** Values of the answer's document and headers, by name. */
function said(answer: Answer, name: string): string | undefined {
  const element = new RegExp(`<${name}(?: [^>]*)?(?:/>|>(.*?)</${name}>)`, 's').exec(answer.body);
  return element ? (element[1] ?? '').replaceAll('&quot;', '"') : answer.headers[name];
}

/** The names of the elements of an error, in order; nothing where there is no body. */
function elementsOf({ body }: Answer): readonly unknown[] {
  return body === '' ? [] : namesIn(readXml(body));
}

function namesIn({ name, children }: XmlElement): readonly unknown[] {
  return [name, ...children.map((child) => (child.children.length === 0 ? child.name : namesIn(child)))];
}

const title = ({ operation, request }: Sent & { operation: string }) => `${operation}: ${request.slice(0, 60)}`;
const titled = <Row extends Sent & { operation: string }>(rows: readonly Row[]) =>
  rows.map((row) => [title(row), row] as const);

describe.each(titled(successes))('%s', (_title, row) => {
  const { status, answers = {}, needs, given } = row;

  test('succeeds with exactly the actions that it needs', () => {
    const world = new World(given);
    const wanted = Object.entries(answers).map(([name, value]) => [
      name,
      typeof value === 'string' ? world.fill(value) : value,
    ]);
    const answer = world.send(row, allow(needs));
    const told = Object.keys(answers).map((name) => [name, said(answer, name)]);
    expect([answer.status, Object.fromEntries(told)]).toEqual([status, Object.fromEntries(wanted)]);
  });

  test.each(needs)('is refused without %s, and nothing has changed', (action) => {
    const world = new World(given);
    const before = JSON.stringify(stateOf(world));
    const answer = world.send(row, allow(needs.filter((one) => one !== action)));
    expect([answer.status, said(answer, 'Code') ?? codeOf(world), JSON.stringify(stateOf(world))]).toEqual([
      row.operation === 'DeleteObjects' ? 200 : 403,
      'AccessDenied',
      before,
    ]);
  });

  test('is refused without a signature', () => {
    const world = new World(given);
    const answer = world.anonymous(row);
    expect(said(answer, 'Code') ?? codeOf(world)).toBe('AccessDenied');
    expect(said(answer, 'Message') ?? 'Access Denied').toBe('Access Denied');
  });
});

/** State that requests can change. */
function stateOf({ account }: World) {
  return [...account.state.s3.buckets.values()].map((bucket) => ({
    ...bucket,
    documents: [...bucket.documents],
    tags: [...bucket.tags],
    objects: [...bucket.objects.versions],
    uploads: [...bucket.uploads].map(([id, upload]) => [id, upload, [...upload.parts]]),
  }));
}

describe.each(titled(errors))('%s', (_title, row) => {
  test(`answers ${row.code} (${row.status}) when ${row.when}`, () => {
    const world = new World(row.given);
    const answer = world.send(row);
    expect([codeOf(world), answer.status]).toEqual([row.code, row.status]);
    const hasBody = !row.request.startsWith('HEAD') && row.status !== 304;
    const said = ['Code', 'Message', ...(row.fields ?? ['Resource'])];
    const ids = ['RequestId', 'HostId'];
    const ofControl = ['ErrorResponse', ['Error', ...said], ...ids];
    const whole = row.request.includes('/v20180820/') ? ofControl : ['Error', ...said, ...ids];
    expect(elementsOf(answer)).toEqual(hasBody ? whole : []);
  });
});

/** Nothing here can be restored, and no account has a block of its own. */
const WITHOUT_SUCCESS = ['RestoreObject', 'GetAccountPublicAccessBlock'];

/** One request for each operation. */
const typical = new Map<string, SuccessRow | ErrorRow>(
  [...errors.filter(({ operation }) => WITHOUT_SUCCESS.includes(operation)), ...successes]
    .reverse()
    .map((row) => [row.operation, row]),
);
const typicalRows = [...typical.values()];
const onBuckets = typicalRows.filter(({ request }) => / \/(?:acme|locked|empty)/.test(request));

describe('whatever the operation', () => {
  test.each(titled(onBuckets))('%s answers NoSuchBucket for a bucket that is not there', (_title, row) => {
    const world = new World(row.given);
    const answer = world.send({ ...row, request: row.request.replace(/ \/\w+/, ' /nowhere') });
    expect([codeOf(world), answer.status]).toEqual(['NoSuchBucket', 404]);
  });

  test.each(titled(onBuckets))('%s is refused where the bucket’s owner is not the expected one', (_title, row) => {
    const world = new World(row.given);
    const headers = { ...row.headers, 'x-amz-expected-bucket-owner': '444455556666' };
    expect([world.send({ ...row, headers }).status, codeOf(world)]).toEqual([403, 'AccessDenied']);
  });

  test.each(titled(onBuckets))('%s is refused where the expected owner is no account', (_title, row) => {
    const world = new World(row.given);
    const headers = { ...row.headers, 'x-amz-expected-bucket-owner': 'acme' };
    expect([world.send({ ...row, headers }).status, codeOf(world)]).toEqual([400, 'InvalidBucketOwnerAWSAccountID']);
  });

  const messageOf = (world: World, sent: Sent) => world.send(sent).body || world.account.log.at(-1)?.errorMessage;
  const withParameter = (row: Sent, parameter: string): Sent => ({
    ...row,
    request: `${row.request}${row.request.includes('?') ? '&' : '?'}${parameter}=1`,
  });

  test.each(titled(typicalRows))('%s refuses a header and a parameter of other operations, by name', (_title, row) => {
    const world = new World(row.given);
    expect([
      messageOf(world, { ...row, headers: { ...row.headers, 'x-amz-write-offset-bytes': '1' } }),
      messageOf(world, withParameter(row, 'annotationName')),
      messageOf(world, withParameter(row, 'X-Amz-MFA')),
    ]).toEqual(
      ["'x-amz-write-offset-bytes'", "'annotationName'", "'X-Amz-MFA'"].map((name) => expect.stringContaining(name)),
    );
  });

  test.each(titled(typicalRows))('%s ignores a header and a parameter that S3 does not know', (_title, row) => {
    const unheardOf = { ...withParameter(row, 'unheard-of'), headers: { ...row.headers, 'x-amz-unheard-of': '1' } };
    expect(new World(row.given).send(unheardOf).status).toBe(row.status);
  });

  const withDocument = typicalRows.filter(({ body = '' }) => body.startsWith('<'));

  test.each(titled(withDocument))('%s answers MalformedXML for any other document', (_title, row) => {
    const world = new World(row.given);
    for (const body of ['<a>', '<Other/>', (row.body ?? '').replace('>', '><Unheard-of/>')]) {
      const headers = row.operation === 'DeleteObjects' ? { 'x-amz-checksum-crc32': '{crc32}' } : (row.headers ?? {});
      world.send({ ...row, headers, body });
      expect(codeOf(world)).toBe('MalformedXML');
    }
  });

  test.each(titled(onBuckets))('%s is refused by a bucket policy that denies, and says so', (_title, row) => {
    const bucket = / \/(\w+)/.exec(row.request)?.[1] ?? '';
    const resources = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
    const deny = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: resources };
    const world = new World(row.given);
    const body = JSON.stringify({ Version: '2012-10-17', Statement: [deny] });
    world.send({ request: `PUT /${bucket}?policy`, body });
    const answer = world.send(row);
    const message = said(answer, 'Message') ?? world.account.log.at(-1)?.errorMessage;
    expect(message).toContain('with an explicit deny in a resource-based policy');
  });
});

describe('a preflight', () => {
  test.each(preflightErrors)(
    'answers $code when $when',
    ({ code, status, message, fields, headers, request, given }) => {
      const world = new World(given);
      const answer = world.anonymous({ request, headers });
      expect([answer.status, codeOf(world), said(answer, 'Message'), elementsOf(answer).slice(3, -2)]).toEqual([
        status,
        code,
        message,
        fields,
      ]);
    },
  );

  test.each(preflightSuccess)('and an answer show what the rule allows: $when', ({ given, asked, headers }) => {
    const world = new World([given]);
    const presigned = '/acme/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0&x=1';
    const preflight = world.anonymous({ request: `OPTIONS ${presigned}`, headers: asked });
    const { 'access-control-allow-headers': _asked, ...actual }: Readonly<Record<string, string>> = headers;
    const { origin = '' } = asked;
    const read = world.send({ request: 'GET /acme/k', headers: { origin } });
    const refused = world.anonymous({ request: 'GET /acme/k', headers: { origin } });
    expect([preflight.status, cors(preflight), read.status, cors(read), refused.status, cors(refused)]).toEqual([
      200,
      headers,
      200,
      actual,
      403,
      actual,
    ]);
  });

  test('from an origin that no rule names does not change the answer', () => {
    const [{ given }] = preflightSuccess;
    const answer = new World([given]).send({ request: 'GET /acme/k', headers: { origin: 'https://b.example.org' } });
    expect([answer.status, cors(answer)]).toEqual([200, {}]);
  });

  function cors({ headers }: Answer): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(headers).filter(([name]) => name.startsWith('access-control-') || name === 'vary'),
    );
  }
});

describe('the tables', () => {
  const OF_CONTROL = new Set(ROUTES.filter(({ target }) => target === 'control').map(({ operation }) => operation));
  const operations = [...new Set(ROUTES.map(({ operation }) => operation))].filter((name) => name !== 'OptionsObject');
  const codesOf = (operation: string) => [
    ...new Set(errors.filter((row) => row.operation === operation).map(({ code }) => code)),
  ];

  test('have a success, or nothing but an error, for every route', () => {
    expect([...new Set(successes.map(({ operation }) => operation)), ...WITHOUT_SUCCESS].sort()).toEqual(
      [...operations].sort(),
    );
  });

  test.each(operations)('have every error that is documented for %s', (operation) => {
    const everywhere = ['AccessDenied', 'MalformedXML', 'NoSuchBucket', 'NotImplemented'];
    const documented = documentedErrors[operation] ?? [];
    expect([...new Set([...codesOf(operation), ...everywhere])].sort()).toEqual(
      [...new Set([...documented, ...everywhere])].sort(),
    );
  });

  // The SDK is made from AWS's own model of S3, which says what some operations throw.
  test.each(operations)("have every error that AWS's model has for %s", (operation) => {
    const file = join(
      __dirname,
      `../../../../node_modules/@aws-sdk/client-s3/dist-types/commands/${operation}Command.d.ts`,
    );
    const throws = OF_CONTROL.has(operation)
      ? []
      : [...readFileSync(file, 'utf8').matchAll(/@throws \{@link (\w+)\}/g)].map(([, name = '']) => name);
    const modelled = [...new Set(throws)].filter((name) => name !== 'S3ServiceException');
    const known = [...codesOf(operation), 'NoSuchBucket', ...Object.keys(neverHere[operation] ?? {})];
    expect(modelled.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('have every error that the code can answer with', () => {
    const folder = join(__dirname, '../../../../lib/simulated-aws/s3');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const source = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
    const inCode = [...source.matchAll(/(?:s3Error\(|error: |AwsError\(\s*\d+,\s*)'(\w+)'/g)].map(
      ([, code = '']) => code,
    );
    const preflights = preflightErrors.map(({ code }) => code as string);
    const elsewhere = ['AuthorizationHeaderMalformed', 'PermanentRedirect', 'InvalidURI'];
    const whatever = ['NoSuchBucket', 'InvalidBucketOwnerAWSAccountID'];
    const covered = [...errors.map(({ code }) => code), ...preflights, ...elsewhere, ...whatever];
    expect([...new Set(inCode)].filter((code) => !covered.includes(code))).toEqual([]);
  });

  test('name every operation of S3 that is not simulated', async () => {
    const commands = Object.keys(await import('@aws-sdk/client-s3'))
      .filter((name) => /^\w+Command$/.test(name))
      .map((name) => name.replace(/Command$/, ''));
    // Their requests go to endpoints of their own.
    const elsewhere = ['ListDirectoryBuckets', 'WriteGetObjectResponse'];
    const known = [...operations, ...UNSUPPORTED_OPERATIONS.map(({ operation }) => operation), ...elsewhere];
    expect(commands.filter((name) => !known.includes(name))).toEqual([]);
  });

  test.each(UNSUPPORTED_OPERATIONS.map((one) => [one.operation, one] as const))(
    '%s is refused by its name',
    (operation, { method, target, selectors }) => {
      const query = selectors.map((name) => `${name}=1`).join('&');
      const answer = new World().send({ request: `${method} /acme${target === 'object' ? '/k' : ''}?${query}` });
      expect([answer.status, said(answer, 'Message')]).toEqual([
        501,
        `The simulated AWS account does not implement ${operation}.`,
      ]);
    },
  );
});
