import * as sdk from '@aws-sdk/client-s3';
import { importBucket } from '../../../lib/simulated-aws';
import { CHECKSUM_ALGORITHMS } from '../../../lib/simulated-aws/s3/checksums/checksum';
import { ROUTES } from '../../../lib/simulated-aws/s3/routes';
import { NOT_SIMULATED, type Sort, sortOfHeader, sortOfParameter } from '../../../lib/simulated-aws/s3/routes/door';
import type { Route } from '../../../lib/simulated-aws/s3/routes/route';
import { Account } from './account';

/** The headers and parameters that AWS's model has for an operation; a trailing `*` stands for any ending. */
interface Modelled {
  readonly headers: readonly string[];
  readonly query: readonly string[];
}

type Traits = { readonly httpHeader?: string; readonly httpQuery?: string; readonly httpPrefixHeaders?: string };
type Structure = readonly [...unknown[], readonly unknown[]];
type Operation = readonly [kind: number, namespace: string, name: string, traits: unknown, input: unknown];

/** For each operation of the SDK, which is made from AWS's own model. */
function readModel(): ReadonlyMap<string, Modelled> {
  const operations = Object.values<unknown>(sdk).filter(
    (schema): schema is Operation => Array.isArray(schema) && schema[0] === 9,
  );
  return new Map(operations.map(([, , name, traits, input]) => [name, readOperation(traits, input)]));
}

function readOperation(traits: unknown, input: unknown): Modelled {
  const structure = (typeof input === 'function' ? input() : input) as Structure;
  const members = ((structure[5] ?? []) as readonly unknown[]).flatMap((member) =>
    Array.isArray(member) && typeof member[1] === 'object' ? [member[1] as Traits] : [],
  );
  const [, uri = ''] = (traits as { http: readonly string[] }).http;
  const selectors = [...new URLSearchParams(uri.split('?')[1]).keys()].filter((name) => name !== 'x-id');
  return {
    headers: members.flatMap(({ httpHeader, httpPrefixHeaders }) => [
      ...(httpHeader === undefined ? [] : [httpHeader.toLowerCase()]),
      ...(httpPrefixHeaders === undefined ? [] : [`${httpPrefixHeaders.toLowerCase()}*`]),
    ]),
    query: [...selectors, ...members.flatMap(({ httpQuery }) => (httpQuery === undefined ? [] : [httpQuery]))],
  };
}

const model = readModel();
const every = (of: (one: Modelled) => readonly string[]) => [...new Set([...model.values()].flatMap(of))].sort();
const everyHeader = every(({ headers }) => headers);
const everyParameter = every(({ query }) => query);
const modelled = ROUTES.flatMap((route) => {
  const one = model.get(route.operation);
  return one === undefined ? [] : [[route.operation, route, one] as const];
});

const eventHold = ['hold', 'hold-duration-days', 'hold-duration-years'].map(
  (name) => `x-amz-object-lock-event-${name}`,
);

/** In the model of the operation, and not simulated. */
const notSimulated: Readonly<Record<string, readonly string[]>> = {
  PutObject: [...eventHold, 'x-amz-write-offset-bytes'],
  CopyObject: [...eventHold, 'x-amz-object-annotation-directive'],
  CreateMultipartUpload: eventHold,
  AbortMultipartUpload: ['x-amz-if-match-initiated-time'],
  DeleteObject: ['x-amz-if-match-last-modified-time', 'x-amz-if-match-size'],
  PutBucketReplication: ['x-amz-bucket-object-lock-token'],
};

/** Taken though the model of the operation lacks it: clients send it, and S3 takes it or passes over it. */
const beyondTheModel: Readonly<Record<string, readonly string[]>> = {
  PutObject: ['x-amz-grant-write', 'x-amz-checksum-algorithm', 'x-amz-checksum-type'],
  CopyObject: ['x-amz-grant-write'],
  CreateMultipartUpload: ['x-amz-grant-write', 'x-amz-metadata-directive'],
  UploadPart: ['x-amz-checksum-algorithm', 'x-amz-checksum-type'],
};
const everywhere = [
  ...Object.keys(CHECKSUM_ALGORITHMS).map((name) => `x-amz-checksum-${name.toLowerCase()}`),
  'x-amz-expected-bucket-owner',
  'x-amz-request-payer',
  'x-amz-sdk-checksum-algorithm',
];
const isOfS3 = (name: string) => name.startsWith('x-amz-') || /^(if-.*|range)$/.test(name);

function expectedSort({ operation }: Route, { headers }: Modelled, name: string): Sort {
  if (notSimulated[operation]?.includes(name)) return 'not-simulated';
  const taken = [...headers, ...(beyondTheModel[operation] ?? []), ...everywhere];
  return taken.includes(name) || !isOfS3(name) ? 'simulated' : 'of-another-operation';
}

function sent(target: string, headers: Readonly<Record<string, string>>) {
  const account = new Account();
  importBucket(account.state, 'acme');
  const [method = '', path = ''] = target.split(' ');
  const { status, body } = account.send({ method, target: path, headers });
  const [code = '', message = ''] = ['Code', 'Message'].map((name) => new RegExp(`<${name}>([^<]*)`).exec(body)?.[1]);
  return { status, code, message, body, ignored: account.log.at(-1)?.ignored };
}

describe('the door of S3', () => {
  test('is compared with the whole model', () => {
    const ours = [...new Set(ROUTES.map(({ operation }) => operation))];
    expect(ours.filter((name) => !model.has(name)).sort()).toEqual([
      'GetAccessPointPolicy',
      'GetAccountPublicAccessBlock',
      'ListAccessPoints',
      'ListMultiRegionAccessPoints',
      'ListTagsForResource',
      'OptionsObject',
      'TagResource',
      'UntagResource',
    ]);
    expect([model.size > 100, everyHeader.length > 80, everyParameter.length > 60]).toEqual([true, true, true]);
  });

  test.each(modelled)('sorts every header of S3 for %s', (_operation, route, one) => {
    const sorted = (sortOf: (name: string) => Sort) => everyHeader.map((name) => `${name}: ${sortOf(name)}`);
    expect(sorted((name) => sortOfHeader(route, name.replace('*', 'name')))).toEqual(
      sorted((name) => expectedSort(route, one, name)),
    );
  });

  test.each(modelled)('sorts every parameter of S3 for %s', (_operation, route, one) => {
    const sorted = (sortOf: (name: string) => Sort) => everyParameter.map((name) => `${name}: ${sortOf(name)}`);
    expect(sorted((name) => sortOfParameter(route, name))).toEqual(
      sorted((name) => (one.query.includes(name) ? 'simulated' : 'of-another-operation')),
    );
  });

  test.each(modelled)('takes nothing of %s that it also calls not simulated', (operation, route) => {
    const taken = [...(route.headers ?? []), route.selectorHeader];
    expect((NOT_SIMULATED[operation] ?? []).filter((name) => taken.includes(name))).toEqual([]);
  });

  test.each(['x-amz-te', 'x-amz-api-version', 'amz-sdk-request', 'amz-sdk-invocation-id', 'x-amz-nonsense'])(
    'knows that S3 ignores the header %s',
    (name) => {
      expect([...new Set(modelled.map(([, route]) => sortOfHeader(route, name)))]).toEqual(['unknown']);
    },
  );

  test.each(['metadata', 'x-id', 'foo'])('knows that S3 ignores the parameter %s', (name) => {
    expect([...new Set(modelled.map(([, route]) => sortOfParameter(route, name)))]).toEqual(['unknown']);
  });

  test('refuses by name anything that would have another effect on AWS', () => {
    expect(sent('DELETE /acme/k', { 'x-amz-if-match-size': '5' })).toMatchObject({
      status: 501,
      message: "The simulated AWS account does not implement header 'x-amz-if-match-size' of DeleteObject.",
    });
    expect(sent('GET /acme/k', { 'x-amz-tagging': 'a=b' })).toMatchObject({
      status: 501,
      message: "The simulated AWS account does not implement header 'x-amz-tagging' of GetObject.",
    });
    expect(sent('GET /acme/k?uploadId=u&encoding-type=url', {})).toMatchObject({
      status: 501,
      message:
        "The simulated AWS account does not implement sub-resource or query parameter 'encoding-type' of ListParts.",
    });
  });

  test.each(['GET /acme/k', 'HEAD /acme/k', 'PUT /acme/k?partNumber=1&uploadId=u', 'POST /acme/k?uploadId=u'])(
    'refuses an encryption algorithm in the words of S3 at %s',
    (target) => {
      const name = 'x-amz-server-side-encryption';
      const { status, code, message, body } = sent(target, { [name]: 'AES256' });
      expect(status).toBe(400);
      if (target.startsWith('HEAD')) return;
      expect({ code, message }).toEqual({
        code: 'InvalidArgument',
        message: `${name} header is not supported for this operation.`,
      });
      expect(body).toContain(`<ArgumentName>${name}</ArgumentName><ArgumentValue>AES256</ArgumentValue>`);
    },
  );

  test('logs the names that S3 ignores', () => {
    const headers = { 'x-amz-te': 'append-md5', 'amz-sdk-request': 'attempt=1', 'x-amz-meta-a': 'b' };
    expect(sent('PUT /acme/k?x-id=PutObject&foo=bar', headers)).toMatchObject({
      status: 200,
      ignored: ['x-amz-te', 'amz-sdk-request', '?x-id', '?foo'],
    });
    expect(sent('PUT /acme/k', {}).ignored).toBeUndefined();
  });
});
