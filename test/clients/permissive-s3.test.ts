import { existsSync } from 'node:fs';
import {
  CreateBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { S3RVER_FOLDER, type S3Server, tryStartS3rver } from '../../bench/peers/s3-server';
import { AES_256 } from '../verify/configs';
import { verifyAt } from '../verify/verify-at';

const INSTALLED = existsSync(S3RVER_FOLDER);
const REASON = 'it is not installed; npm ci --ignore-scripts --prefix bench/peers/s3rver';
const describeWithS3rver: typeof describe.skip = INSTALLED
  ? describe
  : (((title: string, tests: () => void) =>
      describe.skip(`${title} (skipped: ${REASON})`, tests)) as typeof describe.skip);

const BUCKET = AES_256.form.bucketName;
const OTHER = 'acme-payroll';

describeWithS3rver('s3rver, which takes wrong signatures and wrong digests, and knows no policies', () => {
  let server: S3Server;
  let client: S3Client;

  beforeAll(async () => {
    server = (await tryStartS3rver()) as S3Server;
    const { endpoint, credentials } = server;
    client = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
    for (const Bucket of [BUCKET, OTHER]) {
      await client.send(new CreateBucketCommand({ Bucket }));
      await client.send(new PutObjectCommand({ Bucket, Key: 'kept.txt', Body: `of ${Bucket}` }));
    }
  });

  afterAll(() => {
    client?.destroy();
    server?.stop();
  });

  /** Every object, with its ETag. */
  async function objects(): Promise<readonly string[]> {
    const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
    const lists = Buckets.map(async ({ Name: Bucket }) => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
      return [`${Bucket}`, ...Contents.map(({ Key, ETag }) => `${Bucket}/${Key} ${ETag}`)];
    });
    return (await Promise.all(lists)).flat().sort();
  }

  test('gets no probe that must be refused, keeps its contents, and is reported as not AWS', async () => {
    const before = await objects();
    expect(before.length).toBe(4);
    const { verdict, checks, doubts, leftovers } = await verifyAt(server.endpoint, AES_256, server.credentials);
    const isOwn = (name: string) => name.startsWith(`${BUCKET}/vault-env-verification/`);
    expect((await objects()).filter((name) => !isOwn(name))).toEqual(before);
    expect(verdict).not.toBe('pass');
    expect(doubts).toContainEqual(expect.stringContaining(`${server.endpoint}, which is not AWS by name`));
    const negatives = checks.filter(({ kind }) => kind === 'negative');
    expect(negatives.map(({ attempts }) => attempts)).toEqual(Array(negatives.length).fill(0));
    expect(negatives[0]?.detail).toBe(
      'It was not tried, as it was not seen that what answers for S3 checks as AWS does: it took a wrong signature, an object whose digest is wrong, a copy whose condition does not hold.',
    );
    const left = (await objects()).filter(isOwn).length;
    expect(leftovers.length).toBeGreaterThanOrEqual(left);
  });
});
