import { compareUtf8 } from '../../state/services/utf8-order';
import { invalidArgument } from '../request/errors';
import { canonicalUserId, type S3Operation, type S3Request, xmlResponse } from '../request/request';

const MAX_BUCKETS = 10_000;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export const listBuckets: S3Operation = (request) => {
  const { account } = request.call;
  const prefix = request.query.get('prefix') ?? '';
  const region = request.query.get('bucket-region');
  const after = decodeToken(request.query.get('continuation-token'));
  const limit = limitOf(request);
  const matching = [...account.s3.buckets.values()]
    .filter(({ accountId }) => accountId === account.accountId)
    .filter((bucket) => bucket.region === (region ?? bucket.region))
    .filter(({ name }) => name.startsWith(prefix) && name > after)
    .sort((left, right) => compareUtf8(left.name, right.name));
  const page = matching.slice(0, limit);
  const last = page.at(-1)?.name;
  const isPaged = ['prefix', 'bucket-region', 'max-buckets', 'continuation-token'].some((name) =>
    request.query.has(name),
  );
  return xmlResponse('ListAllMyBucketsResult', {
    Owner: { ID: canonicalUserId(account.accountId) },
    Buckets: {
      Bucket: page.map((bucket) => ({
        Name: bucket.name,
        CreationDate: bucket.createdAt.toISOString(),
        ...(isPaged ? { BucketRegion: bucket.region } : {}),
      })),
    },
    Prefix: request.query.get('prefix'),
    ContinuationToken: last !== undefined && matching.length > page.length ? encodeToken(last) : undefined,
  });
};

function limitOf(request: S3Request): number {
  const text = request.query.get('max-buckets');
  const limit = Number(text ?? MAX_BUCKETS);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_BUCKETS) {
    throw invalidArgument('Argument max-buckets must be an integer between 1 and 10000', 'max-buckets', text ?? '');
  }
  return limit;
}

function encodeToken(name: string): string {
  return Buffer.from(name).toString('base64');
}

function decodeToken(token: string | undefined): string {
  return token === undefined ? '' : Buffer.from(token, 'base64').toString('utf8');
}
