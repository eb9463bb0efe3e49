import { upload } from './given';
import { type ErrorRow, rowsOf, type SuccessRow } from './row';

const argument = { code: 'InvalidArgument', status: 400, fields: ['ArgumentName', 'ArgumentValue'] };

/** Each listing: its request, the parameter of its page size, its action. */
const listings = [
  ['ListObjects', 'GET /acme?', 'max-keys', 's3:ListBucket'],
  ['ListObjectsV2', 'GET /acme?list-type=2&', 'max-keys', 's3:ListBucket'],
  ['ListObjectVersions', 'GET /acme?versions&', 'max-keys', 's3:ListBucketVersions'],
  ['ListMultipartUploads', 'GET /acme?uploads&', 'max-uploads', 's3:ListBucketMultipartUploads'],
] as const;

export const listingSuccesses: readonly SuccessRow[] = listings.map(([operation, request, limit, action]) => ({
  operation,
  request: `${request}prefix=k&delimiter=%2F&encoding-type=url&Version=2006-03-01&metadata=true`,
  status: 200,
  answers: { Key: 'k', Prefix: 'k', Delimiter: '/', EncodingType: 'url', IsTruncated: 'false', [camel(limit)]: '1000' },
  needs: [action],
  given: [upload],
}));

function camel(parameter: string): string {
  return parameter.replace(/(^|-)(\w)/g, (_whole, _dash, letter: string) => letter.toUpperCase());
}

export const listingErrors: readonly ErrorRow[] = [
  ...listings.flatMap(([operation, request, limit]) =>
    rowsOf<Omit<ErrorRow, 'operation'>>(
      operation,
      { when: 'the page size is not a number', request: `${request}${limit}=x`, ...argument },
      { when: 'the page size is negative', request: `${request}${limit}=-1`, ...argument },
      { when: 'the encoding is unknown', request: `${request}encoding-type=base64`, ...argument },
      {
        when: 'a parameter belongs to operations on parts',
        request: `${request}partNumber=1`,
        code: 'NotImplemented',
        status: 501,
      },
    ),
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>(
    'ListObjectsV2',
    { when: 'the token is not one of ours', request: 'GET /acme?list-type=2&continuation-token=x', ...argument },
    { when: 'the list is of another type', request: 'GET /acme?list-type=3', ...argument },
  ),
  ...rowsOf<Omit<ErrorRow, 'operation'>>('ListObjectVersions', {
    when: 'a version marker comes without a key marker',
    request: 'GET /acme?versions&version-id-marker=x',
    ...argument,
  }),
];
